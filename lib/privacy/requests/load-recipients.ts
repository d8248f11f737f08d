/** Who got the data of a person, as the field map and the register of processors name them (Art 19). */
import { rolesOf } from '#lib/persons/roles-of.ts';
import { fieldFor, fieldNames, isFieldName } from '#lib/persons/field-map.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

export type Recipient = {
  /** As an event names it. */
  code: string;
  name: string;
  /** Where it is known from. */
  from: 'map' | 'register' | 'request';
};

/** Fields that a request changed, restricted or erased (Art 16 to 18): whom to tell hangs on them. None where it is about all. */
export async function concernedFields(tx: Tx, requestId: string): Promise<string[]> {
  const erasure = await tx.personErasure.findFirst({
    where: { requestId, scope: 'part', state: { not: 'left' } },
    orderBy: { queuedAt: 'desc' },
    select: { fields: true },
  });
  if (erasure) return erasure.fields;
  const correction = await tx.personCorrection.findFirst({
    where: { requestId },
    select: { fields: true },
  });
  if (correction) return correction.fields;
  const restrictions = await tx.personRestriction.findMany({
    where: { requestId },
    select: { fields: true },
    take: 100,
  });
  return restrictions.some(({ fields }) => fields.length === 0)
    ? []
    : [...new Set(restrictions.flatMap(({ fields }) => fields))];
}

const codeMax = 60;
const processorsMax = 200;

/** Letters, digits and hyphens of a name, as events write codes. */
export const recipientCode = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, codeMax)
    .replace(/-+$/, '');

/**
 * Authorities that ask in a particular inquiry are no recipients (Article 4(9) GDPR), and whoever is told that one asked
 * may be tipped off (Article 39 of Directive (EU) 2015/849). They stand among those who may get data, whoever asks.
 */
export const inquirers: ReadonlySet<string> = new Set(
  ['Financial intelligence unit, on its demand', 'Supervisory authority, on its demand'].map(
    recipientCode,
  ),
);

/**
 * Recipients of the fields that are held of the person, or, where nothing is held any more, of every field that their
 * roles have; and processors on record. One that got nothing of this person is recorded with its reason.
 * @param only fields that it is about, held or gone, where it is not about all that is held.
 */
export async function recipientsOf(
  tx: Tx,
  person: string,
  only: readonly string[] = [],
): Promise<Recipient[]> {
  const [roles, values, processors] = await Promise.all([
    rolesOf(tx, person),
    tx.personValue.findMany({
      where: { personId: person },
      distinct: ['field'],
      select: { field: true },
    }),
    tx.resilienceCurrent.findMany({
      where: { kind: 'processor', retired: false },
      orderBy: { number: 'asc' },
      select: { number: true, name: true, ref: true },
      take: processorsMax,
    }),
  ]);
  const named = (only.length > 0 ? only : values.map(({ field }) => field)).filter(isFieldName);
  const shown = named.length > 0 ? named : fieldNames;
  const mapped = new Set(
    shown
      .map((name) => fieldFor(name, roles))
      .filter((field) => named.length > 0 || field.roles.some((role) => roles.includes(role)))
      .flatMap(({ recipients }) => recipients)
      .filter((name) => !inquirers.has(recipientCode(name))),
  );
  return [
    ...[...mapped]
      .toSorted()
      .map((name) => ({ code: recipientCode(name), name, from: 'map' as const })),
    ...processors.map(({ number, name, ref }) => ({
      code: recipientCode(number),
      name: name ?? ref ?? number,
      from: 'register' as const,
    })),
    ...(await recordedRecipients(tx, person)),
  ];
}

const recordedMax = 200;

/** Whether a code names an entry of a request, whose text says who it is. */
export const isRecordedCode = (code: string): boolean => /^dsr-\d{4}-\d+-\d+$/.test(code);

/** Those whom the desk put on record; who they are stands sealed in the request that says so. */
async function recordedRecipients(tx: Tx, person: string): Promise<Recipient[]> {
  const rows = await tx.$queryRaw<{ number: string; seq: number }[]>`
    select s.number, e.seq
      from privacy_request_standing s join privacy_request_event e on e.request_id = s.request_id
    where s.person_id = ${person} and e.kind = 'recipient-added'
      and not exists (select from privacy_request_event x where x.request_id = e.request_id
        and x.kind = 'recipient-struck' and x.facts ->> 'of' = e.seq::text)
    order by s.number, e.seq limit ${recordedMax}`;
  return rows.map(({ number, seq }) => ({
    code: recipientCode(`${number}-${seq}`),
    name: `Put on record in ${number}, entry ${seq}`,
    from: 'request',
  }));
}
