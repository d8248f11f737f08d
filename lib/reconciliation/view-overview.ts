import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { shortfallRules } from '#lib/operations/shortfall-rules.ts';
import { loadTrust, type Trust } from '#lib/operations/trust.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { unitsText } from './amount-text.ts';
import { ageBandOf, ageBands, businessDaysBetween, type AgeBand } from './breaks/business-days.ts';
import { isOpen, unprovedClosed } from './breaks/unproved-closed.ts';
import { placeKey, type Place } from './place.ts';
import { findUncompared } from './runs/find-uncompared.ts';
import { missedDays } from './runs/missed-days.ts';
import { bankPlaces } from './sources/bank-places.ts';
import { chainPlaces } from './sources/chain-places.ts';
import { assetsOnBooks } from './sources/read-liabilities.ts';

export type PlaceView = Place & {
  /** Names the place in a request. */
  id: string;
  isHourly: boolean;
  lastRun: { id: string; at: string; matched: number; difference: string } | null;
  /** The last journal that a run has seen, where more were booked here since; null where none were. */
  uncomparedSince: string | null;
  /** Breaks of it that are not closed, or closed by nobody as far as is proved. */
  open: number;
  /** Days (UTC) without a finished run, today among them while there is none. */
  missed: string[];
};

export type CoverageView = {
  asset: string;
  owed: string;
  /** Of what is owed, that for which no client is known yet; null where there is none. */
  unattributed: string | null;
  /** What went out of banks and nobody knows why; part of the difference. Null where there is none. */
  missing: string | null;
  there: string;
  /** Where it lies; on its way counts as in vaults. */
  where: 'vaults' | 'banks' | 'both';
  /** There less owed. */
  difference: string;
  cover: 'equal' | 'short' | 'over';
  /** What is there in hundredths of a percent of what is owed; null while nothing is owed. */
  permyriad: number | null;
};

export type AgeBandView = { band: AgeBand; shortfalls: number; surpluses: number };

export type OverviewView = {
  places: PlaceView[];
  coverage: CoverageView[];
  ages: AgeBandView[];
  open: number;
  /** Past the day by which they were to be closed. */
  late: number;
  /** Assets of which nothing is paid out. */
  stopped: string[];
  /** Assets short beyond the limit about which the policy in force has rules of its own. */
  ruled: string[];
  /** The newest request: how far it is, or why it failed. */
  request: {
    id: string;
    state: string;
    done: number;
    total: number;
    fault: string | null;
    at: string;
  } | null;
};

/** Breaks counted into the bands at most; beyond it the number itself says enough. */
const openMax = 20_000;

/** Everything compared with everybody: when it was last, what differs, and what is owed and there. */
export async function viewOverview(
  actor: Actor,
  { db, clock }: Context,
): Promise<Result<OverviewView>> {
  const refused = lacksScope(actor, 'reconciliation:read');
  if (refused) return refused;
  const now = clock();
  return ok(
    await inSnapshot(db, async (tx) => {
      const unproved = await unprovedClosed(tx);
      const places = await placesView(tx, now, unproved);
      const breaks = await tx.breakRecord.findMany({
        where: isOpen(unproved),
        select: { asset: true, amount: true, foundAt: true, dueAt: true, overLimit: true },
        take: openMax,
      });
      const request = await tx.reconciliationRequest.findFirst({
        orderBy: { requestedAt: 'desc' },
      });
      return {
        places,
        coverage: await coverageView(tx),
        ages: agesOf(breaks, now),
        open: breaks.length,
        late: breaks.filter(({ dueAt }) => dueAt < now).length,
        ...stopsOf(breaks, await loadTrust(tx)),
        request: request && {
          id: request.id,
          state: request.state,
          done: request.placesDone,
          total: request.placesTotal,
          fault: request.fault,
          at: request.requestedAt.toISOString(),
        },
      };
    }),
  );
}

/** Assets with a break beyond the limit, by who stops them: the console, or rules of the policy. */
function stopsOf(
  breaks: readonly { asset: string; overLimit: boolean }[],
  trust: Trust | null,
): Pick<OverviewView, 'stopped' | 'ruled'> {
  const over = [
    ...new Set(breaks.filter(({ overLimit }) => overLimit).map(({ asset }) => asset)),
  ].toSorted();
  const isRuled = (asset: string): boolean =>
    trust !== null && shortfallRules(trust.policy, asset).length > 0;
  return {
    stopped: over.filter((asset) => !isRuled(asset)),
    ruled: over.filter(isRuled),
  };
}

