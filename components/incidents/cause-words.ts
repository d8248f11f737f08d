/** Root causes as people read them. Pure. */
import { DETAILED_CAUSES } from '#lib/incidents/report/choices-causes.ts';
import { highLevelCause, rootCauses } from '#lib/incidents/desk/life.ts';
import { plainName } from './incident-words.ts';

/** A cause with the one that it belongs to, such as "Human error: Mistake". */
export function causeWords(cause: string): string {
  const high = highLevelCause(cause);
  const detailed = DETAILED_CAUSES.find(({ value }) => value === cause)?.words;
  if (high === null) return detailed ?? plainName(cause);
  return detailed === undefined ? rootCauses[high] : `${rootCauses[high]}: ${detailed}`;
}
