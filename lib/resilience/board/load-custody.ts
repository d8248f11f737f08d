import { amountText } from '#lib/operations/ledger-text.ts';
import { coverageOf } from '#lib/operations/proofs/coverage.ts';
import { coverageView } from '#lib/operations/proofs/list-snapshots.ts';
import { bandState, shareOf } from '#lib/operations/tiers/tier-band.ts';
import { holdingsOf, sumsOf } from '#lib/operations/tiers/tier-holdings.ts';
import { totalOf } from '#lib/operations/tiers/tier-sums.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { reservesSnapshot } from '#lib/protocol/reserves.ts';
import { listMax, type BoardPack } from './pack.ts';

/** What clients are owed against what is there, by the newest snapshot of reserves, and how much of each asset lies in cold. */
export async function loadCustody(tx: Tx): Promise<BoardPack['custody']> {
  const newest = await tx.reservesSnapshot.findFirst({
    orderBy: [{ takenAt: 'desc' }, { id: 'asc' }],
    select: { document: true, digest: true },
  });
  const holdings = await holdingsOf(tx);
  return {
    coverage: newest && coverage(newest),
    cold: [...holdings].slice(0, listMax).map(([asset, held]) => {
      const sums = sumsOf(held);
      const total = totalOf(sums);
      return {
        asset,
        total: amountText(total, asset),
        share: shareOf(sums.cold, total),
        state: bandState(sums.cold, total),
      };
    }),
  };
}

function coverage({ document, digest }: { document: string; digest: string }) {
  const snapshot = reservesSnapshot.parse(JSON.parse(document));
  return {
    closedAt: snapshot.close.closedAt,
    digest,
    assets: coverageOf(snapshot)
      .slice(0, listMax)
      .map((of) => {
        const { asset, inAll, difference, cover } = coverageView(of);
        return { asset, owed: inAll.owed, there: inAll.there, difference, cover };
      }),
  };
}
