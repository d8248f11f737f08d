/** Which operation made which epoch of a key, and which sealed its shares. */
import type { Context } from '#lib/platform/context.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { isKeyLife, keyLifeKinds } from './key-workers.ts';

export type KeyOperation = {
  operation: { id: string; number: string };
  kind: string;
  /** The epoch that it made, repaired or sealed. */
  epoch: number;
  /** When it was done. */
  at: string;
  /** The party that got its share back; null for what is about all of them. */
  party: string | null;
};
export type EpochEntry = KeyOperation;

/** A key that is refreshed each week has as many in ten years. */
const shownMax = 500;

/** Only what is done counts: the parties finished it. Newest first. */
export async function historyOf(
  key: { id: string; operationId: string },
  { db }: Pick<Context, 'db'>,
): Promise<{ history: EpochEntry[]; backups: KeyOperation[] }> {
  const rows = await db.operation.findMany({
    where: {
      state: 'done',
      OR: [{ id: key.operationId }, { kind: { in: [...keyLifeKinds] } }],
    },
    select: { id: true, number: true, intent: true, stateChangedAt: true },
    orderBy: [{ stateChangedAt: 'desc' }, { id: 'asc' }],
    take: shownMax,
  });
  const all = rows.flatMap((row): KeyOperation[] => {
    const intent = intentSchema.parse(JSON.parse(row.intent));
    const done = {
      operation: { id: row.id, number: row.number },
      kind: intent.kind,
      at: row.stateChangedAt.toISOString(),
      party: intent.kind === 'key-repair' ? intent.party : null,
    };
    if (intent.kind === 'key-ceremony') return [{ ...done, epoch: 1 }];
    if (!isKeyLife(intent) || intent.key !== key.id) return [];
    return [{ ...done, epoch: intent.kind === 'key-refresh' ? intent.epoch + 1 : intent.epoch }];
  });
  return {
    history: all.filter(({ kind }) => kind !== 'key-backup'),
    backups: all.filter(({ kind }) => kind === 'key-backup'),
  };
}
