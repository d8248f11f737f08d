import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/** Who approves a decision reads what it is about; others need the scope to read. */
export const lacksReading = (actor: Pick<Actor, 'scopes'>): Refused<'not-allowed'> | null =>
  actor.scopes.has('privacy:approve') ? null : lacksScope(actor, 'privacy:read');

type Reader = Pick<Actor, 'scopes'>;

/**
 * What people wrote and sent is for whoever works on it or decides on it. Others, auditors among them, see what was done and
 * when: that needs nobody's words (Article 5(1)(c) and (f) GDPR).
 */
export const mayReadContents = ({ scopes }: Reader): boolean =>
  scopes.has('privacy:work') || scopes.has('privacy:approve');

export const lacksContents = (actor: Reader): Refused<'not-allowed'> | null =>
  mayReadContents(actor)
    ? null
    : refuse(
        'not-allowed',
        'What people wrote is for the data protection officer and for who decides. You see what was done, by whom and when.',
      );
