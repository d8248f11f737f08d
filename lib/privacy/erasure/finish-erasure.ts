/** The last steps of an erasure: what is left is looked for, the key is destroyed, and it is shown that nothing opens. */
import { createHash } from 'node:crypto';
import { isFieldName } from '#lib/persons/field-map.ts';
import { openEachValue } from '#lib/persons/sealed-value.ts';
import { sharedValues } from '#lib/persons/texts/of-others.ts';
import type { ShredReceipt } from '#lib/platform/data-keys/data-keys.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { expectEverywhere, shredOneOwn } from '#lib/platform/data-keys/shred-own.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { appendEvent } from '../requests/append-event.ts';
import { timeAfter } from '../requests/act-on-request.ts';
import { lockRequest, type RequestFile } from '../requests/load-request.ts';
import { erasePackages } from '../package/erase-packages.ts';
import { loadSeat } from '../requests/load-seat.ts';
import {
  lockErasure,
  moveErasure,
  readErasure,
  type Erasure,
  type ErasureNeeds,
} from './erasure-row.ts';
import { goingOf } from './going.ts';
import { lookForValues } from './look-for-values.ts';
import { clearRequests, countCleared, ownRequests } from './request-texts.ts';
import { keptInFiles, whyKeptOf } from './why-kept.ts';
import { openOwn, tellingValues, type SealedRow } from './own-values.ts';
import type { ErasureProof, Gone, Looked } from './phases.ts';
import { noteShred } from './restore-check.ts';
import { mostOfPlaces } from './unopened.ts';

const witnessMax = 2_000;

const witnessOf = (db: Database | Tx, { id }: Pick<Erasure, 'id'>): Promise<SealedRow[]> =>
  db.personErasureWitness.findMany({
    where: { erasureId: id },
    select: { field: true, version: true, sealed: true },
    orderBy: [{ field: 'asc' }, { version: 'asc' }],
    take: witnessMax,
  });

/**
 * Clears the person's own requests, then looks for what was taken out. What it finds is on record, and the key goes all the
 * same: but the person is told that it is done only once each place is cleared or named with the article that keeps it.
 */
export async function lookForRest(needs: ErasureNeeds, id: string): Promise<void> {
  const { db, clock } = needs;
  const erasure = await readErasure(db, id);
  // A package that was made for the person holds what goes, under a key of its own.
  await erasePackages(db, clock(), erasure.personId);
  const rows = await witnessOf(db, erasure);
  const isGoing = goingOf(erasure, rows);
  const { own } = await openOwn(erasure.personId, rows.filter(isGoing));
  // What is others' as well stays with them, and says nothing of who was erased.
  const shared = await sharedValues(db, erasure.personId, own);
  const theirs = own.filter((value) => !shared.has(value));
  const cleared = isAskedFor(erasure) ? await ownRequests(db, erasure.personId, theirs) : null;
  await clearRequests(db, cleared ?? [], { erasure, values: own, at: clock() });
  const going = tellingValues(theirs);
  const { own: kept } = await openOwn(
    erasure.personId,
    rows.filter((row) => !isGoing(row)),
  );
  const staying = new Set(tellingValues(kept));
  const { unopened = [], ...looked } = await lookForValues(
    db,
    going.filter((value) => !staying.has(value)),
    needs,
    await whyKeptOf(db, erasure, cleared),
  );
  const gone = erasure.gone as Partial<Gone>;
  const uncleared = (gone.uncleared ?? []).map(({ where, count }) => ({
    where: `${where}.sealed`,
    count,
  }));
  const proof: Looked = {
    ...looked,
    found: mostOfPlaces(uncleared, looked.found),
    unopened: mostOfPlaces(gone.unopened ?? [], unopened),
    kept: [...(looked.kept ?? []), ...(await keptInFiles(db, erasure))],
    requests: await countCleared(db, cleared ?? []),
  };
  await inTransaction(db, async (tx) => {
    if (!(await lockErasure(tx, id, 'removed'))) return;
    await moveErasure(tx, erasure, 'looked', { lookedAt: clock(), proof: asJson(proof) });
  });
}

/** Where only the period of some fields is over, files of requests stay for theirs. */
const isAskedFor = ({ cause, scope }: Erasure): boolean => scope === 'whole' || cause === 'request';

/**
 * Destroys the key in every place that keeps one.
 * @throws KeyOfOtherError where it is not the person's own, and where a place could not be reached: then it is asked again,
 *   which is harmless, until all are done.
 */
