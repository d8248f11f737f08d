/**
 * Texts that say something of a person: those that name them, notes on operations and entries of registers of the client
 * that they are, and what they asked and answered in their own requests. What staff wrote goes in only once somebody has read it: it
 * may say that a suspicion was looked into, which no program can tell.
 */
import { openEachText as openSealed, unopened } from '#lib/audit/sealed-text.ts';
import type { BrokenRow } from '#lib/persons/texts/open-found.ts';
import { mentionsOf } from '#lib/persons/texts/mentions.ts';
import { isTextTable, textRows } from '#lib/persons/texts/text-rows.ts';
import { wordsFound } from '#lib/persons/texts/text-shape.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { toldKinds } from '../collect/client-systems.ts';
import type { Subject } from '../collect/spans.ts';
import { within } from '../collect/system.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { brokenRequestText, openEachText } from '../requests/open-each-text.ts';

export type LoadedText = {
  item: string;
  about: string;
  at: string | null;
  /** As it stands, with everybody who is named in it. */
  text: string;
  /** What the person wrote themselves, as it came; not what somebody here took down of it. */
  isOwn: boolean;
  /** It does not open, or is not of its table's form: only that sentence stands in its place. */
  isBroken: boolean;
};

/** More than was ever written about one person. */
export const textsMax = 1_000;
/** Fields of a request that say what its sender asked or answered. */
const askedFields = ['message', 'subject', 'answer'];
/** What the desk has no field for: only a message that was taken in as a file brings them. */
const importedFields: readonly string[] = ['subject', 'sent-at'];

const tableWords: Readonly<Record<string, string>> = {
  operation_note: 'A note on an operation',
  break_note: 'A note on a difference in the books',
  ledger_correction_note: 'A note on a correction of the books',
  register_text: 'An entry in a register of clients',
  incident_text: 'A text about an incident',
  incident_report_draft: 'A draft of a report on an incident',
  incident_submission: 'A report on an incident, as it was sent',
  threat_draft: 'A draft about a cyber threat',
  bank_entry_text: 'What stood with a payment at the bank',
  resilience_text: 'A text in the registers of resilience',
};

/**
 * Texts of the person, those that do not open among them.
 * @returns also the rows that are to be put on record, since nothing is written where they are read.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function loadTexts(
  tx: Tx,
  { id: person, spans }: Subject,
): Promise<{ texts: LoadedText[]; areMore: boolean; broken: BrokenRow[] }> {
  const named = new Map<string, Map<string, Date | null>>();
  const add = (table: string, commitment: string, at: Date | null) => {
    if (!isTextTable(table)) return;
    const known = named.get(table) ?? new Map<string, Date | null>();
    known.set(commitment, at ?? known.get(commitment) ?? null);
    named.set(table, known);
  };
  for (const { table, commitment } of await mentionsOf(tx, person)) add(table, commitment, null);
  for (const { commitment, at } of await tx.$queryRaw<{ commitment: string; at: Date }[]>`
    select n.commitment, n.created_at as at from operation o join operation_note n on n.operation_id = o.id
    where ${within(spans, Prisma.sql`o.client_id`, Prisma.sql`n.created_at`)} and o.kind = any (${toldKinds}::text[])
    order by n.created_at limit ${textsMax}`)
    add('operation_note', commitment, at);
  for (const { commitment, at } of await tx.$queryRaw<{ commitment: string; at: Date }[]>`
    select t.commitment, t.written_at as at from register_case c join register_text t on t.case_id = c.id
    where ${within(spans, Prisma.sql`c.client_id`, Prisma.sql`t.written_at`)} order by t.written_at limit ${textsMax}`)
    add('register_text', commitment, at);
  const { texts, broken } = await askedTexts(tx, person);
  for (const [table, commitments] of named) {
    if (!isTextTable(table)) continue;
    const rows = await textRows(tx, table, [...commitments.keys()]);
    rows.sort((one, other) => (one.commitment < other.commitment ? -1 : 1));
    const opened = await openSealed(table, rows);
    for (const [index, { commitment }] of rows.entries()) {
      const one = opened[index];
      if (one === undefined || one.state === 'erased') continue;
      const read = one.state === 'open' ? wordsFound(table, one.text) : null;
      const words = read === null || read.isBroken ? null : read.words;
      if (words === null)
        broken.push({
          table,
          row: commitment,
          fault: read === null ? 'seal-broken' : 'not-parsed',
        });
      texts.push({
        item: `${table}/${commitment}`,
        about: tableWords[table] ?? 'A text',
        at: commitments.get(commitment)?.toISOString() ?? null,
        text: words ?? unopened,
        isOwn: false,
        isBroken: words === null,
      });
    }
  }
  return { texts: texts.slice(0, textsMax), areMore: texts.length > textsMax, broken };
}

/**
 * What the person asked and answered in their own requests. It is in their own words where the public form or the file of
 * a message brought it. All else was typed here, where more may stand than the person said.
 */
async function askedTexts(
  tx: Tx,
  person: string,
): Promise<{ texts: LoadedText[]; broken: BrokenRow[] }> {
  const requests = await tx.$queryRaw<{ id: string; number: string; channel: string }[]>`
    select s.request_id::text as id, s.number, s.channel from privacy_request_standing s
      join privacy_request_event e on e.request_id = s.request_id and e.seq = 1
    where s.person_id = ${person} and (e.facts ->> 'forAnother') = 'false'
    order by s.received_at, s.request_id limit 100`;
  const texts: LoadedText[] = [];
  const broken: BrokenRow[] = [];
  for (const { id, number, channel } of requests) {
    const isSent =
      channel === 'form' ||
      (await tx.privacyRequestText.count({
        where: { requestId: id, seq: 1, field: { in: [...importedFields] } },
      })) > 0;
    const rows = await tx.privacyRequestText.findMany({
      where: { requestId: id, field: { in: askedFields } },
      orderBy: [{ seq: 'asc' }, { field: 'asc' }],
      select: {
        seq: true,
        field: true,
        sealed: true,
        commitment: true,
        event: { select: { at: true } },
      },
      take: textsMax,
    });
    for (const one of await openEachText(id, rows)) {
      const { seq, field, commitment, event, text, isBroken } = one;
      if (isBroken) broken.push(brokenRequestText(id, seq, field));
      else if (text === null) continue;
      const isOwn = isSent && seq === 1;
      texts.push({
        item: `privacy_request_text/${commitment}`,
        about: isOwn
          ? `What you wrote in request ${number}`
          : `What we took down in request ${number}`,
        at: event.at.toISOString(),
        text: text ?? unopened,
        isOwn,
        isBroken,
      });
    }
  }
  return { texts, broken };
}
