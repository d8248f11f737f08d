/** The snapshots there are, newest first, and one that is being made. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { reservesSnapshot } from '#lib/protocol/reserves.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { amountText, vaultNames } from '../ledger-text.ts';
import { coverageOf, type AssetCoverage } from './coverage.ts';

export type CoverageView = {
  asset: string;
  /** To clients by name, as the tree adds it up. */
  owed: string;
  unclaimed: string | null;
  /** Null for an asset that lies in no vault and at banks only. */
  inVaults: string | null;
  elsewhere: string | null;
  /** All that is owed, and all that is there. */
  inAll: { owed: string; there: string };
  difference: string;
  cover: 'equal' | 'short' | 'over';
};

export type SnapshotLine = {
  id: string;
  /** ISO instant of the close that it is about. */
  closedAt: string;
  coverage: CoverageView[];
  /** Vaults whose key has signed, of those in the snapshot. */
  proved: number;
  vaults: number;
  /** Those whose key has not signed, in the order of the snapshot. */
  unproved: { vault: string; name: string }[];
};

export type SnapshotsView = {
  snapshots: SnapshotLine[];
  /** Since when one is being made; null when none is. */
  underWay: string | null;
  /** The newest one that could not be made, when none was made since. */
  failed: {
    /** ISO instant at which the worker gave it up. */
    at: string;
    why: string;
    /** Whether the books are to be looked at, rather than who asked. */
    isOfBooks: boolean;
  } | null;
  next: string | null;
  mayRequest: boolean;
  /** ISO instant of this answer, from which ages are told. */
  now: string;
};

const pageSize = 20;

const nullIfZero = (units: bigint, asset: string): string | null =>
  units === 0n ? null : amountText(units, asset);

export function coverageView(of: AssetCoverage): CoverageView {
  const { asset, difference } = of;
  const { owed, unclaimed, inVaults, elsewhere } = of;
  const unequal = difference < 0n ? 'short' : 'over';
  return {
    asset,
    owed: amountText(owed, asset),
    unclaimed: nullIfZero(unclaimed, asset),
    inVaults: elsewhere === 0n ? amountText(inVaults, asset) : nullIfZero(inVaults, asset),
    elsewhere: nullIfZero(elsewhere, asset),
    inAll: {
      owed: amountText(owed + unclaimed, asset),
      there: amountText(inVaults + elsewhere, asset),
    },
    difference: amountText(difference, asset),
    cover: difference === 0n ? 'equal' : unequal,
  };
}

const whyWords: Readonly<Record<string, string>> = {
  balances: 'The balances of clients make no tree: one is negative or too large.',
  document: 'An amount is negative where none can be: a vault, a bank or what nobody has claimed.',
  time: 'It was asked for at a time that is not now, which this console never does.',
};

/** A request that is dated otherwise is the worker's to end, and its time may be none. */
const datedBy = (now: Date) => ({ gte: new Date(0), lte: new Date(now.getTime() + 600_000) });

/** @param input.before id of the last one on the page before; anything else starts at the newest. */
export async function listSnapshots(
  actor: Actor,
  input: { before: string | null },
  { db, clock }: Context,
): Promise<Result<SnapshotsView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const now = clock();
  const cursor = operationId.safeParse(input.before);
  const rows = await db.reservesSnapshot.findMany({
    orderBy: [{ takenAt: 'desc' }, { id: 'asc' }],
    ...(cursor.success ? { cursor: { id: cursor.data }, skip: 1 } : {}),
    take: pageSize + 1,
    include: { controls: { select: { vaultId: true }, distinct: ['vaultId'], take: 1_000 } },
  });
  const open = await db.snapshotRequest.findFirst({
    where: { snapshot: null, failure: null, requestedAt: datedBy(now) },
    orderBy: { requestedAt: 'asc' },
  });
  const failure = await db.snapshotFailure.findFirst({ orderBy: { failedAt: 'desc' } });
  const newest = await db.reservesSnapshot.findFirst({
    orderBy: { takenAt: 'desc' },
    select: { takenAt: true },
  });
  const shown = rows.slice(0, pageSize);
  const names = await vaultNames(db);
  return ok({
    snapshots: shown.map((row) => {
      const snapshot = reservesSnapshot.parse(JSON.parse(row.document));
      const vaults = [...new Set(snapshot.reserves.map(({ vault }) => vault))];
      const signed = new Set(row.controls.map(({ vaultId }) => vaultId));
      return {
        id: row.id,
        closedAt: snapshot.close.closedAt,
        coverage: coverageOf(snapshot).map(coverageView),
        proved: signed.size,
        vaults: vaults.length,
        unproved: vaults
          .filter((vault) => !signed.has(vault))
          .map((vault) => ({ vault, name: names.get(vault) ?? vault })),
      };
    }),
    underWay: open?.requestedAt.toISOString() ?? null,
    failed:
      failure && !(newest && newest.takenAt > failure.failedAt)
        ? {
            at: failure.failedAt.toISOString(),
            why: whyWords[failure.cause] ?? failure.cause,
            isOfBooks: failure.cause !== 'time',
          }
        : null,
    next: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    mayRequest: actor.scopes.has('proof:request'),
    now: now.toISOString(),
  });
}
