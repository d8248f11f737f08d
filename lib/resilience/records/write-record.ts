import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Ok } from '#lib/platform/result.ts';
import { lookupIn } from './find-name-faults.ts';
import { insertVersion, type Written } from './insert-versions.ts';
import { aKind } from './kinds.ts';
import { loadRecord, textsOf } from './load-record.ts';
import { loadDrillNamed } from './load-drill-named.ts';
import { loadWriter } from './load-writer.ts';
import { lockRecords } from './lock-records.ts';
import { prepareVersion, type Asked } from './prepare-version.ts';
import { refuseRecord, type RecordRefused } from './refusals.ts';

export { resilienceTopic, type Written } from './insert-versions.ts';

export type Writing = Asked & {
  /** Null for a new record. */
  id: string | null;
  /** The version that was read, 0 for a new record; another is not overwritten unread. */
  seen: number;
  /** Whoever saves it only agrees to it: a retired record is not brought back that way. */
  onlyAgrees?: boolean;
};

/**
 * Writes a record or its next version in the caller's transaction (at read committed), with its audit entry and
 * notice. What changes nothing writes nothing and answers with the version that stands. A version of a retired
 * record brings it back.
 */
export async function writeRecord(tx: Tx, writing: Writing): Promise<Ok<Written> | RecordRefused> {
  const { kind, id, seen } = writing;
  await lockRecords(tx);
  const before = id === null ? null : await loadRecord(tx, id);
  if (id !== null && before?.kind !== kind)
    return refuseRecord(
      'record-unknown',
      `There is no such record. It may be another than ${aKind(kind)}.`,
    );
  if ((before?.version ?? 0) !== seen)
    return refuseRecord(
      'record-moved',
      'Somebody changed it in the meantime. Read it again, then save what you want changed.',
    );
  if (before?.retired === true && writing.onlyAgrees === true)
    return refuseRecord(
      'record-retired',
      'It is retired. Whoever keeps these records brings it back first.',
    );
  const textsBefore = before ? await textsOf(tx, before.id) : {};
  const wroteBy = before ? await loadWriter(tx, before) : null;
  const drill = await loadDrillNamed(tx, writing);
  const prepared = await prepareVersion(
    lookupIn(tx),
    { before, textsBefore, wroteBy, drill },
    writing,
  );
  if (!prepared.ok) return prepared;
  const { value } = prepared;
  return ok('next' in value ? await insertVersion(tx, value.next) : value.stands);
}
