/** Writes people and what is known of them, always sealed, in the caller's transaction. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { fieldNames, fieldOf, type FieldName, type Origin, type SearchKind } from './field-map.ts';
import { isSaid, originOf, type SourceOf, type ValueSource } from './value-sources.ts';
import { searchHashes } from './search-hashes.ts';
import { openValues, sealValues } from './sealed-value.ts';

export type Values = Readonly<Partial<Record<FieldName, string>>>;
type Written = {
  by: string;
  at: Date;
  origin?: Origin;
  /** From where they are; where it is left out, that is not written down. */
  source?: SourceOf | ValueSource;
};

/** More hashes of one kind than all versions of its fields could have. */
const hashesMax = 4_000;

/**
 * Makes a person with a key of their own and writes the first values.
 * @throws DataKeysError where the key service can't be reached: nobody is written without a key.
 */
export async function writePerson(
  tx: Tx,
  { id, values }: { id: string; values: Values },
  written: Written,
): Promise<void> {
  const [keyId] = await dataKeys().make(1);
  if (keyId === undefined) throw new Error('the key service made no key');
  await tx.person.create({
    data: { id, keyId, createdAt: written.at, createdBy: written.by },
    select: { id: true },
  });
  await appendAudit(tx, {
    kind: 'person-recorded',
    subject: id,
    actor: written.by,
    at: written.at,
    facts: { fields: Object.keys(values).toSorted().join(' ') },
  });
  await insertValues(tx, { id, keyId }, { values, versions: new Map() }, written);
}

export type Corrected = Written & {
  /** Number of the request that it carries out; null where it was found here. */
  reference: string | null;
};

/**
 * Writes newer versions of values; the earlier ones stay until they are erased, and find the person no more. The database
 * takes it only with a correction by two people in the same transaction, but for a consent.
 * @returns false where the person is not there or was erased.
 */
export async function writeValues(
  tx: Tx,
  { id, values }: { id: string; values: Values },
  written: Corrected,
): Promise<boolean> {
  const [person] = await tx.$queryRaw<{ keyId: string | null }[]>`
    select key_id as "keyId" from person where id = ${id} for share`;
  if (!person || person.keyId === null) return false;
  const rows = await tx.personValue.groupBy({
    by: ['field'],
    where: { personId: id, field: { in: Object.keys(values) } },
    _max: { version: true },
  });
  const versions = new Map(rows.map(({ field, _max }) => [field, _max.version ?? 0]));
  await appendAudit(tx, {
    kind: 'person-changed',
    subject: id,
    actor: written.by,
    at: written.at,
    facts: { fields: Object.keys(values).toSorted().join(' '), reference: written.reference },
  });
  await insertValues(tx, { id, keyId: person.keyId }, { values, versions }, written);
  await replaceHashes(tx, id, Object.keys(values) as FieldName[], written.at);
  return true;
}

/** By what these fields say now the person is found, and by nothing that they said before. */
async function replaceHashes(
  tx: Tx,
  personId: string,
  changed: readonly FieldName[],
  at: Date,
): Promise<void> {
  const kinds = new Set(changed.flatMap((name) => fieldOf(name).search ?? []));
  if (kinds.size === 0) return;
  const named = fieldNames.filter((name) => kinds.has(fieldOf(name).search ?? ('' as SearchKind)));
  const rows = await tx.personValue.findMany({
    where: { personId, field: { in: named } },
    orderBy: [{ field: 'asc' }, { version: 'desc' }],
    distinct: ['field'],
  });
  const current = rows.map((row) => ({ ...row, field: row.field as FieldName }));
  const values = await openValues(current);
  const hashes = await searchHashes(
    current.flatMap(({ field }, index) => {
      const value = values[index];
      return typeof value === 'string' ? [{ field, value }] : [];
    }),
  );
  const standing = await tx.personHash.findMany({
    where: { personId, kind: { in: [...kinds] } },
    take: hashesMax,
  });
  const isCurrent = ({ kind, hash }: { kind: string; hash: Uint8Array }): boolean =>
    hashes.some((one) => one.kind === kind && Buffer.from(one.hash).equals(hash));
  for (const row of standing) {
    const retiredAt = isCurrent(row) ? null : at;
    if ((row.retiredAt === null) === (retiredAt === null)) continue;
    const { kind, hash } = row;
    await tx.personHash.updateMany({ where: { personId, kind, hash }, data: { retiredAt } });
  }
}

async function insertValues(
  tx: Tx,
  { id, keyId }: { id: string; keyId: string },
  { values, versions }: { values: Values; versions: ReadonlyMap<string, number> },
  { by, at, origin, source = 'not-recorded' }: Written,
): Promise<void> {
  const given = Object.entries(values).map(([name, value]) => ({
    field: name as FieldName,
    value,
    personId: id,
    version: (versions.get(name) ?? 0) + 1,
  }));
  if (given.length === 0) return;
  const [sealed, hashes] = await Promise.all([sealValues(keyId, given), searchHashes(given)]);
  await tx.personValue.createMany({
    data: given.map(({ field, version }, index) => ({
      personId: id,
      field,
      version,
      sealed: sealedAt(sealed, index),
      origin: origin ?? originOf(sourceOf(source, field)) ?? fieldOf(field).origin,
      source: sourceOf(source, field),
      recordedAt: at,
      recordedBy: by,
    })),
  });
  // Two fields may say the same, and a value may come back, so a hash may be there already.
  await tx.personHash.createMany({
    data: hashes.map((hash) => ({ ...hash, personId: id })),
    skipDuplicates: true,
  });
}

/** What is assessed here is nobody's word, whatever was said of the values beside it. */
function sourceOf(source: SourceOf | ValueSource, field: FieldName): ValueSource {
  const said = typeof source === 'string' ? source : source(field);
  return fieldOf(field).origin === 'derived' && isSaid(said) ? 'own-work' : said;
}

function sealedAt(sealed: readonly Uint8Array<ArrayBuffer>[], index: number) {
  const bytes = sealed[index];
  if (!bytes) throw new Error('the key service sealed less than it was given');
  return bytes;
}
