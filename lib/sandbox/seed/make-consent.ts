/** Somebody of the sample agreed to be told about services, in the words of the register of consents. */
import { recordConsent } from '#lib/privacy/people/record-consent.ts';
import type { Team } from '../colleagues/team.ts';
import type { LoggedContext } from './seed-context.ts';

/** The client whose person agreed. */
const client = 'C-18822';
const daysAgo = 40;
/** In a sandbox that somebody worked with they may have objected, be erased, or have been asked in other words. */
const workedWith: ReadonlySet<string> = new Set([
  'stopped-since',
  'person-unknown',
  'wording-unknown',
]);

/** Made once; without the person or the register there is nothing to agree to. */
export async function makeConsent(team: Team, context: LoggedContext): Promise<void> {
  const { db, clock } = context;
  const [tie, consent] = await Promise.all([
    db.personTie.findFirst({ where: { clientId: client }, select: { personId: true } }),
    db.resilienceCurrent.findFirst({
      where: { kind: 'consent', name: 'News about services', retired: false },
      select: { number: true },
    }),
  ]);
  if (!tie || !consent) return;
  const known = await db.personConsent.count({ where: { personId: tie.personId } });
  if (known > 0) return;
  const { actor } = await team.signIn('ada');
  const givenAt = new Date(clock().getTime() - daysAgo * 86_400_000).toISOString().slice(0, 16);
  const given = { person: tie.personId, consent: consent.number, wording: '1', givenAt };
  const recorded = await recordConsent(actor, { ...given, way: 'online' }, context);
  if (!recorded.ok && !workedWith.has(recorded.refusal.code))
    throw new Error(recorded.refusal.sentence);
}
