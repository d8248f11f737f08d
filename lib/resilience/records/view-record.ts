/** One record with all that was ever written about it, and what it is tied to. */
import { z } from 'zod';
import { readTexts, sealedTextColumns } from '#lib/audit/sealed-text.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { operatorNames, type NameOf } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { differencesOf, type Difference } from './differences.ts';
import { erasedText, type Texts } from './kind-rules.ts';
import { lacksAnyReading, lacksReading, mayApprove, mayWrite } from './kind-scopes.ts';
import { areaOf, isKind, type Kind } from './kinds.ts';
import { loadRecord, loadShownTexts } from './load-record.ts';
import { refuseRecord } from './refusals.ts';

export type VersionView = {
  version: number;
  /** Name of who wrote it. */
  by: string;
  at: string;
  retired: boolean;
  /** What it changed in the version before, texts among it. */
  changes: Difference[];
  changeCount: number;
};

export type Tie = {
  field: string;
  id: string;
  kind: Kind;
  number: string;
  ref: string;
  name: string | null;
  retired: boolean;
};

export type RecordView = {
  id: string;
  kind: Kind;
  number: string;
  ref: string;
  version: number;
  facts: unknown;
  texts: Texts;
  retired: boolean;
  state: string | null;
  grade: string | null;
  dueOn: string | null;
  createdAt: string;
  by: string;
  at: string;
  /** Newest first, at most `versionsMax`. */
  versions: VersionView[];
  hasOlder: boolean;
  /** What it names, and what names it; at most `tiesMax` each. */
  names: Tie[];
  namedBy: Tie[];
  canWrite: boolean;
  /** Whether they approve it where another wrote it; nothing else may then be changed. */
  canApprove: boolean;
};

const versionsMax = 50;
const tiesMax = 500;
/** Texts of all versions that are looked through for what changed. */
const textsMax = 2_000;

/** A record by its id, as its page shows it. */
export async function viewRecord(
  actor: Actor,
  input: { id: string },
  context: Context,
): Promise<Result<RecordView>> {
  const refused = lacksAnyReading(actor);
  if (refused) return refused;
  const id = z.uuid().toLowerCase().safeParse(input.id);
  const unknown = refuseRecord('record-unknown', 'There is no such record.');
  if (!id.success) return unknown;
  return inSnapshot(context.db, async (tx) => {
    const found = await loadRecord(tx, id.data);
    if (!found) return unknown;
    const area = areaOf(found.kind);
    const lacking = lacksReading(actor, area);
    if (lacking) return lacking;
    const { versions, hasOlder, nameOf } = await versionsOf(tx, found.id);
    return ok({
      ...found,
      texts: (await loadShownTexts(tx, [found.id])).get(found.id) ?? {},
      createdAt: found.createdAt.toISOString(),
      by: nameOf(found.by),
      at: found.at.toISOString(),
      versions,
      hasOlder,
      names: await tiesOf(tx, found.id, 'out'),
      namedBy: await tiesOf(tx, found.id, 'in'),
      canWrite: mayWrite(actor, area),
      canApprove: mayApprove(actor, found.kind),
    });
  });
}

async function versionsOf(tx: Tx, recordId: string) {
  const rows = await tx.resilienceVersion.findMany({
    where: { recordId },
    orderBy: { version: 'desc' },
    take: versionsMax + 1,
  });
  const known = await operatorNames(tx);
  const nameOf: NameOf = (person) => (person === 'system' ? 'Console' : known(person));
  const shown = rows.slice(0, versionsMax);
  const textChanges = await textChangesOf(tx, recordId);
  const versions = shown.map((row, index): VersionView => {
    const { shown: changes, count } = differencesOf(rows[index + 1]?.facts ?? {}, row.facts);
    const texts = textChanges.get(row.version) ?? [];
    return {
      version: row.version,
      by: nameOf(row.writtenBy),
      at: row.writtenAt.toISOString(),
      retired: row.retired,
      changes: [...changes, ...texts],
      changeCount: count + texts.length,
    };
  });
  return { versions, hasOlder: rows.length > versionsMax, nameOf };
}

/** What each version wrote anew among the texts, with what stood there before. */
async function textChangesOf(tx: Tx, recordId: string): Promise<Map<number, Difference[]>> {
  const rows = await tx.resilienceText.findMany({
    where: { recordId },
    orderBy: [{ version: 'desc' }, { field: 'asc' }],
    take: textsMax,
    select: { version: true, field: true, taken: true, ...sealedTextColumns },
  });
  const texts = await readTexts(tx, 'resilience_text', rows);
  const before = new Map<string, string | null>();
  const changes = new Map<number, Difference[]>();
  for (const [index, { version, field, taken }] of [...rows.entries()].toReversed()) {
    const after = taken ? null : (texts[index] ?? erasedText);
    const of = changes.get(version) ?? [];
    of.push({ field, before: before.get(field) ?? null, after });
    changes.set(version, of);
    before.set(field, after);
  }
  return changes;
}

/** Ties to records that it names, or from records in use that name it. */
async function tiesOf(tx: Tx, id: string, direction: 'out' | 'in'): Promise<Tie[]> {
  const ties =
    direction === 'out'
      ? Prisma.sql`l.to_id where l.from_id = ${id}::uuid`
      : Prisma.sql`l.from_id where l.to_id = ${id}::uuid and not c.retired`;
  const rows = await tx.$queryRaw<(Omit<Tie, 'kind'> & { kind: string })[]>`
    select l.field, c.record_id as id, c.kind, c.number, c.ref, c.name, c.retired
      from resilience_link l join resilience_current c on c.record_id = ${ties}
      order by l.field, c.number limit ${tiesMax}`;
  const texts = await loadShownTexts(
    tx,
    rows.map((row) => row.id),
    ['title', 'name'],
  );
  return rows.flatMap(({ kind, name, ...row }) => {
    const of = texts.get(row.id);
    return isKind(kind)
      ? [{ ...row, kind, name: name ?? of?.['title'] ?? of?.['name'] ?? null }]
      : [];
  });
}
