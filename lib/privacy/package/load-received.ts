/**
 * Who received somebody's data, as far as it is on record (Article 15(1)(c) GDPR; Court of Justice, C-154/21: the actual
 * recipients, by name): processors of what is done with such people's data, banks, recipients that were told of a
 * change, those whom the desk put on record, and controllers to whom the person had data transmitted.
 */
import type { BrokenRow } from '#lib/persons/texts/open-found.ts';
import { startOfDay } from '#lib/platform/days.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { shownLines } from '#lib/protocol/free-text.ts';
import type { ProcessingActivity } from '../registers/processing-record.ts';
import type { Subject } from '../collect/spans.ts';
import { inquirers, isRecordedCode, recipientsOf } from '../requests/load-recipients.ts';
import { loadRequest } from '../requests/load-request.ts';
import { brokenRequestText, openEachText } from '../requests/open-each-text.ts';
import { loadBanks } from './load-banks.ts';
import type { Received } from './package-schema.ts';

/** More than any one person's data went to. */
const receivedMax = 200;

/** Hears of rows that do not open, which are to be put on record. */
export type HearsBroken = (row: BrokenRow) => void;

/**
 * @param activities those that are about people like this one.
 * @param tx one state of the database.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function loadReceived(
  tx: Tx,
  subject: Subject,
  activities: readonly ProcessingActivity[],
  hear: HearsBroken = () => undefined,
): Promise<Received[]> {
  const received = [
    ...activities.flatMap(({ processors }) =>
      processors.map(({ name, provider }) => ({
        name: provider,
        what: `As processor: ${name}.`,
        on: null,
      })),
    ),
    ...(await loadBanks(tx, subject)),
    ...(await toldOf(tx, subject.id)),
    ...(await recordedOf(tx, subject.id, hear)),
  ];
  const known = new Map(received.map((one) => [`${one.name} ${one.what}`, one]));
  return [...known.values()].slice(0, receivedMax);
}

/** Who had to be told of a correction, an erasure or a restriction, because the data had gone there (Article 19). */
async function toldOf(tx: Tx, person: string): Promise<Received[]> {
  const rows = await tx.$queryRaw<{ code: string; of: string; at: Date }[]>`
    select e.facts ->> 'recipient' as code, 'what came of request ' || s.number as of, e.at
      from privacy_request_standing s join privacy_request_event e on e.request_id = s.request_id
    where s.person_id = ${person} and e.kind = 'recipient-told' and e.facts ->> 'result' = 'told'
    union all
    select n.recipient, case when d.correction_id is null then 'a restriction' else 'a correction' end, n.at
      from recipient_notice_duty d join recipient_notice n on n.duty_id = d.id
    where d.person_id = ${person} and n.result = 'told'
    order by 3, 2, 1 limit ${receivedMax}`;
  if (rows.length === 0) return [];
  const names = new Map((await recipientsOf(tx, person)).map(({ code, name }) => [code, name]));
  return rows
    .filter(({ code }) => !inquirers.has(code) && !isRecordedCode(code))
    .map(({ code, of, at }) => ({
      name: names.get(code) ?? code,
      what: `Had data of yours, and was told of ${of} (Article 19 GDPR).`,
      on: at.toISOString(),
    }));
}

/** What stands for a text that does not open. */
const notOpened = {
  recipient: 'A recipient whose name could not be opened',
  received: 'What it received could not be opened.',
};

/** Requests of one person that are opened for it. */
const requestsMax = 100;

async function recordedOf(tx: Tx, person: string, hear: HearsBroken): Promise<Received[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct s.request_id::text as id
      from privacy_request_standing s join privacy_request_event e on e.request_id = s.request_id
    where s.person_id = ${person}
      and (e.kind = 'recipient-added' or e.kind = 'fulfilled' and e.facts ? 'transmission')
    order by 1 limit ${requestsMax}`;
  const received: Received[] = [];
  for (const { id } of rows) received.push(...(await recordedIn(tx, id, hear)));
  return received;
}

/** What stands in one request; nothing of a text that was erased with its file. What does not open says so. */
async function recordedIn(tx: Tx, requestId: string, hear: HearsBroken): Promise<Received[]> {
  const file = await loadRequest(tx, requestId);
  if (!file) return [];
  const { received, transmission, dispatch } = file.standing;
  const isSent = transmission !== null && dispatch?.transmission === transmission.seq;
  const rows = await tx.privacyRequestText.findMany({
    where: {
      requestId,
      seq: { in: [...received.keys(), ...(isSent ? [transmission.seq] : [])] },
      field: { in: ['recipient', 'received'] },
    },
    orderBy: { seq: 'asc' },
    select: { seq: true, field: true, sealed: true },
    take: 2 * receivedMax,
  });
  const texts = new Map<string, string | null>();
  for (const { seq, field, text, isBroken } of await openEachText(requestId, rows)) {
    if (isBroken) hear(brokenRequestText(requestId, seq, field));
    texts.set(
      `${seq} ${field}`,
      isBroken ? notOpened[field === 'recipient' ? field : 'received'] : text,
    );
  }
  const said = (seq: number, what: string, on: string | null): Received[] => {
    const name = texts.get(`${seq} recipient`) ?? null;
    return name === null ? [] : [{ name: shownLines(name), what, on }];
  };
  return [
    ...[...received].flatMap(([seq, { receivedOn }]) =>
      said(
        seq,
        shownLines(texts.get(`${seq} received`) ?? ''),
        receivedOn === null ? null : startOfDay(receivedOn).toISOString(),
      ),
    ),
    ...(isSent
      ? said(
          transmission.seq,
          `Your data were transmitted there, as you asked in ${file.number} (Article 20(2) GDPR).`,
          new Date(dispatch?.sentAt ?? 0).toISOString(),
        )
      : []),
  ];
}
