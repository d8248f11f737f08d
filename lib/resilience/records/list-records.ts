/** Records of a kind, a page at a time. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { dayOf } from '../days.ts';
import { founds, idsFound, isAbout, isFoundInFacts } from './found-by-figures.ts';
import { foundInFactsSql } from './found-in-facts.ts';
import { lacksReading } from './kind-scopes.ts';
import { areaOf, kinds, type Kind } from './kinds.ts';
import { loadShownTexts } from './load-record.ts';
import { rulesFor } from './rules-of.ts';
import { frameworkFigures } from './view-framework.ts';

export const perPage = 50;

const codes = z
  .array(z.string().regex(/^[a-z-]{1,40}$/))
  .max(20)
  .nullable()
  .default(null);

const dayAndId = z.tuple([z.iso.date(), z.uuid()]);

/** The last number of a page, or its last day and id: the database reads both as what they are. */
const isCursor = (text: string): boolean =>
  /^[A-Z]{2}-\d{4}-\d{6,}$/.test(text) || dayAndId.safeParse(text.split('_')).success;

/** What may be asked of a list; anything that is not as asked falls away. */
export const listFilter = z.object({
  kind: z.enum(kinds),
  states: codes.catch(null),
  grades: codes.catch(null),
  /** Only what is due on or before this day. */
  dueBy: z.iso.date().nullable().default(null).catch(null),
  /** Only those that name this record. */
  naming: z.uuid().toLowerCase().nullable().default(null).catch(null),
  /** Of risks: the category, the residual rating as `likelihood x impact`, and only what is over its appetite. */
  category: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .nullable()
    .default(null)
    .catch(null),
  rating: z
    .string()
    .regex(/^[1-5]x[1-5]$/)
    .nullable()
    .default(null)
    .catch(null),
  isOver: z.boolean().default(false).catch(false),
  /** Only what was done, or of findings found, on these days and between them. */
  from: z.iso.date().nullable().default(null).catch(null),
  until: z.iso.date().nullable().default(null).catch(null),
  /** Only what a figure counts. */
  found: z.enum(founds).nullable().default(null).catch(null),
  /** Part of the reference, number or name. */
  words: z
    .string()
    .trim()
    .max(100)
    .regex(/^\P{Cc}*$/u)
    .nullable()
    .default(null)
    .catch(null),
  retired: z.boolean().default(false).catch(false),
  order: z.enum(['number', 'due']).default('number').catch('number'),
  /** Where the page before ended. */
  after: z.string().max(60).refine(isCursor).nullable().default(null).catch(null),
});
export type ListFilter = z.input<typeof listFilter>;

export type RecordLine = {
  id: string;
  kind: Kind;
  number: string;
  ref: string;
  version: number;
  /** Its name or title. */
  name: string | null;
  /** As the kind's own schema has them; of a contract without its lists. */
  facts: unknown;
  retired: boolean;
  state: string | null;
  grade: string | null;
  dueOn: string | null;
  at: string;
};

export type RecordPage = { lines: RecordLine[]; next: string | null };

type Row = Omit<RecordLine, 'name' | 'at' | 'kind'> & { name: string | null; at: Date };

/** The records of a kind as a list shows them. */
export async function listRecords(
  actor: Actor,
  filter: ListFilter,
  context: Context,
): Promise<Result<RecordPage>> {
  const asked = listFilter.parse(filter);
  const refused = lacksReading(actor, areaOf(asked.kind));
  if (refused) return refused;
  const only = await foundSql(asked, context);
  return inSnapshot(context.db, async (tx) => ok(await loadPage(tx, asked, only)));
}

/** The condition of being behind a figure; null where none is asked for. */
async function foundSql(
  { found, kind }: Pick<z.output<typeof listFilter>, 'found' | 'kind'>,
  context: Context,
): Promise<Prisma.Sql | null> {
  if (found === null) return null;
  if (!isAbout(found, kind)) return Prisma.sql`false`;
  if (isFoundInFacts(found)) return foundInFactsSql(found, dayOf(context.clock()));
  const ids = idsFound(found, kind, await frameworkFigures(context));
  return Prisma.sql`c.record_id = any (${ids}::uuid[])`;
}

