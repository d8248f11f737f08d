import type { Actor } from '#lib/identity/actor.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { LookPurposeName } from './look-purposes.ts';

/**
 * A legal claim opens what is restricted (Art 18(2)), and only who advises on personal data or decides about them says that
 * there is one.
 */
export const findPurposeFault = (
  { scopes }: Pick<Actor, 'scopes'>,
  purpose: LookPurposeName,
): Refused<'purpose-not-yours'> | null =>
  purpose === 'claim' && !scopes.has('privacy:read')
    ? refuse(
        'purpose-not-yours',
        'For a legal claim only the data protection officer and managers look, as it opens what is restricted. Ask one of them, or choose another purpose.',
      )
    : null;
