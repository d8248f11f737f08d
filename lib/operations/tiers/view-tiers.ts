/** Where the coins lie by tier, now and over time, and what would bring them back to where they belong. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { tiersOverTime } from '#lib/ledger/tiers-over-time.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { vaultTier } from '#lib/protocol/scalars.ts';
import { amountText, vaultNames } from '../ledger-text.ts';
import { eurText } from '../policy-words.ts';
import { findUnnamed } from '../transfers/find-unnamed.ts';
import { loadTrust } from '../trust.ts';
import { findUnderWay, type UnderWay } from './find-under-way.ts';
import { priceAssets } from './price-assets.ts';
import { proposeTransfers, type Holding, type Proposal } from './propose-transfers.ts';
import { bandState, type BandState } from './tier-band.ts';
import {
  bandView,
  holdingsOf,
  isKnown,
  rowsOf,
  sumsOf,
  type BandView,
  type TierRow,
} from './tier-holdings.ts';
import {
  addTo,
  noSums,
  sharesOf,
  totalOf,
  valuesOf,
  type TierShares,
  type TierSums,
} from './tier-sums.ts';

export type MoveView = {
  from: { id: string; name: string };
  to: { id: string; name: string };
  /** Exact decimal text in whole units of the asset. */
  amount: string;
  /** Parties that would sign know the destination only from the policy, which does not name it. */
  isUnnamed: boolean;
};

export type ProposalView = {
  way: Proposal['way'];
  /** In cold with what is under way counted as done and nothing of this moved, in hundredths of a percent. */
  share: number | null;
  moves: MoveView[];
  /** What no vault can give or take, exact decimal text; null when all of it is proposed. */
  missing: string | null;
};

export type SharePoint = { day: string; shares: TierShares };

export type AssetTiers = {
  asset: string;
  total: string;
  tiers: TierRow[];
  state: BandState;
  proposal: ProposalView | null;
  /** Operations that are not at an end and move some of it, counted as done in the proposal. */
  underWay: { id: string; number: string; amount: string }[];
  /** One for each day on which the books were closed, oldest first. */
  history: SharePoint[];
};

export type AllTiers =
  | { what: 'valued'; total: string; tiers: TierRow[]; state: BandState; history: SharePoint[] }
  /** With one asset its shares are those of all. */
  | { what: 'one-asset'; asset: string }
  | { what: 'unvalued'; assets: string[] }
  | { what: 'nothing' };

export type TiersView = {
  band: BandView;
  /** ISO instant of these figures. */
  at: string;
  all: AllTiers;
  assets: AssetTiers[];
};

const days = 90;
const dayMs = 86_400_000;

/** The ends of the last 90 whole days (UTC), oldest first. */
export function dayEnds(now: Date): Date[] {
  const midnight = Math.floor(now.getTime() / dayMs) * dayMs;
  return Array.from(
    { length: days },
    (_, place) => new Date(midnight - (days - 1 - place) * dayMs),
  );
}

type Days = Map<string, Map<string, TierSums>>;

async function historyOf({ db, clock }: Context): Promise<Days> {
  const rows = await tiersOverTime(db, dayEnds(clock()));
  const byDay: Days = new Map();
  for (const { instant, asset, tier, amount } of rows) {
    if (!isKnown(asset)) continue;
    // The end of a day is midnight of the next.
    const day = new Date(instant.getTime() - 1).toISOString().slice(0, 10);
    const byAsset = byDay.get(day) ?? new Map<string, TierSums>();
    byAsset.set(asset, addTo(byAsset.get(asset) ?? noSums, vaultTier.parse(tier), amount));
    byDay.set(day, byAsset);
  }
  return byDay;
}

/** As it will be once everything under way went through; a vault never holds less than nothing. */
function projected(holdings: readonly Holding[], underWay: readonly UnderWay[]): Holding[] {
  return holdings.map((holding) => {
    const amount = underWay.reduce(
      (left, { from, to, amount: moved }) =>
        left - (from === holding.vault ? moved : 0n) + (to === holding.vault ? moved : 0n),
      holding.amount,
    );
    return { ...holding, amount: amount > 0n ? amount : 0n };
  });
}

