/** Records as they stand, out of the database. */
import { openTexts, readTexts, type SealedTextRow } from '#lib/audit/sealed-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { erasedText, type Texts } from './kind-rules.ts';
import { isKind, type Kind } from './kinds.ts';

export type Standing = {
  id: string;
  kind: Kind;
  number: string;
  ref: string;
  version: number;
  facts: unknown;
  retired: boolean;
  state: string | null;
  grade: string | null;
  /** yyyy-mm-dd. */
  dueOn: string | null;
  createdAt: Date;
  /** Who wrote the newest version: a person id, or `system`. */
  by: string;
  at: Date;
};

type Row = Awaited<ReturnType<Database['resilienceCurrent']['findMany']>>[number];

export function standingOfRow(row: Row): Standing {
  if (!isKind(row.kind)) throw new Error(`A record of an unknown kind: ${row.kind}`);
  // Both say again what the facts and those of others say.
  const {
    recordId,
    dueOn,
    kind,
    writtenBy,
    writtenAt,
    name: _name,
    critical: _critical,
    over: _over,
    changed: _changed,
    ...rest
  } = row;
  return {
    ...rest,
    kind,
    id: recordId,
    by: writtenBy,
    at: writtenAt,
    dueOn: dueOn && dueOn.toISOString().slice(0, 10),
  };
}

/** A record as it stands; null when there is none of this id. */
export async function loadRecord(db: Database | Tx, id: string): Promise<Standing | null> {
  const row = await db.resilienceCurrent.findUnique({ where: { recordId: id } });
  return row && standingOfRow(row);
}

type TextRow = SealedTextRow & { id: string; field: string; taken: boolean };

/**
 * The texts of records as they stand now, by record; what was taken away is left out.
 * @param fields only these; all when left out.
 * @throws DataKeysError where the key service can't be reached.
 */
export const loadTexts = (
  db: Pick<Tx, '$queryRaw'>,
  ids: readonly string[],
  fields: readonly string[] | null = null,
): Promise<Map<string, Record<string, string>>> => textsBy(db, ids, fields, openTexts);

/** The same to be shown: one that can't be read, or does not open, says that. */
export const loadShownTexts = (
  db: Pick<Tx, '$queryRaw' | '$executeRaw'>,
  ids: readonly string[],
  fields: readonly string[] | null = null,
): Promise<Map<string, Record<string, string>>> =>
  textsBy(db, ids, fields, (table, rows) => readTexts(db, table, rows));

async function textsBy(
  db: Pick<Tx, '$queryRaw'>,
  ids: readonly string[],
  fields: readonly string[] | null,
  open: typeof openTexts,
): Promise<Map<string, Record<string, string>>> {
  const all = await db.$queryRaw<TextRow[]>`
    select distinct on (t.record_id, t.field) t.record_id as id, t.field, t.sealed, t.commitment, t.redacted, t.taken
      from resilience_text t
      where t.record_id = any (${[...ids]}::uuid[]) and (${fields && [...fields]}::text[] is null or t.field = any (${fields && [...fields]}::text[]))
      order by t.record_id, t.field, t.version desc`;
  const texts = new Map<string, Record<string, string>>();
  const rows = all.filter(({ taken }) => !taken);
  const opened = await open('resilience_text', rows);
  for (const [index, { id, field }] of rows.entries()) {
    const of = texts.get(id) ?? {};
    of[field] = opened[index] ?? erasedText;
    texts.set(id, of);
  }
  return texts;
}

/** The texts of one record as they stand now. @throws DataKeysError where the key service can't be reached. */
export const textsOf = async (db: Pick<Tx, '$queryRaw'>, id: string): Promise<Texts> =>
  (await loadTexts(db, [id])).get(id) ?? {};
