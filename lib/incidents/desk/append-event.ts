import { appendAudit } from '#lib/audit/append-entry.ts';
import { keepTexts, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { eventFacts, type EventFacts } from './event.ts';
import type { EventKind } from './life.ts';
import type { Texts } from './texts.ts';

/** Topic of notices about the incident desk. */
export const incidentsTopic = 'incidents';

export type NewEvent<K extends EventKind> = {
  kind: K;
  facts: EventFacts<K>;
  texts?: Texts;
  /** Person id, or `system`. */
  by: string;
  at: Date;
};

/**
 * Writes the next event of an incident with its texts and its audit entry, in the caller's transaction.
 * @param about the incident as it was just read under its lock.
 * @returns the number of the event.
 * @throws for facts that no such event has, and what the database's guards refuse; DataKeysError where texts can't be
 *   sealed.
 */
export async function appendEvent<K extends EventKind>(
  tx: Tx,
  about: { id: string; number: string; seq: number },
  { kind, facts, texts = {}, by, at }: NewEvent<K>,
): Promise<number> {
  const seq = about.seq + 1;
  const said = eventFacts[kind].parse(facts);
  await tx.incidentEvent.create({
    data: { incidentId: about.id, seq, kind, actor: by, at, facts: asJson(said) },
    select: { seq: true },
  });
  await writeTexts(tx, { incidentId: about.id, seq }, texts);
  await appendAudit(tx, {
    kind: kind === 'opened' ? 'incident-opened' : 'incident-moved',
    subject: about.number,
    actor: by,
    at,
    facts: { event: kind, seq },
  });
  await publish(tx, { topic: incidentsTopic, id: about.id });
  return seq;
}

async function writeTexts(
  tx: Tx,
  event: { incidentId: string; seq: number },
  texts: Texts,
): Promise<void> {
  const given = Object.entries(texts);
  const kept = await keepTexts(
    tx,
    'incident_text',
    given.map(([, text]) => text),
  );
  if (kept.length === 0) return;
  await tx.incidentText.createMany({
    data: kept.map((text, index) => ({
      ...event,
      field: given[index]?.[0] ?? '',
      ...textColumns(text),
    })),
  });
  await writeMentions(tx, 'incident_text', kept);
}