/**
 * The page in the caller's transaction.
 * @param only what else has to be so; null for nothing
 */
export async function loadPage(
  tx: Pick<Tx, '$queryRaw' | '$executeRaw'>,
  asked: z.output<typeof listFilter>,
  only: Prisma.Sql | null = null,
): Promise<RecordPage> {
  const words = asked.words?.toLowerCase() ?? '';
  if (words === '' || !isTitled(asked.kind)) {
    const rows = await linesOf(tx, asked, only, perPage + 1);
    return pageOf(rows, asked.order);
  }
  return searchPage(tx, { ...asked, words: null }, only, words);
}

/** Titles are sealed, so a search reads so many lines at a time, opens their titles and compares. */
const perSearch = 1_000;
/** A search that finds little goes through no more than this before the page is shown, with the way on. */
const searchedMax = 20_000;

async function searchPage(
  tx: Pick<Tx, '$queryRaw' | '$executeRaw'>,
  asked: z.output<typeof listFilter>,
  only: Prisma.Sql | null,
  words: string,
): Promise<RecordPage> {
  const found: RecordLine[] = [];
  let { after } = asked;
  for (let looked = 0; looked < searchedMax; looked += perSearch) {
    const lines = await linesOf(tx, { ...asked, after }, only, perSearch);
    found.push(...lines.filter((line) => isNamed(line, words)));
    const last = lines.at(-1);
    if (found.length > perPage || lines.length < perSearch || !last)
      return pageOf(found, asked.order);
    after = cursorOf(last, asked.order);
  }
  return { lines: found, next: after };
}

const isNamed = ({ ref, number, name }: RecordLine, words: string): boolean =>
  [ref, number, name].some((text) => text?.toLowerCase().includes(words));

/** Lines with their names, opened at once. */
async function linesOf(
  tx: Pick<Tx, '$queryRaw' | '$executeRaw'>,
  asked: z.output<typeof listFilter>,
  only: Prisma.Sql | null,
  most: number,
): Promise<RecordLine[]> {
  const conditions = conditionsOf(asked);
  if (only !== null) conditions.push(only);
  const rows = await tx.$queryRaw<Row[]>`
    select c.record_id as id, c.number, c.ref, c.version, c.name, ${factsOf(asked.kind)} as facts, c.retired, c.state,
        ${gradeOf(asked.kind)} as grade, to_char(c.due_on, 'YYYY-MM-DD') as "dueOn", c.written_at as at
      from resilience_current c where ${Prisma.join(conditions, ' and ')}
      order by ${asked.order === 'due' ? Prisma.sql`c.due_on, c.record_id` : Prisma.sql`c.number`}
      limit ${most}`;
  const titles = await loadShownTexts(
    tx,
    rows.map(({ id }) => id),
    ['title', 'name'],
  );
  return rows.map((row): RecordLine => {
    const texts = titles.get(row.id);
    return {
      ...row,
      kind: asked.kind,
      name: row.name ?? texts?.['title'] ?? texts?.['name'] ?? null,
      at: row.at.toISOString(),
    };
  });
}

function pageOf(found: readonly RecordLine[], order: 'number' | 'due'): RecordPage {
  const lines = found.slice(0, perPage);
  const last = lines.at(-1);
  return { lines, next: found.length > perPage && last ? cursorOf(last, order) : null };
}

const cursorOf = ({ dueOn, id, number }: RecordLine, order: 'number' | 'due'): string =>
  order === 'due' ? `${dueOn ?? ''}_${id}` : number;

