/**
 * Who received somebody's data, as far as it is on record (Article 15(1)(c) GDPR; Court of Justice, C-154/21: the actual
 * recipients, by name): processors of what is done with such people's data, and recipients that were told of a change.
 */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { ProcessingActivity } from '../registers/processing-record.ts';
import { recipientCode, recipientsOf } from '../requests/load-recipients.ts';
import type { Received } from './package-schema.ts';

/**
 * Authorities that ask in a particular inquiry are no recipients (Article 4(9) GDPR), and whoever is told that one asked
 * may be tipped off (Article 39 of Directive (EU) 2015/849). They stand among those who may get data, whoever asks.
 */
const inquirers: ReadonlySet<string> = new Set(
  ['Financial intelligence unit, on its demand', 'Supervisory authority, on its demand'].map(
    recipientCode,
  ),
);

/** More than any one person's data went to. */
const receivedMax = 200;

/** @param activities those that are about people like this one. @param tx one state of the database. */
export async function loadReceived(
  tx: Tx,
  person: string,
  activities: readonly ProcessingActivity[],
): Promise<Received[]> {
  const received = [
    ...activities.flatMap(({ processors }) =>
      processors.map(({ name, provider }) => ({
        name: provider,
        what: `As processor: ${name}.`,
        on: null,
      })),
    ),
    ...(await toldOf(tx, person)),
  ];
  const known = new Map(received.map((one) => [`${one.name} ${one.what}`, one]));
  return [...known.values()].slice(0, receivedMax);
}

/** Who had to be told of a correction, an erasure or a restriction, because the data had gone there (Article 19). */
async function toldOf(tx: Tx, person: string): Promise<Received[]> {
  const rows = await tx.$queryRaw<{ code: string; number: string; at: Date }[]>`
    select e.facts ->> 'recipient' as code, s.number, e.at
      from privacy_request_standing s join privacy_request_event e on e.request_id = s.request_id
    where s.person_id = ${person} and e.kind = 'recipient-told' and e.facts ->> 'result' = 'told'
    order by e.at, s.number, e.seq limit ${receivedMax}`;
  if (rows.length === 0) return [];
  const names = new Map((await recipientsOf(tx, person)).map(({ code, name }) => [code, name]));
  return rows
    .filter(({ code }) => !inquirers.has(code))
    .map(({ code, number, at }) => ({
      name: names.get(code) ?? code,
      what: `Had data of yours, and was told of what came of request ${number} (Article 19 GDPR).`,
      on: at.toISOString(),
    }));
}
