/** Rows of erasures as the worker goes along them. */
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { requestsTopic } from '../requests/append-event.ts';
import type { ErasureState } from './phases.ts';

export type Erasure = NonNullable<Awaited<ReturnType<Tx['personErasure']['findUnique']>>>;

/** What the worker carries erasures out with. */
export type ErasureNeeds = Pick<Context, 'db' | 'clock'> & {
  /** Address of the database, for reading whole tables. */
  databaseUrl: string;
  /** Adds the books up anew. @throws where they do not hold. */
  verifyBooks: (signal: AbortSignal) => Promise<{ journals: number; accounts: number }>;
  /**
   * Whether the decision about this request was proposed and approved with the keys of those it names: the rules of
   * `npm run verify:signed`.
   */
  isProved: (requestId: string) => Promise<boolean>;
  signal: AbortSignal;
};

export const readErasure = (db: Database | Tx, id: string): Promise<Erasure> =>
  db.personErasure.findUniqueOrThrow({ where: { id } });

/** The row, with everybody else kept from it until the transaction ends; null where it is not at this step any more. */
export async function lockErasure(
  tx: Tx,
  id: string,
  state: ErasureState,
): Promise<Erasure | null> {
  await tx.$queryRaw`select id from person_erasure where id = ${id}::uuid for update`;
  const row = await readErasure(tx, id);
  return row.state === state ? row : null;
}

type Change = Parameters<Tx['personErasure']['update']>[0]['data'];

/** Writes how far it came and tells those who look at its request. */
export async function moveErasure(
  tx: Tx,
  { id, requestId }: Pick<Erasure, 'id' | 'requestId'>,
  state: ErasureState,
  change: Change,
): Promise<void> {
  await tx.personErasure.update({
    where: { id },
    data: { ...change, state },
    select: { id: true },
  });
  if (requestId !== null) await publish(tx, { topic: requestsTopic, id: requestId });
}
