/** Who was told of a breach, and who of those on record waits still (GDPR Art 34(1)). Pure, for screens too. */
import type { BreachStanding } from './fold.ts';

type Counted = Pick<BreachStanding, 'listed' | 'told' | 'description'>;

export type Tellings = {
  /** Persons who were told one by one, whether on the list or not. */
  told: number;
  /** Of the list, those who were not told yet. */
  waiting: number;
  /** How many were not told yet of those that there are at least; never less than of the list. */
  missing: number;
};

/**
 * Everybody on the list is told, and as many as there are at least by what is known of it: whoever is not in the vault
 * counts as well.
 */
export function tellingsOf({ listed, told, description }: Counted): Tellings {
  const single = told.filter(({ channel }) => channel !== 'public');
  const sum = single.reduce((all, { count }) => all + (count ?? 0), 0);
  const waiting = Math.max(0, listed - single.reduce((all, one) => all + (one.listed ?? 0), 0));
  const least = Math.max(1, description?.persons?.least ?? 0);
  return { told: sum, waiting, missing: Math.max(waiting, least - sum) };
}

/** ISO instant at which the last of them was told; null while somebody waits. The database draws the same. */
export function lastToldAt(standing: Counted): string | null {
  if (tellingsOf(standing).missing > 0) return null;
  const single = standing.told.filter(({ channel }) => channel !== 'public');
  return single.reduce<string | null>(
    (last, { sentAt }) => (last !== null && Date.parse(last) >= Date.parse(sentAt) ? last : sentAt),
    null,
  );
}
