/**
 * When the initial notification is due for somebody who would release it alone. The exception is for a limit that
 * nears, and nobody makes it near by what they enter: it has to be near without their own times, too.
 */
import type { IncidentEvent } from '../desk/event.ts';
import { foldEvents } from '../desk/fold.ts';
import type { IncidentFile } from '../desk/load-incident.ts';
import type { EntityProfile } from '../entity/load-profile.ts';
import { clocksOf } from '../limits/clocks-of.ts';

/** When the initial notification is due; null where no clock runs. */
function initialDue(file: IncidentFile, profile: EntityProfile | null, now: Date): Date | null {
  const clock = clocksOf(file, profile, now).find(
    ({ id, standing }) => id === 'initial' && standing === 'running',
  );
  return clock?.due ? new Date(clock.due) : null;
}

/** The same for one person alone: with the times that they entered or without them, whichever is later. */
export function initialDueFor(
  person: string,
  file: IncidentFile,
  profile: EntityProfile | null,
  now: Date,
): Date | null {
  const due = initialDue(file, profile, now);
  const otherwise = initialDue(withoutTimesOf(person, file), profile, now);
  if (due === null || otherwise === null) return null;
  return due > otherwise ? due : otherwise;
}

/** The file as if the person had not said when it was noticed: then it was when they put it on record. */
function withoutTimesOf(person: string, file: IncidentFile): IncidentFile {
  const events = file.events.map((event): IncidentEvent => {
    if (event.actor !== person) return event;
    if (event.kind === 'opened')
      return { ...event, facts: { ...event.facts, detectedAt: event.at } };
    if (event.kind !== 'facts-recorded') return event;
    const { detected_at: _, ...facts } = event.facts.facts;
    return { ...event, facts: { facts } };
  });
  return { ...file, events, standing: foldEvents(events) };
}