type Known = {
  names: ReadonlyMap<string, string>;
  /** Nothing before the genesis. */
  policy: Pick<Policy, 'ownVaults'>;
  db: Database;
};

/** @param holdings with what is under way counted as done. */
async function proposalView(
  holdings: readonly Holding[],
  asset: string,
  { names, policy, db }: Known,
): Promise<ProposalView | null> {
  const proposal = proposeTransfers(holdings);
  if (!proposal) return null;
  const named = (id: string) => ({ id, name: names.get(id) ?? id });
  const moves = proposal.moves.map(async ({ from, to, amount }): Promise<MoveView> => {
    const transfer = { vault: from, destination: { vault: to } };
    return {
      from: named(from),
      to: named(to),
      amount: amountText(amount, asset),
      isUnnamed: (await findUnnamed(transfer, policy, db)) !== null,
    };
  });
  return {
    way: proposal.way,
    share: sharesOf(sumsOf(holdings)).cold,
    moves: await Promise.all(moves),
    missing: proposal.missing === 0n ? null : amountText(proposal.missing, asset),
  };
}

/** All assets by their value, all of them at the price of now. */
async function allTiers(
  now: ReadonlyMap<string, TierSums>,
  byDay: Days,
  context: Context,
): Promise<AllTiers> {
  const held = [...now].filter(([, sums]) => totalOf(sums) > 0n).map(([asset]) => asset);
  const [only] = held;
  if (only === undefined) return { what: 'nothing' };
  if (held.length === 1) return { what: 'one-asset', asset: only };
  const valueOf = await priceAssets(held, context);
  const values = valuesOf(now, valueOf);
  if ('unvalued' in values) return { what: 'unvalued', assets: values.unvalued };
  const history = [...byDay].flatMap(([day, byAsset]): SharePoint[] => {
    const then = valuesOf(byAsset, valueOf);
    return 'unvalued' in then ? [] : [{ day, shares: sharesOf(then) }];
  });
  return {
    what: 'valued',
    total: eurText(totalOf(values).toString()),
    tiers: rowsOf(values, (cents) => eurText(cents.toString())),
    state: bandState(values.cold, totalOf(values)),
    history,
  };
}

export async function viewTiers(actor: Actor, context: Context): Promise<Result<TiersView>> {
  const refused = lacksScope(actor, 'vault:read');
  if (refused) return refused;
  const { db } = context;
  const [byAsset, byDay, underWay, names, trust] = await Promise.all([
    holdingsOf(db),
    historyOf(context),
    findUnderWay(db),
    vaultNames(db),
    loadTrust(db),
  ]);
  const known = { names, policy: trust?.policy ?? {}, db };
  const now = new Map([...byAsset].map(([asset, holdings]) => [asset, sumsOf(holdings)]));
  const assets = [...byAsset].map(async ([asset, holdings]): Promise<AssetTiers> => {
    const sums = now.get(asset) ?? noSums;
    const open = underWay.filter((move) => move.asset === asset);
    return {
      asset,
      total: amountText(totalOf(sums), asset),
      tiers: rowsOf(sums, (amount) => amountText(amount, asset)),
      state: bandState(sums.cold, totalOf(sums)),
      proposal: await proposalView(projected(holdings, open), asset, known),
      underWay: open.map(({ id, number, amount }) => ({
        id,
        number,
        amount: amountText(amount, asset),
      })),
      history: [...byDay].flatMap(([day, of]): SharePoint[] => {
        const then = of.get(asset);
        return then ? [{ day, shares: sharesOf(then) }] : [];
      }),
    };
  });
  return ok({
    band: bandView,
    at: context.clock().toISOString(),
    all: await allTiers(now, byDay, context),
    assets: await Promise.all(assets),
  });
}
