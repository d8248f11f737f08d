import { appendAudit } from '#lib/audit/append-entry.ts';
import { committed } from '#lib/audit/committed-text.ts';
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
 * @throws for facts that no such event has, and what the database's guards refuse.
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
  const rows = Object.entries(texts).map(([field, text]) => ({
    incidentId: about.id,
    seq,
    field,
    ...committed(text),
  }));
  if (rows.length > 0) await tx.incidentText.createMany({ data: rows });
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
