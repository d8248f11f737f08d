import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from './support/test.ts';

/** A batch of the few clients of the sample organisation. */
const MADE_MS = 60_000;
/** The worker closes the books every minute. */
const CLOSED_MS = 90_000;

const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

async function download(page: Page, file: 'PDF' | 'CSV'): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: `Download ${file}` }).click();
  const taken = await coming;
  return { name: taken.suggestedFilename(), bytes: await readFile(await taken.path()) };
}

test('an officer issues a statement of position for a client; its files are what its page says they hash to', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  await page.goto(`${origin}/statements`);
  const issue = page.getByRole('button', { name: 'Issue the statement' });
  await page.getByLabel('Client', { exact: true }).fill('C-99999');
  await page.getByLabel('First day').fill(daysAgo(30));
  await issue.click();
  await expect(page.getByText('There is no client of this number in the ledger.')).toBeVisible();

  await page.getByLabel('Client', { exact: true }).fill('C-20418');
  await issue.click();
  await expect(
    page.getByRole('heading', { level: 1, name: /^Statement of C-20418, / }),
  ).toBeVisible({
    timeout: CLOSED_MS,
  });
  const shown = (await page.locator('dl').innerText()).replaceAll(/\s/g, '');
  for (const file of ['PDF', 'CSV'] as const) {
    const { name, bytes } = await download(page, file);
    expect(name).toMatch(new RegExp(`^position-C-20418-.*\\.${file.toLowerCase()}$`));
    expect(shown).toContain(createHash('sha256').update(bytes).digest('hex'));
  }
  const { bytes } = await download(page, 'CSV');
  expect(bytes.toString()).toContain('closing,SOL,');
});

test('statements for all clients are ordered on the page, which shows when the worker has made them', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  await page.goto(`${origin}/statements`);
  await page.getByRole('radio', { name: /^All clients/ }).check();
  await page.getByLabel('First day').fill(daysAgo(30));
  await page.getByRole('button', { name: 'Order statements' }).click();
  const batches = page.getByRole('table', { name: 'Statements for all clients' });
  await expect(
    batches
      .getByText(/^All \d+ issued$/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible({ timeout: MADE_MS });
});

test('nobody who is not signed in gets a file', async ({ place: { origin, browser } }) => {
  const context = await browser.newContext();
  try {
    const answer = await context.request.get(
      `${origin}/statements/00000000-0000-4000-8000-000000000000/pdf`,
    );
    expect(answer.status()).toBe(401);
  } finally {
    await context.close();
  }
});
