/** The step at which what is known of somebody goes: one transaction, in which everything of it happens or nothing. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { isFieldName } from '#lib/persons/field-map.ts';
import { searchHashes } from '#lib/persons/search-hashes.ts';
import { openEachValue, sealValues } from '#lib/persons/sealed-value.ts';
import { mentionsOf, type Mention } from '#lib/persons/texts/mentions.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { lockRequest } from '../requests/load-request.ts';
import {
  lockErasure,
  moveErasure,
  readErasure,
  type Erasure,
  type ErasureNeeds,
} from './erasure-row.ts';
import { goingOf } from './going.ts';
import type { Gone } from './phases.ts';
import { leaveErasure, whyNot } from './still-decided.ts';

type Row = { field: string; version: number; sealed: Uint8Array };

/** More than all versions of all fields that a person may have in practice. */
const valuesMax = 2_000;
const hashesMax = 20_000;

/**
 * Takes values and search hashes out, makes the person a tombstone or gives what stays another key, and writes down which
 * key is to be destroyed. What was sealed is copied aside, so that it can be shown that it opens no more.
 * @param seen texts that were blacked out, or stay with a reason: where another names the person meanwhile, nothing goes
 *   yet. Left out where no text is looked at.
 * @throws DataKeysError where the keys are away, and Error where a bank statement is not looked through yet; then nothing
 *   changed.
 */
