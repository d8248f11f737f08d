import { openColdTerminal, type ColdTerminal } from './support/cold-terminal.ts';
import { drawWithdrawal } from './support/raise.ts';
import { expect, test, type Page } from './support/test.ts';
import {
  fillWithdrawal,
  openOperation,
  raiseWithKey,
  reviewWithdrawal,
  sayYes,
} from './support/withdrawal.ts';

const STEP_MS = 20_000;
const EXECUTION_MS = 60_000;
/** Documents of nothing but news that may come before a request: the more guests came, the more. */
const NEWS_MAX = 12;
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
  const wanted = { ...drawWithdrawal(), client: 'C-30512', isCold: true };
  await fillWithdrawal(officer.page, place.origin, wanted);
  await reviewWithdrawal(officer.page);
  const address = await raiseWithKey(officer.page);
  await openOperation(approver.page, address);
  await sayYes(approver.page, 'approve');
  await openOperation(cosigner.page, address);
  await sayYes(cosigner.page, 'cosign');

  const { page } = approver;
  const path = new URL(address).pathname.replace('/operations/', '/cold/');
  await page.goto(`${place.origin}/cold`);
  await page.locator(`a[href="${path}"]`).click();
  await expect(page.getByRole('button', { name: 'Make the request for cold-b' })).toBeHidden();
  await page.getByRole('button', { name: 'Make the request for cold-a' }).click();
  for (let trips = 1; trips <= NEWS_MAX; trips += 1) {
    await expect(
      page.getByRole('heading', { name: `1. Take request ${trips} to cold-a` }),
    ).toBeVisible({ timeout: STEP_MS });
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
