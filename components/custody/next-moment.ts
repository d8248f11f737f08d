import type { DestinationView } from '#lib/operations/list-destinations.ts';

type Dated = Pick<DestinationView, 'state' | 'cooledAt' | 'expiresAt'>;

/** When one of these next stands otherwise by itself: its cool-down or its certification ends. */
export function nextMoment(destinations: readonly Dated[], serverNow: string): string | null {
  const moments = destinations
    .filter(({ state }) => state === 'listed')
    .flatMap(({ cooledAt, expiresAt }) => [...(cooledAt === null ? [] : [cooledAt]), expiresAt])
    // ISO instants in UTC stand in the order of time.
    .filter((instant) => instant > serverNow)
    .toSorted((a, b) => (a < b ? -1 : 1));
  return moments[0] ?? null;
}
