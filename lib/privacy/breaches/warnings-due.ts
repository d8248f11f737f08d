/** What the worker warns of about a breach at an instant. Pure. */
import { duePersonsWarning, dueRestWarning, dueSuspicion, dueWarning } from './clock.ts';
import type { BreachFacts } from './event.ts';
import type { BreachStanding } from './fold.ts';
import { mayFollow } from './life.ts';
import { arePersonsSettled, isAuthoritySettled } from './rules.ts';

type WarningKind = 'warned' | 'suspicion-warned' | 'persons-warned' | 'rest-warned';
export type DueWarning = { [K in WarningKind]: { kind: K; facts: BreachFacts<K> } }[WarningKind];

/** Each clock warns of its own; none where nothing is due. */
export function warningsDue(standing: BreachStanding, at: Date): DueWarning[] {
  const due: DueWarning[] = [];
  const suspected = dueSuspicion(standing, at);
  if (suspected !== null) due.push({ kind: 'suspicion-warned', facts: { hours: suspected } });
  const untold = dueWarning(standing, at);
  if (untold !== null) due.push({ kind: 'warned', facts: { hours: untold } });
  const rest = isAuthoritySettled(standing) ? null : dueRestWarning(standing, at);
  if (rest !== null) {
    const missing = standing.phases.findLast(({ sent }) => sent !== null)?.missing ?? [];
    due.push({ kind: 'rest-warned', facts: { hours: rest, missing } });
  }
  const persons = arePersonsSettled(standing) ? null : duePersonsWarning(standing, at);
  if (persons !== null) due.push({ kind: 'persons-warned', facts: { hours: persons } });
  return due.filter(({ kind }) => mayFollow(standing.state, kind));
}
