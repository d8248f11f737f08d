/** How much an incident's file may hold, and what of it is kept for what has to be done about it. Pure. */
import { refuse, type Refused } from '#lib/platform/result.ts';
import { eventsMax, type IncidentFile } from './load-incident.ts';
import type { EventKind } from './life.ts';

/** Events kept free for everything that follows one of these: nobody's notes keep an incident from being reported. */
const keptFree: Readonly<Partial<Record<EventKind, number>>> = {
  noted: 500,
  retitled: 500,
  assigned: 500,
  linked: 500,
  unlinked: 500,
  'evidence-added': 500,
  'task-added': 500,
  'task-moved': 500,
  'facts-recorded': 250,
  told: 250,
  triaged: 250,
  reviewed: 250,
  reopened: 250,
};
/** Facts come with an assessment. */
const comesAs = (kind: EventKind): number => (kind === 'facts-recorded' ? 2 : 1);

/** The refusal of what doesn't fit into the file any more; null where it does. */
export function findNoRoom(
  { number, seq }: Pick<IncidentFile, 'number' | 'seq'>,
  kind: EventKind,
): Refused<'too-many'> | null {
  const free = keptFree[kind] ?? 0;
  if (seq + comesAs(kind) + free <= eventsMax) return null;
  return refuse(
    'too-many',
    free === 0
      ? `${number} holds ${eventsMax} entries, which is the most. Open another file for it and link it to this one.`
      : `${number} holds ${seq} entries, and the room that is left is kept for decisions, reports and its closing. Open another file for the rest and link it to this one.`,
  );
}