export async function removeValues(
  { db, clock }: Pick<ErasureNeeds, 'db' | 'clock'>,
  id: string,
  seen?: readonly Mention[],
): Promise<void> {
  const { requestId } = await readErasure(db, id);
  await inTransaction(
    db,
    async (tx) => {
      // Whoever opens a hold has been, or waits; the database looks once more at each row that goes.
      await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('legal holds', 0))`;
      if (requestId !== null) await lockRequest(tx, requestId);
      const erasure = await lockErasure(tx, id, 'swept');
      if (!erasure) return;
      const { personId } = erasure;
      // Whoever writes about the person waits, and is told that they are gone.
      await tx.$queryRaw`select id from person where id = ${personId} for update`;
      const now = clock();
      const reason = await whyNot(tx, erasure, now);
      if (reason !== null) {
        await leaveErasure(tx, erasure, reason, now);
        return;
      }
      if (seen !== undefined) {
        await expectLookedThrough(tx);
        if (await hasOthers(tx, personId, seen)) return;
      }
      await remove(tx, erasure, now);
    },
    { timeoutMs: 60_000 },
  );
}

/**
 * Whom the entries of a statement name is put on record after they were taken in, and found by what goes here.
 * @throws where one is not through; the erasure waits for it.
 */
async function expectLookedThrough(tx: Tx): Promise<void> {
  const waiting = await tx.bankStatement.count({
    where: { OR: [{ looked: null }, { looked: { done: false } }] },
  });
  if (waiting > 0)
    throw new Error('The entries of a bank statement are looked through for names first.');
}

/** Whoever keeps a text that names the person holds their row until it is kept, so none comes in between. */
async function hasOthers(tx: Tx, personId: string, seen: readonly Mention[]): Promise<boolean> {
  const known = new Set(seen.map(({ table, commitment }) => `${table} ${commitment}`));
  const now = await mentionsOf(tx, personId);
  return now.some(({ table, commitment }) => !known.has(`${table} ${commitment}`));
}

async function remove(tx: Tx, erasure: Erasure, at: Date): Promise<void> {
  const { id, personId, requestId, scope, plan } = erasure;
  const { keyId: oldKey } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { keyId: true },
  });
  const rows = await tx.personValue.findMany({
    where: { personId },
    select: { field: true, version: true, sealed: true },
    orderBy: [{ field: 'asc' }, { version: 'asc' }],
    take: valuesMax + 1,
  });
  if (oldKey === null || rows.length > valuesMax)
    throw new Error(`${personId} can not be erased: it has no key, or too much is held.`);
  const going = rows.filter(goingOf(erasure, rows));
  const kept = rows.filter((row) => !going.includes(row));
  const newKey = scope === 'whole' ? null : await newKeyOf();
  await tx.personErasure.update({
    where: { id },
    data: { oldKey, newKey },
    select: { id: true },
  });
  await appendAudit(tx, {
    kind: scope === 'whole' ? 'person-erased' : 'person-values-erased',
    subject: personId,
    actor: 'worker',
    at,
    facts: {
      erasure: id,
      request: requestId,
      plan,
      fields: [...new Set(going.map(({ field }) => field))].join(' '),
      values: going.length,
    },
  });
  await tx.personErasureWitness.createMany({
    data: rows.map((row) => ({ ...row, erasureId: id })),
  });
  const hashes = await deleteHashes(tx, personId, kept);
  await deleteValues(tx, personId, going);
  if (newKey === null)
    await tx.person.update({
      where: { id: personId },
      data: { keyId: null, erasedAt: at },
      select: { id: true },
    });
  else await sealAnew(tx, personId, { newKey, kept });
  const gone: Gone = {
    texts: 0,
    keptTexts: 0,
    ...(erasure.gone as Partial<Gone>),
    values: going.length,
    hashes,
  };
  await moveErasure(tx, erasure, 'removed', { removedAt: at, gone: asJson(gone) });
}

async function newKeyOf(): Promise<string> {
  const [key] = await dataKeys().make(1);
  if (key === undefined) throw new Error('The key service made no key.');
  return key;
}

async function deleteValues(tx: Tx, personId: string, going: readonly Row[]): Promise<void> {
  if (going.length === 0) return;
  await tx.personValue.deleteMany({
    where: { personId, OR: going.map(({ field, version }) => ({ field, version })) },
  });
}

/** Deletes every hash that is of nothing that stays. @returns how many went. */
async function deleteHashes(tx: Tx, personId: string, kept: readonly Row[]): Promise<number> {
  const staying = await hashesOf(personId, kept);
  const rows = await tx.personHash.findMany({
    where: { personId },
    select: { kind: true, hash: true },
    take: hashesMax,
  });
  let count = 0;
  for (const { kind, hash } of rows) {
    if (staying.has(keyOf({ kind, hash }))) continue;
    count += (await tx.personHash.deleteMany({ where: { personId, kind, hash } })).count;
  }
  return count;
}

const keyOf = ({ kind, hash }: { kind: string; hash: Uint8Array }): string =>
  `${kind} ${Buffer.from(hash).toString('hex')}`;

async function hashesOf(personId: string, kept: readonly Row[]): Promise<ReadonlySet<string>> {
  const places = placesOf(personId, kept);
  const opened = await openEachValue(places);
  const values = places.flatMap(({ field }, index) => {
    const one = opened[index];
    return one?.state === 'open' ? [{ field, value: one.value }] : [];
  });
  return new Set((await searchHashes(values)).map(keyOf));
}

const placesOf = (personId: string, rows: readonly Row[]) =>
  rows.flatMap(({ field, ...row }) => (isFieldName(field) ? [{ ...row, personId, field }] : []));

/**
 * What stays is opened, sealed under the new key, and put where it was. What does not open stays as it is, and goes with the
 * old key: nobody can read it, and a copy of it in a backup must not outlive what goes.
 */
async function sealAnew(
  tx: Tx,
  personId: string,
  { newKey, kept }: { newKey: string; kept: readonly Row[] },
): Promise<void> {
  const places = placesOf(personId, kept);
  if (places.length !== kept.length)
    throw new Error(`${personId} has values that no map names, so they can not be sealed anew.`);
  const opened = await openEachValue(places);
  const values = places.flatMap(({ field, version }, index) => {
    const one = opened[index];
    if (one?.state === 'broken') return [];
    if (one?.state !== 'open') throw new Error(`The key of ${personId} is no more.`);
    return [{ personId, field, version, value: one.value }];
  });
  const sealed = await sealValues(newKey, values);
  await tx.person.update({
    where: { id: personId },
    data: { keyId: newKey },
    select: { id: true },
  });
  for (const [index, { field, version }] of values.entries()) {
    const bytes = sealed[index];
    if (!bytes) throw new Error('The key service sealed less than it was given.');
    await tx.personValue.update({
      where: { personId_field_version: { personId, field, version } },
      data: { sealed: bytes },
      select: { version: true },
    });
  }
}
