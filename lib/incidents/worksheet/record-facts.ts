import { z } from 'zod';
import { type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from '../desk/act-on-incident.ts';
import { appendEvent } from '../desk/append-event.ts';
import type { FactEntry } from '../desk/event.ts';
import { incidentField } from '../desk/form-fields.ts';
import type { IncidentFile } from '../desk/load-incident.ts';
import { assess, summaryOf } from './assess.ts';
import { readEntries } from './read-entries.ts';

const form = z.strictObject({
  id: incidentField,
  /** Number of the last event that was seen. */
  seen: z.int().min(1),
  facts: z.record(z.string().max(80), z.unknown()),
});

/**
 * Enters facts into the worksheet: who entered them, when, from which evidence and whether they are guesses
 * stays with each. The incident is assessed anew at once, and every assessment is kept.
 */
export async function recordFacts(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, facts: given } = read.form;
  let changed: Record<string, FactEntry> = {};
  return actOnIncident(actor, context, {
    scope: 'incident:work',
    id,
    seen,
    kind: 'facts-recorded',
    draw: (file, _, at) => {
      const entries = readEntries(given, file.standing.facts, {
        now: at,
        by: actor.personId,
        openedAt: new Date(file.openedAt),
        detectedAt: openingOf(file),
      });
      if (!entries.ok) return entries;
      changed = Object.fromEntries(
        Object.entries(entries.value).filter(
          ([name, entry]) => !isSame(entry, file.standing.facts[name]),
        ),
      );
      if (Object.keys(changed).length === 0)
        return refuse('as-it-is', 'These facts stand there already.');
      const unknown = Object.values(changed).find(
        ({ evidence }) =>
          evidence !== null &&
          !file.events.some(({ seq, kind }) => seq === evidence && kind === 'evidence-added'),
      );
      if (unknown) return refuse('evidence-unknown', 'Choose evidence that is kept with it.');
      return ok({ facts: { facts: changed } });
    },
    write: async ({ tx, about, seq, at }) => {
      const facts = {
        ...about.standing.facts,
        ...Object.fromEntries(
          Object.entries(changed).map(([name, entry]) => [
            name,
            { ...entry, by: actor.personId, at: at.toISOString(), seq },
          ]),
        ),
      };
      await appendEvent(
        tx,
        { ...about, seq },
        {
          kind: 'assessed',
          by: 'system',
          at,
          facts: { of: seq, ...summaryOf(assess(about.sort, facts)) },
        },
      );
    },
  });
}

/** When it was noticed by its opening. */
function openingOf({ events, openedAt }: Pick<IncidentFile, 'events' | 'openedAt'>): Date {
  const first = events[0];
  return new Date(first?.kind === 'opened' ? first.facts.detectedAt : openedAt);
}

function isSame(entry: FactEntry, before: FactEntry | undefined): boolean {
  if (before === undefined) return entry.value === null;
  return (
    JSON.stringify(entry.value) === JSON.stringify(before.value) &&
    entry.estimated === before.estimated &&
    entry.evidence === before.evidence
  );
}
