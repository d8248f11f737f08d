/** Every place that runs compare, with when it was looked at last. */
import type { Database } from '#lib/platform/db/client.ts';
import { placeKey } from '../place.ts';
import type { OutsideSource } from '../sources/outside-source.ts';
import { assetsOnBooks } from '../sources/read-liabilities.ts';
import type { Looked } from './due.ts';

export type KnownPlace = Looked & { source: OutsideSource | null };

type Last = { kind: string; asset: string; place: string; at: Date };

/** @param now what is dated after it was not looked at yet. */
export async function listPlaces(
  db: Database,
  sources: readonly OutsideSource[],
  now: Date,
): Promise<KnownPlace[]> {
  const found = await Promise.all(
    sources.map(async (source) => (await source.places()).map((entry) => ({ ...entry, source }))),
  );
  const assets = await assetsOnBooks(db);
  const [lasts, unexplained, timing] = await Promise.all([
    db.$queryRaw<Last[]>`
      select kind, asset, place, max(at) as at from reconciliation_run
        where at <= ${now} group by kind, asset, place`,
    db.$queryRaw<Last[]>`
      select 'chain' as kind, b.asset, a.vault_id as place, max(b.unexplained_at) as at
        from account_balance b join vault_account a using (address)
        where b.unexplained_at is not null group by a.vault_id, b.asset`,
    db.breakRecord.findMany({
      where: { state: { not: 'closed' }, cause: 'timing' },
      distinct: ['kind', 'asset', 'place'],
      select: { kind: true, asset: true, place: true },
      take: 1_000,
    }),
  ]);
  const keyOf = ({ kind, asset, place }: Omit<Last, 'at'>): string => `${kind}/${asset}/${place}`;
  const lastOf = new Map(lasts.map((last) => [keyOf(last), last.at]));
  const unexplainedOf = new Map(unexplained.map((one) => [keyOf(one), one.at]));
  const waiting = new Set(timing.map(keyOf));
  return [
    ...found.flat(),
    ...assets.map((asset) => ({
      place: { kind: 'liabilities' as const, asset, place: 'all' },
      isHourly: false,
      source: null,
    })),
  ].map((entry) => ({
    ...entry,
    lastRun: lastOf.get(placeKey(entry.place)) ?? null,
    hasTiming: waiting.has(placeKey(entry.place)),
    unexplainedAt: unexplainedOf.get(placeKey(entry.place)) ?? null,
  }));
}
