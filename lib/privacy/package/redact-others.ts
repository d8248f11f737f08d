/** Blacks out of texts everybody but the person whom a package is for. */
import { readValues } from '#lib/persons/read-values.ts';
import type { FieldName } from '#lib/persons/field-map.ts';
import { BLACK, blackOut, type OwnValue } from '#lib/persons/texts/black-out.ts';
import { peopleIn } from '#lib/persons/texts/people-in.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { loneWords } from './lone-words.ts';

/** Those who stand behind the same clients; more than any client has. */
const nearMax = 500;
const operatorsMax = 2_000;
/** What says who somebody is. */
const telling: readonly FieldName[] = [
  'full-name',
  'former-names',
  'birth-date',
  'birth-place',
  'residence',
  'email',
  'phone',
  'document-number',
  'tax-number',
  'iban',
];

/** Marks of people that need no vault: addresses, accounts, and ids of the console itself. */
const marks = [
  /[^\s<>"'(),;:[\]]+@[^\s<>"'(),;:[\]]*[^\s<>"'(),;:[\].]/gu,
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/gu,
  /(?<![\d.])\+\d[\d\s()/.-]{6,24}\d/gu,
  /\bps?-[a-z2-7]{10,16}\b/gu,
];

const spelt = (text: string): string => text.replaceAll(/[\s()/.-]/g, '').toLowerCase();

/**
 * Texts without anybody else, in order. Names, numbers and addresses of everybody whom a text names, of those behind the
 * same clients and of all who work here go; so does every e-mail address, account and telephone number that is not the
 * person's own. Somebody whom the vault does not know is seen by who looks through the preview alone.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function withoutOthers(
  tx: Tx,
  person: string,
  own: readonly OwnValue[],
  texts: readonly string[],
): Promise<string[]> {
  if (texts.length === 0) return [];
  const named = await peopleIn(tx, texts);
  const near = new Set([...named.flat(), ...(await nearTo(tx, person))]);
  near.delete(person);
  const others: OwnValue[] = [];
  for (const id of near)
    for (const { field, value } of await readValues(tx, id, {
      use: 'keeping-others-out',
      fields: telling,
      earlierToo: true,
    }))
      if (value !== null) others.push({ field, value });
  const words = loneWords(own, others);
  const kept = new Set(own.map(({ value }) => spelt(value)));
  return texts.map((text) => {
    const known = blackOut(text, others, false);
    const alone = blackOut(known, words, true);
    return marks.reduce(
      (rest, mark) =>
        rest.replaceAll(mark, (one) => (one === person || kept.has(spelt(one)) ? one : BLACK)),
      alone,
    );
  });
}

async function nearTo(tx: Tx, person: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    (select distinct o.person_id as id from person_tie t join person_tie o on o.client_id = t.client_id
      where t.person_id = ${person} limit ${nearMax})
    union (select id from operator limit ${operatorsMax})`;
  return rows.map(({ id }) => id);
}