/** The lists of a contract are most of it, and a line shows none of them. */
const factsOf = (kind: Kind): Prisma.Sql =>
  kind === 'contract'
    ? Prisma.sql`c.facts - '{uses,chain,assessments,clauses,exitTests,users,signatories,providerSignatories}'::text[]`
    : Prisma.sql`c.facts`;

/** A contract is as critical as the most critical function that it supports; every other record says it itself. */
const gradeOf = (kind: Kind): Prisma.Sql =>
  kind === 'contract'
    ? Prisma.sql`case when c.critical then 'critical' else 'not-critical' end`
    : Prisma.sql`c.grade`;

/** Written so that an index is of use. */
function ofGrades(kind: Kind, grades: readonly string[]): Prisma.Sql {
  if (kind !== 'contract') return Prisma.sql`c.grade = any (${[...grades]})`;
  const asked = [grades.includes('critical'), grades.includes('not-critical')];
  if (asked[0] === asked[1]) return asked[0] ? Prisma.sql`true` : Prisma.sql`false`;
  return asked[0] ? Prisma.sql`c.critical` : Prisma.sql`not c.critical`;
}

/** Kinds that are called by a text; another has its name among its facts. */
const isTitled = (kind: Kind): boolean => Object.hasOwn(rulesFor(kind).texts, 'title');

/** The day on which something was done or found; other kinds of records have none. */
const dayFields: Readonly<Partial<Record<Kind, Prisma.Sql>>> = {
  test: Prisma.sql`c.facts ->> 'doneOn'`,
  'plan-test': Prisma.sql`c.facts ->> 'doneOn'`,
  finding: Prisma.sql`c.facts ->> 'foundOn'`,
};

function onDays(kind: Kind, from: string | null, until: string | null): Prisma.Sql[] {
  const day = dayFields[kind];
  if (!day) return [];
  return [
    ...(from === null ? [] : [Prisma.sql`${day} >= ${from}`]),
    ...(until === null ? [] : [Prisma.sql`${day} <= ${until}`]),
  ];
}

function conditionsOf(asked: z.output<typeof listFilter>): Prisma.Sql[] {
  const { kind, states, grades, dueBy, naming, words, retired, order, after } = asked;
  const { category, rating, isOver } = asked;
  const all = [Prisma.sql`c.kind = ${kind}`, Prisma.sql`c.retired = ${retired}`];
  if (states) all.push(Prisma.sql`c.state = any (${states})`);
  if (grades) all.push(ofGrades(kind, grades));
  if (dueBy !== null) all.push(Prisma.sql`c.due_on <= ${dueBy}::date`);
  if (order === 'due') all.push(Prisma.sql`c.due_on is not null`);
  if (category !== null) all.push(Prisma.sql`c.facts ->> 'category' = ${category}`);
  if (rating !== null) {
    const [likelihood, impact] = rating.split('x');
    all.push(Prisma.sql`c.facts -> 'residual' ->> 'likelihood' = ${likelihood}
      and c.facts -> 'residual' ->> 'impact' = ${impact}`);
  }
  all.push(...onDays(kind, asked.from, asked.until));
  if (isOver) all.push(Prisma.sql`c.over`);
  if (naming !== null)
    all.push(
      Prisma.sql`exists (select from resilience_link l where l.from_id = c.record_id and l.to_id = ${naming}::uuid)`,
    );
  if (words !== null && words !== '') {
    const like = `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    all.push(Prisma.sql`(c.ref ilike ${like} or c.number ilike ${like} or c.name ilike ${like})`);
  }
  if (after !== null) all.push(afterCursor(order, after));
  return all;
}

/** A cursor of the other order starts at the beginning. */
function afterCursor(order: 'number' | 'due', after: string): Prisma.Sql {
  const [day = '', id] = after.split('_');
  if ((order === 'due') !== (id !== undefined)) return Prisma.sql`true`;
  return id === undefined
    ? Prisma.sql`c.number > ${after}`
    : Prisma.sql`(c.due_on, c.record_id) > (${day}::date, ${id}::uuid)`;
}
