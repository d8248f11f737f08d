/** How long the pages of resilience take on the server with years of records behind them, and an export of the register. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { admit, enrol, signIn, testContext } from '#lib/identity/testing/people.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import type { Result } from '#lib/platform/result.ts';
import { importRegister } from './records/import-register.ts';
import { kindNames, kinds } from './records/kinds.ts';
import { listComing } from './records/list-coming.ts';
import { listNames } from './records/list-names.ts';
import { listRecords, type ListFilter } from './records/list-records.ts';
import { withRegisterSource } from './records/register-source.ts';
import { saveRecord } from './records/save-record.ts';
import { viewCalendar } from './records/view-calendar.ts';
import { viewFigures } from './records/view-figures.ts';
import { viewFramework } from './records/view-framework.ts';
import { viewGraph } from './records/view-graph.ts';
import { viewRecord } from './records/view-record.ts';
import { viewRiskMap } from './records/view-risk-map.ts';
import { templateCodes, type Row } from './roi/column.ts';
import { writePackage } from './roi/write-package.ts';
import { assetSample } from './testing/samples.ts';
import { fillRecords, type Size } from './testing/fill-records.ts';

type Urls = { ownerUrl: string; webUrl: string };

/** Milliseconds of one page, turn by turn on both databases; `isGrowing` where what it shows grows too. */
export type PageTimes = { name: string; full: number[]; empty: number[]; isGrowing: boolean };

export type RegisterTimes = {
  contracts: number;
  /** Seconds, one for each export. */
  seconds: number[];
  /** The most that one more export held at a time, above what the process held before it, in kilobytes. */
  grownKb: number;
};

/** Seconds of taking the larger register over into a console without one, and again where nothing changes. */
export type TakenOver = { first: number; again: number };

export type ResilienceBench = {
  pages: PageTimes[];
  few: RegisterTimes;
  many: RegisterTimes;
  takenOver: TakenOver;
};

/** A custodian after five years. */
const fullSize = (contracts: number): Size => ({
  providers: Math.ceil(contracts / 4),
  functions: Math.ceil(contracts / 20),
  contracts,
  assets: Math.ceil(contracts / 4),
  risks: contracts,
  findings: Math.ceil(contracts * 2.5),
  tests: contracts,
  plans: Math.ceil(contracts / 40),
  planTests: Math.ceil(contracts / 10),
});

/** One of each, so that there is something to show. */
const emptySize: Size = {
  providers: 1,
  functions: 1,
  contracts: 1,
  assets: 1,
  risks: 1,
  findings: 1,
  tests: 1,
  plans: 1,
  planTests: 1,
};

type Desk = {
  db: Database;
  context: Context;
  actor: Actor;
  contract: string;
  function: string;
};

async function openDesk({ ownerUrl, webUrl }: Urls, size: Size | null): Promise<Desk> {
  const db = databaseFor(webUrl, { poolSize: 8 });
  const owner = databaseFor(ownerUrl, { statementTimeoutMs: 120_000 });
  try {
    const context = { ...testContext(db), clock: () => new Date() };
    const person = await enrol(context, {
      displayName: 'Mara Lind',
      roles: ['manager'],
      group: null,
    });
    await admit(owner, person);
    const { actor } = await signIn(context, person);
    const filled =
      size && (await fillRecords(owner, { size, by: actor.personId, at: context.clock() }));
    const [contract = ''] = filled?.contracts ?? [];
    return { db, context, actor, contract, function: filled?.functions[0] ?? '' };
  } finally {
    await owner.$disconnect();
  }
}

type Ask = (desk: Desk) => Promise<Result<unknown>>;
type Page = {
  ask: Ask;
  isGrowing?: boolean;
  before?: (desk: Desk, round: number) => Promise<void>;
};

const list =
  (filter: ListFilter): Ask =>
  ({ actor, context }) =>
    listRecords(actor, filter, context);

