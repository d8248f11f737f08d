/** Which transfers bring the share in cold back to its aim. Pure. */
import type { VaultTier } from '#lib/protocol/scalars.ts';
import { aimedAt, bandState, coldBand, type TierBand } from './tier-band.ts';

/** One vault's part of one asset, smallest unit, with what is under way counted as done. */
export type Holding = { vault: string; tier: VaultTier; chain: string; amount: bigint };

export type Move = { from: string; to: string; amount: bigint };

export type Proposal = {
  /** A sweep brings coins into cold, a refill out of it. */
  way: 'sweep' | 'refill';
  /** In the order in which to raise them; each is an operation of its own. */
  moves: Move[];
  /** What no vault can give or take: there is none of the other kind on its chain. 0 when all is moved. */
  missing: bigint;
};

const isCold = ({ tier }: Holding): boolean => tier === 'cold';
const largestFirst = (a: Holding, b: Holding): number =>
  a.amount === b.amount ? (a.vault < b.vault ? -1 : 1) : a.amount > b.amount ? -1 : 1;

/** Hot before warm: that is what is reached first, and paid from first. */
const heat = ({ tier }: Holding): number => (tier === 'hot' ? 0 : 1);
const hottestFirst = (a: Holding, b: Holding): number => heat(a) - heat(b) || largestFirst(a, b);

/** For a refill the hot vault that has least; for a sweep the cold one that has most. */
function destinationFor(
  from: Holding,
  holdings: readonly Holding[],
  way: Proposal['way'],
): Holding | null {
  const fitting = holdings.filter(
    (to) => to.chain === from.chain && isCold(to) === (way === 'sweep'),
  );
  const [first] =
    way === 'sweep'
      ? fitting.toSorted(largestFirst)
      : fitting.toSorted((a, b) => heat(a) - heat(b) || largestFirst(b, a));
  return first ?? null;
}

/**
 * @param holdings of one asset, every vault once.
 * @returns null while the share is inside the band, and where the least that can be moved would put it
 *   on the other side.
 */
export function proposeTransfers(
  holdings: readonly Holding[],
  band: TierBand = coldBand,
): Proposal | null {
  const sum = (of: readonly Holding[]): bigint => of.reduce((all, { amount }) => all + amount, 0n);
  const total = sum(holdings);
  const cold = sum(holdings.filter(isCold));
  const state = bandState(cold, total, band);
  if (state === 'inside') return null;
  const aimed = aimedAt(total, band);
  // Of a few smallest units no part may lie inside.
  if (bandState(aimed, total, band) !== 'inside') return null;
  const way = state === 'below' ? 'sweep' : 'refill';
  const sources = holdings
    .filter((from) => from.amount > 0n && isCold(from) === (way === 'refill'))
    .toSorted(way === 'sweep' ? hottestFirst : largestFirst);
  let missing = way === 'sweep' ? aimed - cold : cold - aimed;
  const moves: Move[] = [];
  for (const from of sources) {
    const to = destinationFor(from, holdings, way);
    if (missing === 0n || to === null) continue;
    const amount = from.amount < missing ? from.amount : missing;
    moves.push({ from: from.vault, to: to.vault, amount });
    missing -= amount;
  }
  return { way, moves, missing };
}
