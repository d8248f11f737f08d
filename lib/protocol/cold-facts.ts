/**
 * A request takes hours to a cold party, and what sources signed grows old on the way. So a cold
 * party measures the age of facts by the instant at which the party that sent the request had
 * decided, in its signed word. What it could do with a wrong instant is bounded: no fact counts that
 * is older than its highest age and the lifetime of the statements together.
 */
import type { DecideInput } from './decide-input.ts';
import type { Intent } from './intent.ts';
import { lifetimeFor } from './lifetimes.ts';
import type { Policy } from './policy.ts';
import { isColdIn } from './roster.ts';

/** How far ahead of this party's clock the other one's may be, in milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** True when the roster says that the deciding party is run by hand without a network. */
export const decidesCold = ({ roster, party }: Pick<DecideInput, 'roster' | 'party'>): boolean =>
  isColdIn(roster, party.name);

/** The instant by which the age of facts is measured: now, unless this is a cold party. */
export function factsInstant(
  input: Pick<DecideInput, 'roster' | 'party' | 'factsAt' | 'now'>,
  intent: Intent,
  policies: readonly Policy[],
): string {
  const { factsAt, now } = input;
  if (factsAt === undefined || !decidesCold(input)) return now;
  const age = Date.parse(now) - Date.parse(factsAt);
  const lifetime = lifetimeFor(intent, input.party.vaults, policies) * 1000;
  return age >= -CLOCK_TOLERANCE && age <= lifetime ? factsAt : now;
}
