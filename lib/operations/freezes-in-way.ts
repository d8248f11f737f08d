/** Freezes that stop an operation, or that stopped it, so that its page leads to them and their release. */
import type { Context } from '#lib/platform/context.ts';
import { findFreezeRefusal } from '#lib/protocol/decide.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { FreezeScope } from '#lib/protocol/stop-intents.ts';
import { heldRecords, type HeldRecords } from './facts/held-records.ts';
import { scopeOf, standingFreezes } from './facts/standing-freezes.ts';
import { viewFreezes, type FreezeView } from './view-freezes.ts';
import type { OperationRow } from './load-standing.ts';
import { asState, isFinal } from './states.ts';
import type { Trust } from './trust.ts';

export type FreezeInWay = Pick<
  FreezeView,
  'operation' | 'number' | 'scope' | 'releasedAt' | 'release'
>;

/** Released freezes looked through for the one that stopped an operation which is held since. */
const releasedMax = 100;

const frozenCodes: ReadonlySet<string> = new Set([
  'vault-frozen',
  'asset-frozen',
  'everything-frozen',
]);

/** Whether a freeze would have the parties refuse it, by the code that they run. */
const isStoppedBy = (
  intent: Intent,
  freezes: readonly { operation: string; scope: FreezeScope }[],
  { trust, held }: { trust: Trust; held: HeldRecords },
): boolean =>
  findFreezeRefusal(intent, { ...trust, party: { ...held, freezes: [...freezes] } }) !== null;

/** What can be asked of one operation, about freezes that stand and about one that somebody might make. */
export type FreezesInWay = {
  freezes: FreezeInWay[];
  /** True where a freeze of everything would stop it. */
  isFreezable: boolean;
};

/**
 * Oldest first. For an operation that is held for a freeze which was released since, that one.
 * Nothing for one that is over.
 */
export async function findFreezesInWay(
  row: OperationRow,
  intent: Intent,
  trust: Trust | null,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<FreezesInWay> {
  if (trust === null || isFinal(asState(row.state))) return { freezes: [], isFreezable: false };
  const held = await heldRecords(intent, trust, db, clock());
  const stops = (scope: FreezeScope, operation: string): boolean =>
    isStoppedBy(intent, [{ operation, scope }], { trust, held });
  const isFreezable = stops({ what: 'everything' }, row.id);
  if (!isFreezable) return { freezes: [], isFreezable };
  const standing = (await standingFreezes(db)).filter(({ scope, operation }) =>
    stops(scope, operation),
  );
  const ids =
    standing.length > 0 || !frozenCodes.has(row.stopCode ?? '')
      ? standing.map(({ operation }) => operation)
      : await releasedSince(row, stops, db);
  const freezes = (await viewFreezes(ids, { db })).map(
    ({ operation, number, scope, releasedAt, release }): FreezeInWay => ({
      operation,
      number,
      scope,
      releasedAt,
      release,
    }),
  );
  return { freezes, isFreezable };
}

/** The freeze that stood when the operation was held, and that ended afterwards. */
async function releasedSince(
  { stateChangedAt }: OperationRow,
  stops: (scope: FreezeScope, operation: string) => boolean,
  db: Context['db'],
): Promise<string[]> {
  const rows = await db.freeze.findMany({
    where: { frozenAt: { lte: stateChangedAt }, releasedAt: { gte: stateChangedAt } },
    orderBy: [{ frozenAt: 'asc' }, { operationId: 'asc' }],
    take: releasedMax,
  });
  const found = rows.find((row) => stops(scopeOf(row), row.operationId));
  return found ? [found.operationId] : [];
}
