/** Opening a file at the desk, in the caller's transaction. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { appendEvent } from './append-event.ts';
import type { EventFacts } from './event.ts';
import type { IncidentSource } from './life.ts';
import type { Texts } from './texts.ts';

export type Opening = {
  id: string;
  sort: 'incident' | 'threat';
  source: IncidentSource;
  openedAt: Date;
  /** Person id, or `system`. */
  openedBy: string;
  detectedAt: Date;
  links: EventFacts<'opened'>['links'];
  texts: Texts;
  /** When it came to the desk. */
  at: Date;
};

/** @returns its number, which the database gave. */
export async function openFile(tx: Tx, opening: Opening): Promise<{ id: string; number: string }> {
  const { id, sort, source, openedAt, openedBy, detectedAt, links, texts, at } = opening;
  // The database counts: no role may give a number, so the statement names none.
  const [row] = await tx.$queryRaw<{ number: string }[]>`
    insert into incident (id, sort, source, opened_at, opened_by)
      values (${id}::uuid, ${sort}, ${source}, ${openedAt}, ${openedBy}) returning number`;
  if (!row) throw new Error('The database gave no number.');
  await appendEvent(
    tx,
    { id, number: row.number, seq: 0 },
    {
      kind: 'opened',
      by: openedBy,
      at,
      facts: { detectedAt: detectedAt.toISOString(), links },
      texts,
    },
  );
  return { id, number: row.number };
}
