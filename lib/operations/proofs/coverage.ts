/** What a snapshot says per asset: owed against there. Pure. */
import type { ReservesSnapshot } from '#lib/protocol/reserves.ts';

export type AssetCoverage = {
  asset: string;
  /** Smallest units. */
  owed: bigint;
  unclaimed: bigint;
  /** In vaults, at addresses that everybody can look at. */
  inVaults: bigint;
  /** At banks and on its way, by the books alone. */
  elsewhere: bigint;
  /** What is there less what is owed; negative when less is there. */
  difference: bigint;
  /** The root of its liabilities; null for an asset that no client ever had. */
  root: { hash: string; depth: number } | null;
};

type Sum = { asset: string; amount: string };

const sumOf = (rows: readonly Sum[], asset: string): bigint =>
  rows.reduce((sum, row) => (row.asset === asset ? sum + BigInt(row.amount) : sum), 0n);

/** One line per asset, in order. */
export function coverageOf(snapshot: ReservesSnapshot): AssetCoverage[] {
  const { liabilities, unclaimed, reserves, elsewhere } = snapshot;
  const assets = [liabilities, unclaimed, reserves, elsewhere].flatMap((rows) =>
    rows.map(({ asset }) => asset),
  );
  return [...new Set(assets)].sort().map((asset) => {
    const root = liabilities.find((entry) => entry.asset === asset) ?? null;
    const owed = BigInt(root?.total ?? '0');
    const of = {
      unclaimed: sumOf(unclaimed, asset),
      inVaults: sumOf(reserves, asset),
      elsewhere: sumOf(elsewhere, asset),
    };
    const difference = of.inVaults + of.elsewhere - owed - of.unclaimed;
    return { asset, owed, ...of, difference, root: root && { hash: root.hash, depth: root.depth } };
  });
}
