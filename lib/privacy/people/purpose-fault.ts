import type { Actor } from '#lib/identity/actor.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { lookPurposeNames, type LookPurposeName } from './look-purposes.ts';

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

/** What somebody may look for, as a page offers it; the server decides again when they look. */
export const purposesOf = (actor: Pick<Actor, 'scopes'>): LookPurposeName[] =>
  lookPurposeNames.filter((purpose) => findPurposeFault(actor, purpose) === null);

/** For what a note on a suspicion may have to be read: the legal review of a right, a claim, an authority that asks. */
const suspicionPurposes: ReadonlySet<LookPurposeName> = new Set([
  'request-of-person',
  'claim',
  'authority',
]);

/** Whether a look shows what must not be told to the person (Article 39 of Directive (EU) 2015/849). */
export const mayReadSuspicion = (
  { scopes }: Pick<Actor, 'scopes'>,
  purpose: LookPurposeName,
): boolean => scopes.has('suspicion:read') && suspicionPurposes.has(purpose);
