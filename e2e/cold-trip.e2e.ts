import { openColdTerminal, type ColdTerminal } from './support/cold-terminal.ts';
import { nextDocument, NEWS_MAX, orderColdRequest } from './support/cold-way.ts';
import { expect, test, type Page } from './support/test.ts';
import { openOperation } from './support/withdrawal.ts';

const STEP_MS = 20_000;
const EXECUTION_MS = 60_000;
/** Three people enrol and two browsers take turns. */
const TRIP_MS = 300_000;

let site: ColdTerminal;
test.beforeAll(async () => {
  site = await openColdTerminal('cold-a');
});
test.afterAll(() => site.close());

/** Saves what is offered as a download. @returns its path */
async function save(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return download.path();
}

/** The words that stand first on the page: those of the document that is out, or on the desk. */
const saveRequest = (page: Page): Promise<string> =>
  save(page, () => page.getByRole('button', { name: 'Save as file' }).click());

/** Somebody of Custody reads the document at the site and lets the party answer. */
async function answerAtSite(page: Page, path: string): Promise<{ path: string; signed: boolean }> {
  await page.goto(`${site.origin}/cold`);
  await page.getByLabel('As a file').setInputFiles(path);
  await page.getByRole('button', { name: 'Read the file' }).click();
  const sign = page.getByRole('button', { name: 'Sign this transaction' });
  const step = page.getByRole('button', { name: 'Take the step' });
  await expect(sign.or(step)).toBeVisible({ timeout: STEP_MS });
  const signed = await sign.isVisible();
  await (signed ? sign : step).click();
  await expect(page.getByText('The answer is ready.')).toBeVisible({ timeout: STEP_MS });
  const answer = page.getByRole('link', { name: /^Save /u });
  return { path: await save(page, () => answer.click()), signed };
}

const bring = (page: Page, path: string): Promise<void> =>
  page.getByLabel('The file, or pictures of the codes').setInputFiles(path);

test('a withdrawal from the cold vault goes to a cold site as a document, and its answer signs it', async ({
  three,
  place,
}) => {
  test.setTimeout(TRIP_MS);
  const { officer, approver, cosigner } = three;
  const address = await orderColdRequest(three, place.origin);
  const { page } = approver;
  await expect(page.getByRole('button', { name: 'Make the request for cold-b' })).toBeHidden();
  for (let trips = 1; trips <= NEWS_MAX; trips += 1) {
    await expect(nextDocument(page, trips)).toBeVisible({ timeout: STEP_MS });
    await expect(page.getByRole('img', { name: /^Code 1 of/u })).toBeVisible();
    const request = await saveRequest(page);
    await bring(page, request);
    await expect(page.getByText('This is the request itself')).toBeVisible({ timeout: STEP_MS });
    const answer = await answerAtSite(cosigner.page, request);
    await bring(page, answer.path);
    if (answer.signed) break;
  }
  await expect(page.getByText('The answer was taken, and both shares made')).toBeVisible({
    timeout: EXECUTION_MS,
  });
  await openOperation(officer.page, address);
  await officer.page
    .getByText('The transfer is final and posted in the ledger.')
    .waitFor({ timeout: EXECUTION_MS });
});

test('only the page of a trip may use the camera', async ({ three, place }) => {
  const requests = three.officer.context.request;
  const page = await (await requests.get(`${place.origin}/cold`)).text();
  const trip = /\/cold\/[0-9a-f-]{36}/.exec(page)?.[0] ?? '';
  expect(trip).not.toBe('');
  const policyOf = async (path: string): Promise<string> =>
    (await requests.get(`${place.origin}${path}`)).headers()['permissions-policy'] ?? '';
  expect(await policyOf(trip)).toContain('camera=(self)');
  for (const path of ['/cold', '/queue', `/operations/${trip.slice('/cold/'.length)}`])
    expect(await policyOf(path), path).toContain('camera=()');
});
