/**
 * Whoever knows a fact that policies look at: a price, a verdict about an address, where a client
 * stands, what is missing against the books. What they say counts only with their signature, here and at the parties.
 */
import type { Result } from '#lib/platform/result.ts';
import type { SignedFact } from '#lib/protocol/signed-facts.ts';

/** Why there is no word. None of them lets anything pass: a rule that asks is then answered no. */
export type SourceFault =
  /** No address is set for a source that the policy names. */
  | 'source-unset'
  | 'source-unreachable'
  /** Whether it was asked is not known; asking again is harmless. */
  | 'source-timeout'
  | 'source-answer-invalid'
  /** Not signed by the key that the policy names, or about something else. */
  | 'source-unauthentic'
  /** Older than the policy takes, or dated ahead of our clock. */
  | 'source-stale';

export type Said = Result<SignedFact, SourceFault>;

export type PriceSource = { price(of: { asset: string }): Promise<Said> };
export type ScreeningProvider = {
  screen(of: { chain: string; address: string }): Promise<Said>;
};
/** What is there less than the books say: the largest open difference that nobody has explained. */
export type ShortfallSource = { shortfall(of: { asset: string }): Promise<Said> };
export type StandingSource = { standing(of: { client: string }): Promise<Said> };

/** What happened, for people; the name of the source stands before it. */
export const sourceSentences: Readonly<Record<SourceFault, string>> = {
  'source-unset': 'has no address in the settings',
  'source-unreachable': 'cannot be reached',
  'source-timeout': 'does not answer in time',
  'source-answer-invalid': 'answers in a form that is not agreed',
  'source-unauthentic':
    'answers without its own signature; treat this as an attack until it is explained',
  'source-stale': 'answers with something too old',
};