/** Records of each sort that the overview names. */
const named = 8;

/** What the page asks, and in which order. */
const overview: Ask = async ({ actor, context }) => {
  const [framework, ...others] = await Promise.all([
    viewFramework(actor, context),
    viewFigures(actor, context),
    viewRiskMap(actor, context),
    listComing(actor, context),
    viewCalendar(actor, context),
  ]);
  if (!framework.ok) return framework;
  const { gaps, concentrations, clauses } = framework.value;
  const ids = [
    ...[...new Set(gaps.map((gap) => gap.function))].slice(0, named),
    ...concentrations.slice(0, named).map(({ provider }) => provider),
    ...clauses.slice(0, named).map(({ contract }) => contract),
  ];
  const names = await listNames(actor, { ids }, context);
  return others.find(({ ok }) => !ok) ?? names;
};

/** A record that changes takes what was reckoned before it along. */
async function change({ actor, context }: Desk, round: number): Promise<void> {
  const facts = { ...assetSample, code: `changed-${round}` };
  const saved = await saveRecord(
    actor,
    { kind: 'asset', id: null, seen: 0, facts, texts: {} },
    context,
  );
  if (!saved.ok) throw new Error(`A change of the bench is refused: ${saved.refusal.sentence}`);
}

/** A function is wanted back sooner or later; what its contracts give to the figures hangs on it. */
async function changeFunction(
  { actor, context, function: id }: Desk,
  round: number,
): Promise<void> {
  const stands = await context.db.resilienceCurrent.findUniqueOrThrow({ where: { recordId: id } });
  const facts = { ...(stands.facts as object), rtoHours: 100 + round };
  const saved = await saveRecord(
    actor,
    { kind: 'function', id, seen: stands.version, facts, texts: {} },
    context,
  );
  if (!saved.ok) throw new Error(`A change of the bench is refused: ${saved.refusal.sentence}`);
}

const pages: Readonly<Record<string, Page>> = {
  'The overview': { ask: overview },
  'The overview, first after a change': { ask: overview, before: change },
  'The overview, first after a change of a function': { ask: overview, before: changeFunction },
  'Counts by kind, state and grade': { ask: ({ actor, context }) => viewFigures(actor, context) },
  'Figures of the framework': { ask: ({ actor, context }) => viewFramework(actor, context) },
  'Picture of the risks': { ask: ({ actor, context }) => viewRiskMap(actor, context) },
  'What is due next': { ask: ({ actor, context }) => listComing(actor, context) },
  'Calendar of duties': { ask: ({ actor, context }) => viewCalendar(actor, context) },
  ...Object.fromEntries(
    kinds.map((kind) => [`List: ${kindNames[kind][1]}`, { ask: list({ kind }) }]),
  ),
  'List: contracts for critical functions': {
    ask: list({ kind: 'contract', grades: ['critical'] }),
  },
  'List: findings still open': { ask: list({ kind: 'finding', states: ['open'], order: 'due' }) },
  'List: risks over their appetite': {
    ask: list({ kind: 'risk', states: ['open'], isOver: true }),
  },
  'List: contracts by a word': { ask: list({ kind: 'contract', words: 'Contract 1' }) },
  'A contract': { ask: (desk) => viewRecord(desk.actor, { id: desk.contract }, desk.context) },
  'Graph of a function': {
    ask: (desk) => viewGraph(desk.actor, { id: desk.function }, desk.context),
    isGrowing: true,
  },
};

const warmUps = 4;

/**
 * @param full database to fill.
 * @param empty another one, which gets one record of each kind.
 * @param small a third, which gets a tenth of the records; `taken` a fourth, which takes the register over.
 */