function agesOf(
  breaks: readonly { amount: { isNegative(): boolean }; foundAt: Date }[],
  now: Date,
): AgeBandView[] {
  return ageBands.map((band) => {
    const here = breaks.filter(
      ({ foundAt }) => ageBandOf(businessDaysBetween(foundAt, now)) === band,
    );
    const shortfalls = here.filter(({ amount }) => amount.isNegative()).length;
    return { band, shortfalls, surpluses: here.length - shortfalls };
  });
}

type Newest = {
  id: string;
  kind: string;
  asset: string;
  place: string;
  at: Date;
  matched: number;
  difference: string;
  journal: string;
};

const keyOf = ({ kind, asset, place }: Omit<Place, 'kind'> & { kind: string }): string =>
  `${kind}/${asset}/${place}`;

async function placesView(tx: Tx, now: Date, unproved: readonly string[]): Promise<PlaceView[]> {
  const assets = await assetsOnBooks(tx);
  const known = [
    ...(await bankPlaces(tx)),
    ...(await chainPlaces(tx)),
    ...assets.map((asset) => ({
      place: { kind: 'liabilities' as const, asset, place: 'all' },
      isHourly: false,
    })),
  ];
  const newest = await tx.$queryRaw<Newest[]>`
    select distinct on (kind, asset, place) id::text, kind, asset, place, at, matched,
        (outside_balance - ledger_balance)::text as difference, ledger_position as journal
      from reconciliation_run order by kind, asset, place, at desc`;
  const days = await missedDays(tx, now);
  const uncompared = await findUncompared(
    tx,
    newest.map(({ journal, ...run }) => ({ key: keyOf(run), ...run, seen: journal })),
  );
  const open = await tx.breakRecord.groupBy({
    by: ['kind', 'asset', 'place'],
    where: isOpen(unproved),
    _count: true,
  });
  const runs = new Map(newest.map((run) => [keyOf(run), run]));
  const counts = new Map(open.map((group) => [keyOf(group), group._count]));
  return known.map(({ place, isHourly }) => {
    const key = placeKey(place);
    const run = runs.get(key);
    return {
      ...place,
      id: key,
      isHourly,
      lastRun: run
        ? {
            id: run.id,
            at: run.at.toISOString(),
            matched: run.matched,
            difference: unitsText(BigInt(run.difference), place.asset),
          }
        : null,
      uncomparedSince: uncompared.has(key) ? (run?.journal ?? null) : null,
      open: counts.get(key) ?? 0,
      missed: days(key),
    };
  });
}

async function coverageView(tx: Tx): Promise<CoverageView[]> {
  const rows = await tx.$queryRaw<
    {
      asset: string;
      owed: string;
      open: string;
      missing: string;
      there: string;
      banks: boolean;
      vaults: boolean;
    }[]
  >`
    select asset, bool_or(kind = 'bank') as banks, bool_or(kind in ('vault', 'in-transit')) as vaults,
        coalesce(sum(credits - debits) filter (where kind = 'suspense'), 0)::text as open,
        coalesce(sum(debits - credits) filter (where kind = 'missing'), 0)::text as missing,
        coalesce(sum(credits - debits) filter (where kind in ('client', 'suspense')), 0)::text as owed,
        coalesce(sum(debits - credits) filter (where kind in ('vault', 'in-transit', 'bank')), 0)::text as there
      from account where kind in ('client', 'suspense', 'missing', 'vault', 'in-transit', 'bank')
      group by asset order by asset limit 200`;
  return rows.map((row) => {
    const [owed, there] = [BigInt(row.owed), BigInt(row.there)];
    const difference = there - owed;
    return {
      asset: row.asset,
      owed: unitsText(owed, row.asset),
      unattributed: row.open === '0' ? null : unitsText(BigInt(row.open), row.asset),
      missing: row.missing === '0' ? null : unitsText(BigInt(row.missing), row.asset),
      there: unitsText(there, row.asset),
      where: !row.banks ? 'vaults' : row.vaults ? 'both' : 'banks',
      difference: unitsText(difference, row.asset),
      cover: difference === 0n ? 'equal' : difference < 0n ? 'short' : 'over',
      permyriad: owed > 0n ? Number((there * 10_000n) / owed) : null,
    };
  });
}