export async function destroyKey({ db, clock }: ErasureNeeds, id: string): Promise<void> {
  const { oldKey, ...erasure } = await readErasure(db, id);
  if (oldKey === null) throw new Error('An erasure without the key that it destroys.');
  const receipt = await shredOneOwn(db, {
    key: oldKey,
    kind: 'person',
    owner: erasure.personId,
  });
  await noteShred(db, receipt);
  expectEverywhere(receipt);
  await inTransaction(db, async (tx) => {
    if (!(await lockErasure(tx, id, 'looked'))) return;
    await moveErasure(tx, erasure, 'shredded', { shreddedAt: clock(), receipt: asJson(receipt) });
  });
}

/**
 * Shows that nothing that was sealed opens, that nobody is found, and that the books hold; then the request may be
 * answered.
 * @throws where one of it does not hold: nobody is told that it is done.
 */
export async function proveErasure(needs: ErasureNeeds, id: string): Promise<void> {
  const { db, clock } = needs;
  const before = await readErasure(db, id);
  const rows = await witnessOf(db, before);
  await expectUnreadable(before, rows);
  const books = await needs.verifyBooks(needs.signal);
  await inTransaction(db, async (tx) => {
    const file = before.requestId === null ? null : await lockRequest(tx, before.requestId);
    const erasure = await lockErasure(tx, id, 'shredded');
    if (!erasure) return;
    await expectGone(tx, erasure);
    const now = clock();
    const proof: ErasureProof = {
      ...(erasure.proof as unknown as Looked),
      unreadable: rows.length,
      witness: digestOf(rows),
      ...books,
    };
    await moveErasure(tx, erasure, 'proved', { endedAt: now, proof: asJson(proof) });
    await tx.personErasureWitness.deleteMany({ where: { erasureId: id } });
    if (erasure.cause === 'retention')
      await tx.retentionItem.updateMany({
        where: { subject: erasure.personId, state: 'begun' },
        data: { state: 'done', endedAt: now },
      });
    if (!file) return;
    await sayErased(tx, file, { erasure: { ...erasure, proof }, now });
  });
}

/** Writes into the file of a request that its person was erased, so that it may be answered. @param erasure a proved one. */
export async function sayErased(
  tx: Tx,
  file: RequestFile,
  {
    erasure,
    now,
  }: { erasure: Pick<Erasure, 'scope' | 'receipt' | 'gone'> & { proof: unknown }; now: Date },
): Promise<void> {
  const { rootBefore, rootAfter } = erasure.receipt as unknown as ShredReceipt;
  const { values, hashes, texts } = erasure.gone as unknown as Gone;
  const { found } = erasure.proof as ErasureProof;
  const event = {
    kind: 'erased',
    facts: {
      scope: erasure.scope as 'whole' | 'part',
      values,
      hashes,
      texts,
      rootBefore,
      rootAfter,
      found: found.reduce((sum, { count }) => sum + count, 0),
    },
    by: 'system',
    at: timeAfter(file, now),
  } as const;
  await appendEvent(tx, file, event, await loadSeat(tx, now));
}

async function expectUnreadable(
  { personId, oldKey }: Erasure,
  rows: readonly SealedRow[],
): Promise<void> {
  const keys = oldKey === null ? [] : [oldKey];
  const gone = await dataKeys().missing(keys);
  if (keys.length === 0 || gone.length < keys.length)
    throw new Error('The key that was to be destroyed is still there.');
  const places = rows.flatMap(({ field, ...row }) =>
    isFieldName(field) ? [{ ...row, field, personId }] : [],
  );
  const opened = await openEachValue(places);
  if (opened.some(({ state }) => state === 'open'))
    throw new Error('A value that was to be erased still opens.');
}

async function expectGone(
  tx: Tx,
  { personId, scope, fields, newKey, removedAt }: Erasure,
): Promise<void> {
  const person = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { keyId: true },
  });
  const isWhole = scope === 'whole';
  // What somebody wrote since is of another time: it was not decided on, and goes by its own rule.
  const before = removedAt === null ? {} : { recordedAt: { lte: removedAt } };
  const left = await tx.personValue.findMany({
    where: { personId, ...before, ...(!isWhole && { field: { in: fields } }) },
    select: { field: true, version: true },
    take: witnessMax,
  });
  const values = left.filter(goingOf({ scope, fields }, left)).length;
  const hashes = isWhole ? await tx.personHash.count({ where: { personId } }) : 0;
  if (values > 0 || hashes > 0 || person.keyId !== newKey)
    throw new Error('What was to be erased stands in the vault.');
}

function digestOf(rows: readonly SealedRow[]): string {
  const hash = createHash('sha256');
  for (const { field, version, sealed } of rows)
    hash.update(`${field} ${version} ${sealed.length}\n`).update(sealed);
  return hash.digest('hex');
}
