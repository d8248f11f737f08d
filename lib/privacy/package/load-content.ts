/** All of a package that fits into memory whatever the person did here: values, information and texts. */
import {
  fieldFor,
  legalBases,
  purposes,
  categories,
  type FieldName,
  type PersonRole,
} from '#lib/persons/field-map.ts';
import { rolesOf } from '#lib/persons/roles-of.ts';
import { readValues, type HeldValue } from '#lib/persons/read-values.ts';
import { retentionRules } from '#lib/persons/retention-rules.ts';
import { toldSource } from '#lib/persons/value-sources.ts';
import type { BrokenRow } from '#lib/persons/texts/open-found.ts';
import type { OwnValue } from '#lib/persons/texts/black-out.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { shownLines } from '#lib/protocol/free-text.ts';
import type { Subject } from '../collect/spans.ts';
import { systemCodes } from '../collect/systems.ts';
import { tellableFields } from '../collect/vault-systems.ts';
import { refusalGrounds, type RefusalGround } from '../requests/life.ts';
import { leftOutByTies } from './client-ties.ts';
import { leftOutAround } from './around-ties.ts';
import type { ClientTie } from './tie-form.ts';
import type { Choice, Preview, Take } from './choices.ts';
import type { OutGround } from './out-grounds.ts';
import { loadInformation } from './information.ts';
import { loadTexts, textsMax, type LoadedText } from './load-texts.ts';
import {
  notOpened,
  type Information,
  type LeftOut,
  type PackageText,
  type PackageValue,
} from './package-schema.ts';
import { withoutOthers } from './redact-others.ts';

export type PackageContent = {
  subject: Subject;
  roles: PersonRole[];
  information: Information;
  values: PackageValue[];
  texts: PackageText[];
  leftOut: LeftOut[];
  preview: Preview;
  undecided: number;
  /** Rows that do not open, to be put on record. */
  broken: BrokenRow[];
};

/**
 * Every value that may be told, each version of it. What is withheld is never read, so nothing of it can get out.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function tellableValues(tx: Tx, person: string): Promise<HeldValue[]> {
  const values = await readValues(tx, person, {
    use: 'own-copy',
    fields: tellableFields as FieldName[],
    earlierToo: true,
  });
  return values.filter(({ value }) => value !== null);
}

/**
 * Texts as they are shown. What the person wrote themselves tells them of nobody whom they don't know of, so it stays
 * whole and makes no copy one in part; in what others wrote everybody else is blacked out.
 */
async function shownOf(
  tx: Tx,
  person: string,
  own: readonly OwnValue[],
  texts: readonly LoadedText[],
): Promise<(LoadedText & { isBlacked: boolean })[]> {
  const written = texts.filter(({ isOwn, isBroken }) => !isOwn && !isBroken);
  const shown = await withoutOthers(
    tx,
    person,
    own,
    written.map(({ text }) => text),
  );
  const textOf = new Map(written.map(({ item }, index) => [item, shown[index] ?? '']));
  return texts.map((one) => {
    const text = textOf.get(one.item) ?? one.text;
    return { ...one, text, isBlacked: text !== one.text };
  });
}

/** @param tx one state of the database. */
export async function loadContent(
  tx: Tx,
  { subject, ties }: { subject: Subject; ties: readonly ClientTie[] },
  choices: readonly Choice[],
): Promise<PackageContent> {
  const person = subject.id;
  const roles = await rolesOf(tx, person);
  const values = await tellableValues(tx, person);
  const own = values.flatMap(({ field, value }) => (value === null ? [] : [{ field, value }]));
  const { texts: loaded, areMore, broken } = await loadTexts(tx, subject);
  const chosen = new Map(choices.map((one) => [one.item, one]));
  const items = (await shownOf(tx, person, own, loaded)).map((one) => ({
    ...one,
    take: takeOf(one, chosen.get(one.item)),
    outOn: chosen.get(one.item)?.ground,
  }));
  const information = await loadInformation(tx, {
    subject,
    roles,
    held: [...new Set(values.map(({ field }) => field))],
    hear: (row) => broken.push(row),
  });
  return {
    subject,
    roles,
    information: {
      ...information,
      notKnown: [...information.notKnown, ...(areMore ? [moreTexts] : [])],
    },
    values: values.map((one) => valueOf(one, roles)),
    texts: items
      .filter(({ take, isBroken }) => take === 'in' && !isBroken)
      .map(({ about, at, text }) => ({ about, at, text: shownLines(text) })),
    leftOut: [
      ...leftOutOf(items),
      ...notOpenedOf(items),
      ...leftOutByTies(ties, '15(4)'),
      ...(await leftOutAround(tx, subject, { codes: systemCodes, article: '15(4)' })),
    ],
    preview: items.map(({ item, about, at, text, take, isOwn, isBroken, outOn }) => ({
      item,
      about,
      at,
      take,
      ...(take === 'out' && { outOn: outOn ?? untoldOn }),
      reason: isBroken ? brokenReasonOf(take) : reasonOf(take, isOwn, chosen.has(item)),
      text: shownLines(text),
      records: 1,
    })),
    undecided: items.filter(({ take }) => take === 'undecided').length,
    broken,
  };
}

