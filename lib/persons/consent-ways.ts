/** How a consent may be given, and why an answer alone is none (Article 7(1) GDPR). Pure, for screens too. */
import { refuse, type Refused } from '#lib/platform/result.ts';

export const consentWays = {
  form: 'On a form that they signed',
  online: 'In their account or on a page',
  email: 'By e-mail or letter',
  conversation: 'In a conversation or a call',
  document: 'In another document',
} as const;

/** That somebody agreed is recorded with what they were asked, when and how; else it proves nothing. */
export const consentUnproved = (): Refused<'form-invalid'> =>
  refuse(
    'form-invalid',
    'A consent is recorded on the page of the person, with its wording, when and how it was given (Art 7(1)). Leave it out here, or put no.',
  );
