/** Refusals around cold parties as people read them. */
import { coldRefusalSentence } from '#lib/mpc/client/cold-refusals.ts';
import type { Stop } from '../change-state.ts';

export const coldStop = ({ refusal, party }: { refusal: string; party: string }): Stop => ({
  code: refusal,
  party,
  sentence: coldRefusalSentence(refusal),
});

/**
 * True for what is wrong with the trip and not with the operation: another trip may mend it, and the
 * operation stays where it is.
 */
export const isAboutTrip = (refusal: string): boolean =>
  refusal === 'too-many-sessions' ||
  refusal === 'trip-void' ||
  refusal.startsWith('cold-') ||
  refusal.startsWith('travel-') ||
  refusal.startsWith('document-');
