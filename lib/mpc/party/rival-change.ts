/**
 * Two changes that exclude each other, such as two next versions of the policy, may wait at the same
 * time, and each party may have seen another one first. If each adopted what is over first, they would
 * stand apart for good. So of those that end within a minute of each other the one with the lowest
 * digest goes first everywhere; the other is held back until that one is adopted, or can't be.
 */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { intent as intentSchema, type Adoptable } from '#lib/protocol/intent.ts';
import type { Party } from './party.ts';
import { listWaitsOf } from './store/waits.ts';

/** In milliseconds: clocks differ, and to hear of each other takes a moment. */
const TOLERANCE = 60_000;
/** Most waits that are looked at. */
const WAITS_MAX = 100;

/** Which version of roster or policy it would be; null for anything else. */
function versionIn(candidate: unknown): number | null {
  const parsed = intentSchema.safeParse(candidate);
  if (!parsed.success) return null;
  if (parsed.data.kind === 'roster-change') return parsed.data.roster.version;
  return parsed.data.kind === 'policy-change' ? parsed.data.policy.version : null;
}

/** Whether a change has to let another one go first. @param digest of the intent. */
export function hasRival(party: Party, of: Adoptable, digest: string): boolean {
  const version = versionIn(of);
  if (version === null) return false;
  const now = party.now().getTime();
  return listWaitsOf(party.database, [of.kind], WAITS_MAX).some(
    ({ intentDigest, until, document }) =>
      intentDigest < digest &&
      Math.abs(Date.parse(until) - now) < TOLERANCE &&
      versionIn((document as OperationBundle).intent) === version,
  );
}
