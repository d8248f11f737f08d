import type { Database } from '#lib/platform/db/client.ts';
import { coinKinds } from '#lib/protocol/intent-kinds.ts';
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import { finalStates } from '../states.ts';

/** One operation that will move coins when it goes through; smallest unit. */
export type UnderWay = {
  id: string;
  number: string;
  asset: string;
  amount: bigint;
  from: string;
  /** Null where it leaves the organisation. */
  to: string | null;
};

/** Open at once; more than this wait for people anyway. */
const openMax = 1_000;

/** Withdrawals and transfers that are not at an end, oldest first. */
export async function findUnderWay(db: Database): Promise<UnderWay[]> {
  const rows = await db.operation.findMany({
    where: { kind: { in: [...coinKinds] }, state: { notIn: [...finalStates] } },
    select: { id: true, number: true, intent: true },
    orderBy: [{ raisedAt: 'asc' }, { id: 'asc' }],
    take: openMax,
  });
  return rows.flatMap(({ id, number, intent: text }): UnderWay[] => {
    const intent = intentSchema.parse(JSON.parse(text));
    if (!movesCoins(intent)) return [];
    const to = intent.kind === 'vault-transfer' ? intent.destination.vault : null;
    const { asset, amount, vault: from } = intent;
    return [{ id, number, asset, amount: BigInt(amount), from, to }];
  });
}
