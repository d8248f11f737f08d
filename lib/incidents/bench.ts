/** How long the pages of the desk take on the server with five years of incidents, beside a desk with one. */
import { admit, enrol, signIn, testContext } from '#lib/identity/testing/people.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import type { Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { listIncidents } from './desk/list-incidents.ts';
import { viewIncident } from './desk/view-incident.ts';
import { viewFigures } from './figures/view-figures.ts';
import { fillDesk } from './testing/fill-desk.ts';

type Urls = { ownerUrl: string; webUrl: string };

/** Milliseconds of one page, turn by turn on both desks. */
export type PageTimes = { name: string; full: number[]; empty: number[] };

const dayMs = 86_400_000;
const dayBefore = (days: number): string =>
  new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

/** What is asked of the lists: everything that a figure leads to, and everything that the desk offers. */
const listsAsked = (): Record<string, Asked> => {
  const due = { dueFrom: dayBefore(364), dueUntil: dayBefore(0) };
  return {
    'open ones': {},
    'new ones': { standing: 'new' },
    'with a time limit over': { standing: 'late' },
    'with tasks to do': { standing: 'open-tasks' },
    'with overdue tasks': { standing: 'overdue-tasks' },
    ended: { standing: 'ended' },
    all: { standing: 'all' },
    major: { standing: 'all', class: 'major' },
    'open and major': { class: 'major' },
    threats: { standing: 'all', sort: 'threat' },
    'from an alarm': { standing: 'all', source: 'alarm' },
    'by cause': { standing: 'counted', cause: 'human_error' },
    'of no known cause': { standing: 'counted', cause: 'unknown' },
    'of a severity': { standing: 'all', severity: '1' },
    'of a month': { standing: 'counted', from: dayBefore(800), until: dayBefore(770) },
    'with limits running': { standing: 'all', limit: 'running' },
    'with limits soon due': { standing: 'all', limit: 'soon' },
    'with limits kept': { standing: 'all', limit: 'kept', ...due },
    'with limits missed': { standing: 'all', limit: 'missed', ...due },
    'with a measured time': { standing: 'counted', timing: 'recover' },
  };
};

type Desk = { db: Database; context: Context; actor: Actor };

async function openDesk({ ownerUrl, webUrl }: Urls, incidents: number): Promise<Desk> {
  const [db, owner] = [databaseFor(webUrl, { poolSize: 2 }), databaseFor(ownerUrl)];
  try {
    const context = testContext(db);
    const person = await enrol(context, {
      displayName: 'Ada Hofmann',
      roles: ['officer'],
      group: null,
    });
    await admit(owner, person);
    const { actor } = await signIn(context, person);
    await fillDesk(ownerUrl, { incidents, person: actor.personId });
    return { db, context, actor };
  } finally {
    await owner.$disconnect();
  }
}

const warmUps = 5;

/**
 * @param full database to fill.
 * @param empty another one, which gets a single incident, so that there is a record to show.
 */
export async function benchDesk(options: {
  full: Urls;
  empty: Urls;
  incidents: number;
  rounds: number;
  report: (line: string) => void;
  signal: AbortSignal;
}): Promise<PageTimes[]> {
  const { incidents, rounds, report, signal } = options;
  report(`${incidents.toLocaleString('en')} incidents of five years …`);
  const [full, empty] = [await openDesk(options.full, incidents), await openDesk(options.empty, 1)];
  try {
    const times: PageTimes[] = [];
    for (const [name, ask] of Object.entries(await pagesOf(full, empty))) {
      signal.throwIfAborted();
      const one: PageTimes = { name, full: [], empty: [] };
      for (let round = -warmUps; round < rounds; round += 1) {
        const [filled, bare] = [await timed(ask, full), await timed(ask, empty)];
        if (round < 0) continue;
        one.full.push(filled);
        one.empty.push(bare);
      }
      times.push(one);
    }
    return times;
  } finally {
    await full.db.$disconnect();
    await empty.db.$disconnect();
  }
}

type Ask = (desk: Desk) => Promise<Result<unknown>>;

async function pagesOf(full: Desk, empty: Desk): Promise<Record<string, Ask>> {
  const records = new Map<Desk, string>();
  for (const desk of [full, empty]) records.set(desk, await anyRecord(desk));
  const figures =
    (asked: Asked): Ask =>
    ({ actor, context }) =>
      viewFigures(actor, asked, context);
  return {
    'Figures of 12 months': figures({}),
    'Figures of 5 years': figures({ from: dayBefore(5 * 365), until: dayBefore(0) }),
    'A record': (desk) => viewIncident(desk.actor, { id: records.get(desk) ?? '' }, desk.context),
    ...Object.fromEntries(
      Object.entries(listsAsked()).map(([name, asked]): [string, Ask] => [
        `List: ${name}`,
        ({ actor, context }) => listIncidents(actor, asked, context),
      ]),
    ),
  };
}

async function anyRecord({ db }: Desk): Promise<string> {
  const { incidentId } = await db.incidentStanding.findFirstOrThrow({
    orderBy: [{ openedAt: 'desc' }, { incidentId: 'asc' }],
    select: { incidentId: true },
  });
  return incidentId;
}

async function timed(ask: Ask, desk: Desk): Promise<number> {
  const before = performance.now();
  const answer = await ask(desk);
  const ms = performance.now() - before;
  if (!answer.ok) throw new Error(`A page of the bench is refused: ${answer.refusal.sentence}`);
  return ms;
}
