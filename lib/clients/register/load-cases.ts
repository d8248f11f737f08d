/** Cases out of the database, with their steps and texts. */
import { readTexts } from '#lib/audit/sealed-text.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Case } from './cases.ts';
import { endsOf, type Register } from './registers.ts';

/** The most that a page or an export reads at once. */
export const casesMax = 500;

const whole = {
  steps: { orderBy: { seq: 'asc' }, take: 200 },
  texts: { orderBy: { version: 'asc' }, take: 2_000 },
} as const;

const read = (db: Database | Tx, id: string) =>
  db.registerCase.findUnique({ where: { id }, include: whole });
type Row = NonNullable<Awaited<ReturnType<typeof read>>>;

/** One case of a register; null when there is none of this id in it. */
export async function loadCase(
  db: Database | Tx,
  register: Register,
  id: string,
): Promise<Case | null> {
  const row = await read(db, id);
  if (row?.register !== register) return null;
  return (await casesOf(db, [row]))[0] ?? null;
}

export type Wanted = {
  register: Register;
  clients?: readonly string[];
  /** Only those that are under way, or only those that are ended; all when left out. */
  only?: 'open' | 'ended';
  /** Id and opening of the last case on the page before. */
  before?: { openedAt: Date; id: string };
  /** Only these, or all but these. */
  ids?: readonly string[];
  without?: readonly string[];
  limit?: number;
};

/** Cases of a register, newest first. */
export async function loadCases(
  db: Database | Tx,
  { register, clients, only, before, ids, without, limit = casesMax }: Wanted,
): Promise<Case[]> {
  const rows = await db.registerCase.findMany({
    where: {
      register,
      ...(clients ? { clientId: { in: [...clients] } } : {}),
      ...(ids || without
        ? { id: { ...(ids ? { in: [...ids] } : {}), ...(without ? { notIn: [...without] } : {}) } }
        : {}),
      ...(only === undefined ? {} : { steps: endOf(register, only) }),
      ...(before
        ? {
            OR: [
              { openedAt: { lt: before.openedAt } },
              { openedAt: before.openedAt, id: { gt: before.id } },
            ],
          }
        : {}),
    },
    orderBy: [{ openedAt: 'desc' }, { id: 'asc' }],
    take: Math.min(limit, casesMax + 1),
    include: whole,
  });
  return casesOf(db, rows);
}

const endOf = (register: Register, only: 'open' | 'ended') => {
  const step = { step: { in: [...endsOf[register]] } };
  return only === 'open' ? { none: step } : { some: step };
};

/** Texts of all of them are opened at once, the newest version of each. */
async function casesOf(db: Database | Tx, rows: readonly Row[]): Promise<Case[]> {
  // In the order of versions, so the newest of each is the last that is put in.
  const newest = rows.map((row) => [
    ...new Map(row.texts.map((text) => [`${text.seq} ${text.kind}`, text])).values(),
  ]);
  const texts = await readTexts(db, 'register_text', newest.flat());
  let next = 0;
  return rows.map((row, index) => {
    const own = newest[index] ?? [];
    const from = next;
    next += own.length;
    return caseOf(
      row,
      own.map(({ seq, kind, version }, place) => ({
        seq,
        kind,
        version,
        text: texts[from + place] ?? null,
      })),
    );
  });
}

function caseOf(row: Row, texts: Case['texts']): Case {
  return {
    id: row.id,
    number: row.number,
    client: row.clientId,
    openedBy: row.openedBy,
    openedAt: row.openedAt.toISOString(),
    facts: row.facts,
    steps: row.steps.map(({ seq, step, actor, at, facts }) => ({
      seq,
      step,
      actor,
      facts,
      at: at.toISOString(),
    })),
    texts,
  };
}
