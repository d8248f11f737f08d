/**
 * How much a night may take out of what others wrote. Nobody looks at each person whose time is over, so somebody who was
 * made up must not empty texts by it; what is more than a little goes when two people decided it at a request.
 */
import { wouldRedact } from '#lib/persons/texts/redact.ts';
import type { Mention } from '#lib/persons/texts/mentions.ts';
import { dayMs } from '#lib/platform/days.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Erasure } from './erasure-row.ts';
import { wouldRedactInFiles, type AboutPerson } from './file-texts.ts';

/** Texts that go on about one person without anybody asked. */
export const textsOfOneMax = 3;
/** And in a day and a night altogether. */
export const textsOfDayMax = 20;

export type NightBound = 'texts' | 'texts-tonight';

/** Texts about which people sign; of notes on breaks only those with an explanation that somebody signed. */
const signedTables: readonly string[] = [
  'operation_note',
  'ledger_correction_note',
  'register_text',
  'board_signature',
  'board_evidence',
];

/**
 * Looks at what would change, and changes nothing.
 * @returns why the night leaves it: it is for people to decide, or for another night; null where it goes on.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function boundOfNight(
  db: Database,
  { cause }: Pick<Erasure, 'cause'>,
  about: AboutPerson,
): Promise<NightBound | null> {
  if (cause !== 'retention') return null;
  const texts = await wouldRedact(db, about);
  const count = texts.length + (await wouldRedactInFiles(db, about));
  if (count === 0) return null;
  if (count > textsOfOneMax || (await isSignedAbout(db, texts))) return 'texts';
  return count + (await changedSince(db, about.at)) > textsOfDayMax ? 'texts-tonight' : null;
}

async function isSignedAbout(db: Database, texts: readonly Mention[]): Promise<boolean> {
  if (texts.some(({ table }) => signedTables.includes(table))) return true;
  const notes = texts.filter(({ table }) => table === 'break_note');
  const rows = await db.$queryRaw<unknown[]>`
    select from break_note n join break_statement s on s.event_id = n.event_id
    where n.commitment = any (${notes.map(({ commitment }) => commitment)}::text[]) limit 1`;
  return rows.length > 0;
}

async function changedSince(db: Database, at: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ texts: number }[]>`
    select coalesce(sum((e.gone ->> 'texts')::int), 0)::int as texts from person_erasure e
    where e.cause = 'retention' and e.swept_at > ${new Date(at.getTime() - dayMs)}`;
  return row?.texts ?? 0;
}
