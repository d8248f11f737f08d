/** Rows about the JavaScript of each page, in a sandbox and a Chromium of the bench's own. */
import { chromium, type Browser, type Page } from '@playwright/test';
import { enrol } from '#e2e/support/enrol.ts';
import { launchArguments } from '#e2e/support/launch.ts';
import { addVirtualKey } from '#e2e/support/virtual-key.ts';
import { Problem } from '../supervisor/problem.ts';
import { readWelcome } from '../supervisor/welcome.ts';
import { ensureChromium } from '../testing/chromium.ts';
import { startTestSandbox, type TestSandbox } from '../testing/sandbox.ts';
import { measureScripts, type ScriptLoad, type Session } from './measure-page.ts';
import { CONSOLE_PAGES, FLOOR, nameOf, OPEN_PAGES, type BenchPage } from './page-list.ts';
import type { Part, PartResult, Report } from './part.ts';
import { makeRow, type Row } from './row.ts';

const SAMPLES = 3;
/** kB over the floor. */
const BAR = 65;
const STEP_MS = 20_000;

type Visit = { browser: Browser; origin: string; signal: AbortSignal };
type Target = { url: string; session: Session | null };

async function load({ browser, signal }: Visit, { url, session }: Target): Promise<ScriptLoad[]> {
  const loads = [];
  for (let turn = 0; turn < SAMPLES; turn += 1) {
    signal.throwIfAborted();
    loads.push(await measureScripts(browser, url, session));
  }
  return loads;
}

const inKilobytes = (loads: readonly ScriptLoad[]): number[] =>
  loads.map(({ bytes }) => bytes / 1000);

function pageRow(name: string, loads: readonly ScriptLoad[], floor: readonly ScriptLoad[]): Row {
  return makeRow({
    part: 'pages',
    name: `JavaScript of ${name}`,
    unit: 'kB',
    measured: {
      what: 'scripts that Chromium loads before anybody touches the page, compressed',
      values: inKilobytes(loads),
    },
    reference: {
      what: `the same for ${nameOf(FLOOR)}, a page with nothing on it`,
      values: inKilobytes(floor),
    },
    bar: {
      says: `at most ${BAR} kB over the empty page`,
      limit: BAR,
      of: (page, empty) => page - empty,
    },
  });
}

/** Enrols a new person through a link of the sandbox; the sample colleagues admit them. */
async function signInSomebody(
  { browser }: Visit,
  { data }: TestSandbox,
): Promise<{ page: Page; session: Session }> {
  const link = readWelcome(data, new Date())?.[0]?.url;
  if (link === undefined) throw new Problem('The sandbox left no enrolment link.');
  const context = await browser.newContext();
  const page = await context.newPage();
  await addVirtualKey(page);
  await enrol(page, link, 'Key of the bench');
  return { page, session: await context.storageState() };
}

/** Address of a page; one that is found by a link is looked for where it should be linked from. */
async function addressOf(wanted: BenchPage, { origin }: Visit, page: Page | null): Promise<string> {
  if ('path' in wanted) return `${origin}${wanted.path}`;
  if (page === null) throw new Problem('nobody is signed in to look for it.');
  const answer = await page.goto(`${origin}${wanted.from}`, { timeout: STEP_MS });
  if (answer?.status() !== 200)
    throw new Problem(`${wanted.from}, which should link to it, answers ${answer?.status() ?? 0}.`);
  for (const anchor of await page.locator('a[href]').all()) {
    const href = (await anchor.getAttribute('href')) ?? '';
    if (wanted.link.test(href)) return `${origin}${href}${wanted.below ?? ''}`;
  }
  throw new Problem(`${wanted.from} links to no page of this kind.`);
}

/** Playwright adds its call log to a message; the first line says what was wrong. */
const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** Measures the pages one by one; what is wrong with one is a sentence with its name. */
async function measurePages(
  pages: readonly BenchPage[],
  visit: Visit,
  person: { page: Page; session: Session } | null,
  floor: readonly ScriptLoad[],
): Promise<PartResult> {
  const result: PartResult = { rows: [], failures: [] };
  for (const wanted of pages) {
    const name = nameOf(wanted);
    try {
      const url = await addressOf(wanted, visit, person?.page ?? null);
      const loads = await load(visit, { url, session: person?.session ?? null });
      result.rows.push(pageRow(name, loads, floor));
    } catch (error) {
      visit.signal.throwIfAborted();
      result.failures.push(`JavaScript of ${name}: ${sentenceOf(error)}`);
    }
  }
  return result;
}

async function visitAll(visit: Visit, sandbox: TestSandbox, report: Report): Promise<PartResult> {
  const floorUrl = await addressOf(FLOOR, visit, null);
  const floor = await load(visit, { url: floorUrl, session: null });
  report('pages for everybody …');
  const open = await measurePages(OPEN_PAGES, visit, null, floor);
  report('a person enrols and is admitted …');
  const person = await signInSomebody(visit, sandbox);
  report('pages of the console …');
  const inside = await measurePages(CONSOLE_PAGES, visit, person, floor);
  return {
    rows: [...open.rows, ...inside.rows],
    failures: [...open.failures, ...inside.failures],
  };
}

export const pagesPart: Part = {
  name: 'pages',
  title: 'JavaScript of each page',
  run: async (report, signal) => {
    const executablePath = ensureChromium(report);
    report('a sandbox of its own starts; a new web build takes a minute more …');
    const sandbox = await startTestSandbox('bench');
    try {
      signal.throwIfAborted();
      const browser = await chromium.launch({ executablePath, args: launchArguments });
      try {
        const { origin } = sandbox;
        return await visitAll({ browser, origin, signal }, sandbox, report);
      } finally {
        await browser.close();
      }
    } finally {
      await sandbox.stop();
    }
  },
};
