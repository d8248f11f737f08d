import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { committed } from '#lib/audit/committed-text.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Ok } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { linkField, type AnyRules, type Fault, type Texts } from './kind-rules.ts';
import { aKind, type Kind } from './kinds.ts';
import { loadRecord, textsOf, type Standing } from './load-record.ts';
import { lockRecords } from './lock-records.ts';
import { findNameFaults } from './find-name-faults.ts';
import { readFacts, readTexts } from './read-facts.ts';
import { refuseFaults, refuseRecord, type RecordRefused } from './refusals.ts';
import { rulesFor } from './rules-of.ts';

/** Topic of notices about all records of resilience. */
export const resilienceTopic = 'resilience';

export type Writing = {
  kind: Kind;
  /** Null for a new record. */
  id: string | null;
  /** The version that was read, 0 for a new record; another is not overwritten unread. */
  seen: number;
  facts: unknown;
  /** Fields that change. One that is left out stays, an empty one is taken away. */
  texts: Readonly<Record<string, string>>;
  /** Person id, or `system` for what the worker found. */
  by: string;
  at: Date;
};

export type Written = { id: string; number: string; version: number };

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
  return writeOver(tx, before, writing);
}

/** The same over what the caller read under the lock of all records. */
export async function writeOver(
  tx: Tx,
  before: Standing | null,
  { kind, facts, texts, by, at }: Omit<Writing, 'id' | 'seen'>,
): Promise<Ok<Written> | RecordRefused> {
  const rules = rulesFor(kind);
  const textsBefore = before ? await textsOf(tx, before.id) : {};
  const readingFacts = readFacts(rules, facts);
  const readingTexts = readTexts(rules, texts, textsBefore);
  const faults = [
    ...(readingFacts.ok ? [] : readingFacts.faults),
    ...(readingTexts.ok ? [] : readingTexts.faults),
  ];
  if (!readingFacts.ok || !readingTexts.ok) return refuseFaults(kind, faults);
  const read = { facts: readingFacts.value, texts: readingTexts.value };
  const id = before?.id ?? randomUUID();
  const found = await findFaults(tx, { rules, kind, id, before, read, by, at });
  if (found.length > 0) return refuseFaults(kind, found);
  const isSame =
    before?.retired === false &&
    isDeepStrictEqual(before.facts, asJson(read.facts as object)) &&
    Object.keys(read.texts.written).length === 0;
  if (isSame) return ok({ id, number: before.number, version: before.version });
  return ok(
    await insertVersion(tx, {
      kind,
      id,
      before,
      facts: read.facts,
      written: read.texts.written,
      retired: false,
      by,
      at,
    }),
  );
}

type Checked = {
  rules: AnyRules;
  kind: Kind;
  id: string;
  before: Standing | null;
  read: { facts: unknown; texts: { all: Texts } };
  by: string;
  at: Date;
};

/** What is wrong with a record that its own fields alone don't tell. */
async function findFaults(
  tx: Tx,
  { rules, kind, id, before, read, by, at }: Checked,
): Promise<Fault[]> {
  const own = [
    ...rules.faultsOf(read.facts, { texts: read.texts.all, today: dayOf(at) }),
    ...rules.becomesOf({
      before: before?.facts ?? null,
      after: read.facts,
      by,
      lastBy: before?.by ?? null,
    }),
  ];
  if (own.length > 0) return own;
  return findNameFaults(tx, {
    kind,
    id,
    ref: rules.refOf(read.facts),
    names: rules.namesOf(read.facts),
    people: rules.peopleOf(read.facts),
  });
}

export type NewVersion = {
  kind: Kind;
  id: string;
  before: Standing | null;
  facts: unknown;
  written: Texts;
  retired: boolean;
  by: string;
  at: Date;
};

/** Inserts what was checked. The caller holds the lock of all records. */
export async function insertVersion(
  tx: Tx,
  { kind, id, before, facts, written, retired, by, at }: NewVersion,
): Promise<Written> {
  const rules = rulesFor(kind);
  const number = before?.number ?? (await openRecord(tx, { id, kind, by, at }));
  const version = (before?.version ?? 0) + 1;
  const { state, grade, dueOn } = rules.standingOf(facts);
  await tx.resilienceVersion.create({
    data: {
      recordId: id,
      version,
      ref: rules.refOf(facts)?.ref ?? number,
      facts: asJson(facts as object),
      links: rules.namesOf(facts).map(({ path, to }) => ({ field: linkField(path), to })),
      state,
      grade,
      dueOn: dueOn === null ? null : new Date(`${dueOn}T00:00:00.000Z`),
      retired,
      writtenBy: by,
      writtenAt: at,
    },
    select: { version: true },
  });
  const data = Object.entries(written).map(([field, text]) => ({
    recordId: id,
    version,
    field,
    ...committed(text),
  }));
  if (data.length > 0) await tx.resilienceText.createMany({ data });
  await appendAudit(tx, {
    kind: 'resilience-recorded',
    subject: number,
    actor: by,
    at,
    facts: { record: kind, version, retired },
  });
  await publish(tx, { topic: resilienceTopic, id });
  return { id, number, version };
}

async function openRecord(
  tx: Tx,
  { id, kind, by, at }: { id: string; kind: Kind; by: string; at: Date },
): Promise<string> {
  const [row] = await tx.$queryRaw<{ number: string }[]>`
    insert into resilience_record (id, kind, created_by, created_at) values (${id}::uuid, ${kind}, ${by}, ${at})
      returning number`;
  if (!row) throw new Error('The database gave no number.');
  return row.number;
}
