import { readFile } from 'node:fs/promises';
import { sampleLei } from '#lib/sandbox/seed/resilience/sample-lei.ts';
import { expect, test, type Page } from './support/test.ts';

/** Of this run: a name is taken once for all. */
const run = String(Date.now()).slice(-6);
const lei = sampleLei(`E2E${run}`);
/** With wrong check digits. */
const mistyped = `${lei.slice(0, 5)}Q${lei.slice(6)}`;
const provider = `Hollerbach Netze ${run} GmbH`;
const contract = `Lines to the second hall ${run}`;

const save = async (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Save/ }).click();

/** What the page says at once; Next has an alert of its own outside it. */
const alert = (page: Page) => page.getByRole('main').getByRole('alert');

test('a provider and a contract are recorded, and the function shows what it rests on', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;

  await test.step('A provider with a mistyped LEI is refused at its field, and nothing typed is lost', async () => {
    await page.goto(`${origin}/resilience/providers`);
    await page.getByRole('link', { name: 'Add a provider' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add an ICT provider');
    await page.getByLabel('LEI or EUID').fill(mistyped);
    await page.getByLabel('Legal name').fill(provider);
    await page.getByLabel('Name in Latin letters').fill(provider);
    await page.getByLabel('Country of the headquarters').fill('de');
    await save(page);
    await expect(alert(page)).toContainText('LEI or EUID');
    const code = page.getByLabel('LEI or EUID');
    await expect(code).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('[id="field-code-error"]')).toContainText('check digits');
    await expect(page.getByLabel('Legal name')).toHaveValue(provider);
    await code.fill(lei);
    await save(page);
    await expect(page.getByRole('heading', { level: 1, name: provider })).toBeVisible();
  });

  await test.step('A contract names it for a function', async () => {
    await page.goto(`${origin}/resilience/contracts/new`);
    await page.getByLabel('Reference').fill(`HN-${run}`);
    await page.getByLabel('What it is called').fill(contract);
    await page.getByLabel('Type', { exact: true }).selectOption({ label: 'Standalone' });
    await page.getByLabel('Expense of a year').fill('12000');
    await page.getByLabel('Currency').fill('EUR');
    await page.getByRole('button', { name: 'Add a use', exact: true }).click();
    const use = page.getByRole('group', { name: 'Use 1' });
    await use.getByLabel('Provider').selectOption({ label: await optionWith(page, provider) });
    await use
      .getByLabel('Function')
      .selectOption({ label: await optionWith(page, 'Communication with clients') });
    await use.getByLabel('Service').selectOption({ label: 'S10 Telecom carrier' });
    await save(page);
    await expect(alert(page)).toContainText('Uses, line 1: Starts on');
    await use.getByLabel('Starts on').fill('2026-01-01');
    await save(page);
    await expect(page.getByRole('heading', { level: 1, name: contract })).toBeVisible();
    await expect(page.getByText(/of \d+ clauses are missing/)).toBeVisible();
  });

  await test.step('The function shows the contract and the provider behind it', async () => {
    await page.goto(`${origin}/resilience/functions`);
    await page.getByRole('link', { name: /Communication with clients/ }).click();
    const tree = page.getByRole('list', { name: 'What it rests on' });
    await expect(tree).toContainText(contract);
    await expect(tree).toContainText('Rank 1');
    await expect(tree.getByRole('link', { name: provider })).toBeVisible();
  });

  await test.step('Somebody who saves over a version they did not read is asked first', async () => {
    await page.getByRole('link', { name: 'Change', exact: true }).click();
    await page.waitForURL(/\/edit$/);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel('Recovery time in hours').fill('12');
    await save(other);
    await expect(other.getByRole('heading', { name: 'Versions' })).toBeVisible();
    await other.close();
    await page.getByLabel('Recovery point in hours').fill('8');
    await save(page);
    await expect(alert(page)).toContainText('somebody changed it in the meantime');
    await expect(page.getByLabel('Recovery point in hours')).toHaveValue('8');
    await page.getByRole('button', { name: /^Save mine over version/ }).click();
    await expect(page.getByRole('list', { name: 'Versions, newest first' })).toContainText(
      'Recovery point in hours',
    );
  });

  await test.step('The register of the sample is checked, saved and taken over again', async () => {
    await page.goto(`${origin}/resilience/register`);
    await page.getByRole('button', { name: 'Check it' }).click();
    await expect(page.getByRole('region', { name: 'What the check found' })).toBeVisible();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the package' }).click();
    const download = await coming;
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    const send = async (name: string, buffer: Buffer) => {
      await page
        .getByLabel('The file')
        .setInputFiles({ name, mimeType: 'application/zip', buffer });
      await page.getByRole('button', { name: 'Take it over' }).click();
    };
    await send('register.zip', bytes.subarray(0, 400));
    await expect(alert(page)).toContainText('Nothing was taken over.');
    await send(download.suggestedFilename(), bytes);
    await expect(page.getByText('Taken over.')).toBeVisible();
  });
});

/** The words of the option of the first use that contain others: they end with a number. */
async function optionWith(page: Page, words: string): Promise<string> {
  const option = page
    .getByRole('group', { name: 'Use 1' })
    .locator('option', { hasText: words })
    .first();
  return (await option.textContent()) ?? '';
}
