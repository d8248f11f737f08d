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
import type { Tx } from '#lib/platform/db/transaction.ts';
import { shownLines } from '#lib/protocol/free-text.ts';
import { tellableFields } from '../collect/vault-systems.ts';
import type { Choice, Preview, Take } from './choices.ts';
import { loadInformation } from './information.ts';
import { loadTexts, type LoadedText } from './load-texts.ts';
import type { Information, PackageText, PackageValue } from './package-schema.ts';
import { withoutOthers } from './redact-others.ts';

export type PackageContent = {
  roles: PersonRole[];
  information: Information;
  values: PackageValue[];
  texts: PackageText[];
  preview: Preview;
  undecided: number;
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

/** @param tx one state of the database. */
export async function loadContent(
  tx: Tx,
  person: string,
  choices: readonly Choice[],
): Promise<PackageContent> {
  const roles = await rolesOf(tx, person);
  const values = await tellableValues(tx, person);
  const own = values.flatMap(({ field, value }) => (value === null ? [] : [{ field, value }]));
  const loaded = await loadTexts(tx, person);
  const shown = await withoutOthers(
    tx,
    person,
    own,
    loaded.map(({ text }) => text),
  );
  const chosen = new Map(choices.map(({ item, take }) => [item, take]));
  const items = loaded.map((one, index) => ({
    ...one,
    text: shown[index] ?? '',
    take: takeOf(one, chosen),
  }));
  return {
    roles,
    information: await loadInformation(tx, {
      person,
      roles,
      held: [...new Set(values.map(({ field }) => field))],
    }),
    values: values.map((one) => valueOf(one, roles)),
    texts: items
      .filter(({ take }) => take === 'in')
      .map(({ about, at, text }) => ({ about, at, text: shownLines(text) })),
    preview: items.map(({ item, about, at, text, take, isOwn }) => ({
      item,
      about,
      at,
      take,
      reason: reasonOf(take, isOwn, chosen.has(item)),
      text: shownLines(text),
      records: 1,
    })),
    undecided: items.filter(({ take }) => take === 'undecided').length,
  };
}

const takeOf = ({ item, isOwn }: LoadedText, chosen: ReadonlyMap<string, Take>): Take =>
  chosen.get(item) ?? (isOwn ? 'in' : 'undecided');

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
    recordedAt: held.recordedAt,
    purposes: field.purposes.map((one) => purposes[one]),
    legalBasis: legalBases[field.basis],
    recipients: [...field.recipients],
    keptUntil: retentionRules[field.retention].sentence,
  };
}