const moreTexts = `More than ${textsMax.toLocaleString('en')} texts are on record, and this copy holds so many. Ask us for the rest.`;

/** What an order from before grounds were asked for says. */
const untoldOn: OutGround = 'others-rights';

const takeOf = ({ isOwn }: LoadedText, chosen: Choice | undefined): Take =>
  chosen?.take ?? (isOwn ? 'in' : 'undecided');

/** What the person is told of, so that a copy in part does not read like a whole one. */
function leftOutOf(
  items: readonly { take: Take; isBlacked: boolean; outOn: OutGround | undefined }[],
): LeftOut[] {
  const ground = 'others-rights' satisfies OutGround & RefusalGround;
  const { name, article } = refusalGrounds[ground];
  const line = (what: string, records: number): LeftOut[] =>
    records === 0
      ? []
      : [{ what, records, ground, why: `${name} (Article ${article.split(',')[0]} GDPR)` }];
  return [
    ...line(
      'Texts with parts blacked out',
      items.filter(({ take, isBlacked }) => take === 'in' && isBlacked).length,
    ),
    ...line(
      'Texts left out',
      items.filter(({ take, outOn }) => take === 'out' && (outOn ?? untoldOn) === ground).length,
    ),
  ];
}

/** Those that nobody can open, by what they are: the person is told that they are there. */
function notOpenedOf(
  items: readonly { about: string; take: Take; isBroken: boolean }[],
): LeftOut[] {
  const counts = new Map<string, number>();
  for (const { about, take, isBroken } of items)
    if (take === 'in' && isBroken) counts.set(about, (counts.get(about) ?? 0) + 1);
  return [...counts].map(([about, records]) => ({
    what: `${about}, which could not be opened`,
    records,
    ground: notOpened,
    why: 'It is on record and nobody can read it, so nothing of it can be given',
  }));
}

function brokenReasonOf(take: Take): string {
  if (take === 'undecided')
    return 'It does not open, so nobody can read it. In, the copy says that there is such a text; out, it says what the ground says.';
  if (take === 'out') return 'It does not open. Left out by who looked through it.';
  return 'It does not open. The copy says that there is such a text, and gives nothing of it.';
}

function reasonOf(take: Take, isOwn: boolean, isChosen: boolean): string {
  if (take === 'undecided')
    return 'Staff wrote it. Read it, then say whether it goes in: it must not tell of a suspicion, nor of others.';
  if (take === 'out') return 'Left out by who looked through it; the reason is kept.';
  return isOwn && !isChosen ? 'The person wrote it.' : 'Taken in by who looked through it.';
}

function valueOf(held: HeldValue, roles: readonly PersonRole[]): PackageValue {
  const field = fieldFor(held.field, roles);
  return {
    field: held.field,
    label: field.label,
    category: categories[field.category],
    version: held.version,
    value: shownLines(held.value ?? ''),
    origin: held.origin,
    source: toldSource(held.source),
    recordedAt: held.recordedAt,
    purposes: field.purposes.map((one) => purposes[one]),
    legalBasis: legalBases[field.basis],
    recipients: [...field.recipients],
    keptUntil: retentionRules[field.retention].sentence,
  };
}
