/** Inserts versions of records that were checked, each with its texts, audit entry and notice. */
import { appendAudits } from '#lib/audit/append-entry.ts';
import {
  keepTexts,
  textColumns,
  writeMentions,
  type KeptText,
} from '#lib/persons/texts/keep-texts.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publishAll } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { linkField, type Texts } from './kind-rules.ts';
import type { Kind } from './kinds.ts';
import type { Standing } from './load-record.ts';
import { rulesFor } from './rules-of.ts';

/** Topic of notices about all records of resilience. */
export const resilienceTopic = 'resilience';

export type Written = { id: string; number: string; version: number };

export type NewVersion = {
  kind: Kind;
  id: string;
  /** The version that stands; null opens a record. */
  before: Standing | null;
  facts: unknown;
  written: Texts;
  retired: boolean;
  by: string;
  at: Date;
};

/** Inserts what was checked. The caller holds the lock of all records. */
export async function insertVersion(tx: Tx, next: NewVersion): Promise<Written> {
  const [written] = await insertVersions(tx, [next]);
  if (!written) throw new Error('The version was not written.');
  return written;
}

/**
 * The same for many records in a handful of statements; they are numbered in the order given, and each appears once.
 * One may name another that stands anywhere in the list.
 */
export async function insertVersions(tx: Tx, all: readonly NewVersion[]): Promise<Written[]> {
  if (all.length === 0) return [];
  const opened = await openRecords(
    tx,
    all.filter(({ before }) => before === null),
  );
  const versions = all.map((next) => {
    const number = next.before?.number ?? opened.get(next.id);
    if (number === undefined) throw new Error('The database gave no number.');
    return { ...next, number, version: (next.before?.version ?? 0) + 1 };
  });
  await tx.resilienceVersion.createMany({ data: versions.map(columnsOf) });
  await writeTexts(
    tx,
    versions.flatMap(({ id: recordId, version, written }) =>
      Object.entries(written).map(([field, text]) => ({ recordId, version, field, text })),
    ),
  );
  await appendAudits(
    tx,
    versions.map(({ number, by, at, kind, version, retired }) => ({
      kind: 'resilience-recorded',
      subject: number,
      actor: by,
      at,
      facts: { record: kind, version, retired },
    })),
  );
  await publishAll(
    tx,
    resilienceTopic,
    versions.map(({ id }) => id),
  );
  return versions.map(({ id, number, version }) => ({ id, number, version }));
}

type NewText = { recordId: string; version: number; field: string; text: string };

/** An empty text says that one was taken away, which figures have to see without a key. */
async function writeTexts(tx: Tx, texts: readonly NewText[]): Promise<void> {
  const kept = await keepTexts(
    tx,
    'resilience_text',
    texts.map(({ text }) => text),
  );
  if (kept.length === 0) return;
  await tx.resilienceText.createMany({
    data: texts.map(({ text, ...place }, index) => ({
      ...place,
      taken: text === '',
      ...textColumns(keptAt(kept, index)),
    })),
  });
  await writeMentions(tx, 'resilience_text', kept);
}

function keptAt(kept: readonly KeptText[], index: number): KeptText {
  const one = kept[index];
  if (!one) throw new Error('The key service sealed less than it was given.');
  return one;
}

function columnsOf({
  kind,
  id,
  number,
  version,
  facts,
  retired,
  by,
  at,
}: NewVersion & { number: string; version: number }) {
  const rules = rulesFor(kind);
  const { state, grade, dueOn } = rules.standingOf(facts);
  return {
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
  };
}

/** @returns the numbers that the database gave, by id. */
async function openRecords(tx: Tx, all: readonly NewVersion[]): Promise<Map<string, string>> {
  if (all.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; number: string }[]>`
    insert into resilience_record (id, kind, created_by, created_at)
      select o.id, o.kind, o.created_by, o.created_at
        from unnest(${all.map(({ id }) => id)}::uuid[], ${all.map(({ kind }) => kind)}::text[],
            ${all.map(({ by }) => by)}::text[], ${all.map(({ at }) => at.toISOString())}::timestamptz[])
          with ordinality o (id, kind, created_by, created_at, n)
        order by o.n
      returning id, number`;
  return new Map(rows.map(({ id, number }) => [id, number]));
}
