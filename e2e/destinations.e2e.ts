import { randomInt } from 'node:crypto';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { reviewListing, reviewLookAlike } from './support/destinations.ts';
import { expect, test, type Page } from './support/test.ts';
import {
  chooseVault,
  openOperation,
  raiseWithKey,
  reviewWithdrawal,
  sayYes,
} from './support/withdrawal.ts';

/** A key press, or what the parties and the worker do within a round or two. */
const STEP_MS = 20_000;
/** Every party takes over what was co-signed; then the cool-down of a sandbox, which is seconds. */
const TAKEN_OVER_MS = 60_000;
/** Two operations of three people each, and what comes between. */
const TEST_MS = 300_000;

/** A row of the book, by what it is called. */
const row = (page: Page, name: string) =>
  page.getByRole('region', { name: /^Addresses of / }).locator('> div', { hasText: name });

/** What was raised is approved and co-signed, and every party takes it over. */
async function carry(approver: Page, cosigner: Page, address: string): Promise<void> {
  await openOperation(approver, address);
  await sayYes(approver, 'approve');
  await openOperation(cosigner, address);
  await sayYes(cosigner, 'cosign');
}

test('an officer is told of a look-alike before anything is raised, place by place', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  const { address, twin, is, was } = await reviewLookAlike(page, origin);
  const told = page.getByText('Another address looks like this one.').locator('xpath=..');
  await expect(told).toContainText(/differs from it in one place only but is a different address/);
  await expect(told).toContainText('It is on the list');
  await expect(told).toContainText(
    new RegExp(`Character 21: small ${is} here, (small |capital )?${was} in the other\\.`),
  );
  await expect(told.locator('mark')).toHaveText([is, was]);
  // Who listens hears both whole, and the places in words.
  await expect(told.locator('.sr-only')).toHaveText([twin, address]);

  await page.getByRole('button', { name: 'Change it' }).click();
  await page.goto(`${origin}/destinations?address=${twin}&standing=all`);
  await expect(page.getByText('No address is like that')).toBeVisible();
});

test('an address is listed, certified again and removed at once, and a withdrawal to it is refused in words', async ({
  three: { officer, approver, cosigner },
  place: { origin },
}) => {
  test.setTimeout(TEST_MS);
  const { page } = officer;
  const { address } = freshKey();
  const name = `Own wallet ${randomInt(10_000, 99_999)}`;
  await page.goto(`${origin}/raise`);
  const clients = page.getByRole('combobox', { name: 'Client' });
  await clients.selectOption({ index: 1 });
  const client = await clients.inputValue();

  await test.step('Three people list it', async () => {
    await reviewListing(page, origin, { client, address, name });
    await expect(page.getByText('Nothing unusual found.')).toBeVisible();
    const listing = await raiseWithKey(page, /^List an address /);
    await openOperation(approver.page, listing);
    await expect(approver.page.getByText('Letter 2026-7')).toBeVisible();
    await carry(approver.page, cosigner.page, listing);
  });

  const record = await test.step('It cools down, then it can be paid', async () => {
    await page.goto(`${origin}/destinations?address=${address}`);
    await expect(row(page, name)).toContainText('Raise a withdrawal to it', {
      timeout: TAKEN_OVER_MS,
    });
    await row(page, name).getByRole('link', { name: 'Its record' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor({ timeout: STEP_MS });
    return page.url();
  });

  await test.step('It is certified again, with the evidence that it has now', async () => {
    await page.getByRole('link', { name: 'Certify again' }).click();
    await page.getByRole('heading', { level: 1, name: /^Certify / }).waitFor({ timeout: STEP_MS });
    await page.getByRole('textbox', { name: 'Where the evidence is' }).fill('Seen on 3 March');
    await page.getByRole('button', { name: 'Check and read it' }).click();
    await expect(page.getByText('Choose what kind of evidence it is.')).toBeVisible();
    await page.getByRole('combobox', { name: 'Evidence of ownership' }).selectOption('visit');
    await reviewWithdrawal(page);
    const again = await raiseWithKey(page, /^Certify again /);

    await page.goto(record);
    await expect(page.getByText('It is being certified again.')).toBeVisible();
    await expect(page.getByText(/DS-\d{4}-\d{6} waits for an approver\./)).toBeVisible();
    await page.goto(`${record}/certify`);
    await expect(page.getByText('It is being certified again.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Check and read it' })).toHaveCount(0);

    await openOperation(approver.page, again);
    await expect(approver.page.getByText('Shown in person')).toBeVisible();
    await expect(approver.page.getByText('There is no new cool-down.')).toBeVisible();
    await carry(approver.page, cosigner.page, again);
    await page.goto(record);
    await expect(page.getByText('It is being certified again.')).toHaveCount(0, {
      timeout: TAKEN_OVER_MS,
    });
    await expect(page.getByText('Seen on 3 March')).toBeVisible();
  });

  await test.step('One officer removes it, while a colleague fills in a withdrawal', async () => {
    const other = approver.page;
    await other.goto(`${origin}/raise?client=${client}&destination=${record.split('/').at(-1)}`);
    await chooseVault(other);
    await other.getByRole('textbox', { name: 'Amount' }).fill('0.3');
    await other.getByRole('textbox', { name: 'Why' }).fill('Client asked for it');
    await expect(other.getByText(address, { exact: true })).toBeVisible();

    await page.getByRole('button', { name: 'Remove …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Remove with key' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The client lost the wallet.');
    await dialog.getByRole('button', { name: 'Remove with key' }).click();
    await expect(dialog).toBeHidden({ timeout: STEP_MS });
    await expect(page.getByRole('button', { name: 'Remove …' })).toHaveCount(0);

    await other.getByRole('button', { name: 'Check and read it' }).click();
    await expect(other.getByRole('alert').filter({ hasText: 'Not accepted.' })).toContainText(
      'This address was removed from the list',
      { timeout: STEP_MS },
    );
  });

  await test.step('It is found among the removed, and remembered when it comes back', async () => {
    await page.goto(`${origin}/destinations?address=${address}`);
    await expect(page.getByText('No address is like that')).toBeVisible();
    await page.getByRole('combobox', { name: 'Standing' }).selectOption('removed');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(row(page, name)).toContainText('Removed');
    await reviewListing(page, origin, { client, address, name: 'Own wallet, found again' });
    await expect(page.getByText('This address was on the list before.')).toBeVisible();
  });
});
