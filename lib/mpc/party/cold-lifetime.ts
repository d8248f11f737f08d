/**
 * How long a session may wait for a cold party, whose messages people carry. Nonces and secrets of
 * such a session stay in memory all that time, so a restart ends it, and there are few of them.
 */
import { isColdIn, type Roster } from '#lib/protocol/roster.ts';

const DAY = 86_400_000;

/** Longest time from begin to finish between parties on a network, in milliseconds. */
const SIGNING_LIFETIME = 60_000;
/** The same with a cold party in the quorum: three days, and never beyond the intent's own end. */
const TRIP_LIFETIME = 3 * DAY;

/** Longest time from begin to confirm, in milliseconds. */
const CEREMONY_LIFETIME = 120_000;
/** The same with a cold member: a week for all the ways there and back. */
export const COLD_CEREMONY_LIFETIME = 7 * DAY;

const hasCold = (roster: Roster, names: readonly string[]): boolean =>
  names.some((name) => isColdIn(roster, name));

/**
 * @param of.own a cold party answers at once, in its own process, so its own sessions are short.
 * @param of.notAfter of the intent, in milliseconds.
 */
export function signingEnd(of: {
  roster: Roster;
  own: string;
  quorum: readonly string[];
  notAfter: number;
  now: number;
}): { isTrip: boolean; endsAt: number } {
  const { roster, own, quorum, notAfter, now } = of;
  const isTrip = !isColdIn(roster, own) && hasCold(roster, quorum);
  return isTrip
    ? { isTrip, endsAt: Math.min(now + TRIP_LIFETIME, notAfter) }
    : { isTrip, endsAt: now + SIGNING_LIFETIME };
}

/** When a ceremony among these members is given up, in milliseconds. */
export const ceremonyEnd = (roster: Roster, members: readonly string[], now: number): number =>
  now + (hasCold(roster, members) ? COLD_CEREMONY_LIFETIME : CEREMONY_LIFETIME);