export async function benchResilience(options: {
  full: Urls;
  empty: Urls;
  small: Urls;
  taken: Urls;
  contracts: number;
  rounds: number;
  report: (line: string) => void;
  signal: AbortSignal;
}): Promise<ResilienceBench> {
  const { contracts, rounds, report, signal } = options;
  const desks: Desk[] = [];
  const open = async (urls: Urls, size: Size | null): Promise<Desk> => {
    const desk = await openDesk(urls, size);
    desks.push(desk);
    return desk;
  };
  try {
    report(`${contracts.toLocaleString('en')} contracts and what belongs to them …`);
    const full = await open(options.full, fullSize(contracts));
    const empty = await open(options.empty, emptySize);
    const small = await open(options.small, fullSize(Math.ceil(contracts / 10)));
    report('the register is written …');
    const few = await timeExports(small);
    const many = await timeExports(full);
    const times: PageTimes[] = [];
    for (const [name, page] of Object.entries(pages)) {
      signal.throwIfAborted();
      report(name);
      times.push(await timePage(name, page, { full, empty, rounds }));
    }
    report('the register is taken over elsewhere …');
    const takenOver = await timeTakeOver(full, await open(options.taken, null));
    return { pages: times, few, many, takenOver };
  } finally {
    await Promise.all(desks.map(({ db }) => db.$disconnect()));
  }
}

async function timePage(
  name: string,
  { ask, before, isGrowing = false }: Page,
  { full, empty, rounds }: { full: Desk; empty: Desk; rounds: number },
): Promise<PageTimes> {
  const times: PageTimes = { name, full: [], empty: [], isGrowing };
  for (let round = -warmUps; round < rounds; round += 1)
    for (const [desk, of] of [
      [full, times.full],
      [empty, times.empty],
    ] as const) {
      await before?.(desk, round + warmUps);
      const ms = await timed(() => ask(desk));
      if (round >= 0) of.push(ms);
    }
  return times;
}

async function timed(work: () => Promise<Result<unknown>>): Promise<number> {
  const before = performance.now();
  const answer = await work();
  const ms = performance.now() - before;
  if (!answer.ok) throw new Error(`The bench is refused: ${answer.refusal.sentence}`);
  return ms;
}

const exports = 3;
const sampleEveryMs = 250;

async function timeTakeOver(from: Desk, into: Desk): Promise<TakenOver> {
  const rows: Record<string, Row[]> = {};
  await withRegisterSource(from.db, '2026-12-31', async (source) => {
    for (const template of templateCodes) {
      const all: Row[] = [];
      for await (const row of source.rows(template)) all.push(row);
      rows[template] = all;
    }
  });
  const take = async () =>
    (await timed(() => importRegister(into.actor, { rows }, into.context))) / 1000;
  return { first: await take(), again: await take() };
}

/** Whole collections from within, so that what is measured is what is held and not what is not yet thrown away. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

const held = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

async function timeExports({ db }: Desk): Promise<RegisterTimes> {
  const contracts = await db.resilienceCurrent.count({ where: { kind: 'contract' } });
  const folder = await mkdtemp(join(tmpdir(), 'countersign-register-'));
  const write = () =>
    withRegisterSource(db, '2026-12-31', ({ entity, ...source }) =>
      writePackage(join(folder, 'register.zip'), {
        lei: entity?.lei ?? '',
        scope: 'IND',
        country: entity?.country ?? '',
        period: '2026-12-31',
        currency: 'EUR',
        madeAt: new Date(),
        source,
      }),
    );
  const seconds: number[] = [];
  const collect = collector();
  try {
    for (let round = 0; round < exports; round += 1) {
      const startedAt = performance.now();
      await write();
      seconds.push((performance.now() - startedAt) / 1000);
    }
    // Some of what is no longer held goes only with the second collection.
    for (let round = 0; round < 3; round += 1) {
      collect();
      await nextTurn();
    }
    const before = held();
    let most = 0;
    const sampler = setInterval(() => {
      collect();
      most = Math.max(most, held());
    }, sampleEveryMs);
    try {
      await write();
    } finally {
      clearInterval(sampler);
    }
    return { contracts, seconds, grownKb: (most - before) / 1000 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
