/** An incident out of the database: its events, its texts, and where that makes it stand. */
import { readTexts, sealedTextColumns, unopened } from '#lib/audit/sealed-text.ts';
import { mustBeText } from '#lib/persons/texts/must-be-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readEvent, type IncidentEvent } from './event.ts';
import { foldEvents, type Standing } from './fold.ts';
import type { IncidentSource } from './life.ts';
import type { TextField } from './texts.ts';

/** Events that one incident may have; the database allows no more. */
export const eventsMax = 5_000;

export type IncidentFile = {
  id: string;
  number: string;
  sort: 'incident' | 'threat';
  source: IncidentSource;
  openedAt: string;
  openedBy: string;
  seq: number;
  events: readonly IncidentEvent[];
  standing: Standing;
  /** By number of the event and name of the field; null once erased. Those that can't be read, or do not open, say that. */
  texts: ReadonlyMap<string, string | null>;
};

export const textKey = (seq: number, field: TextField): string => `${seq} ${field}`;

/** The whole file; null where there is none of this id. */
export async function loadIncident(db: Database | Tx, id: string): Promise<IncidentFile | null> {
  const row = await db.incident.findUnique({ where: { id } });
  if (!row) return null;
  const events = await db.incidentEvent.findMany({
    where: { incidentId: id },
    orderBy: { seq: 'asc' },
    take: eventsMax,
  });
  const rows = await db.incidentText.findMany({
    where: { incidentId: id },
    select: { seq: true, field: true, ...sealedTextColumns },
    take: eventsMax * 2,
  });
  const texts = await readTexts(db, 'incident_text', rows);
  const read = events.map(readEvent);
  return {
    id: row.id,
    number: row.number,
    sort: row.sort === 'threat' ? 'threat' : 'incident',
    source: row.source as IncidentSource,
    openedAt: row.openedAt.toISOString(),
    openedBy: row.openedBy,
    seq: read.length,
    events: read,
    standing: foldEvents(read),
    texts: new Map(rows.map(({ seq, field }, index) => [`${seq} ${field}`, texts[index] ?? null])),
  };
}

/** The same, with everybody else kept from writing about it until the caller's transaction ends. */
export async function lockIncident(tx: Tx, id: string): Promise<IncidentFile | null> {
  await lockNamed(tx, `incident ${id}`);
  return loadIncident(tx, id);
}

/** The newest title; every opening has one. */
export function titleOf({ events, texts }: Pick<IncidentFile, 'events' | 'texts'>): string {
  const last = events.findLast(({ kind }) => kind === 'opened' || kind === 'retitled');
  return (last && texts.get(textKey(last.seq, 'title'))) ?? '(erased)';
}

/** What was reported; null where it was erased or does not open, so that people say it anew. */
export function descriptionOf({ texts }: Pick<IncidentFile, 'texts'>): string | null {
  const text = texts.get(textKey(1, 'description')) ?? null;
  return text === unopened ? null : text;
}

/**
 * For what is made of the texts and kept: nothing goes in that only stands in the place of a text. A note that does not
 * open goes into nothing, and keeps no report from its limit.
 * @throws DataKeysError where the texts could not be opened.
 * @throws TextUnopenedError where the title does not open; another one mends it.
 */
export function mustBeRead(file: Pick<IncidentFile, 'events' | 'texts'>): void {
  for (const text of file.texts.values()) if (text !== unopened) mustBeText(text);
  mustBeText(titleOf(file));
}
