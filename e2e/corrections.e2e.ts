import { expect, test } from './support/test.ts';

const suspense = 'suspense/bank/EUR';
/** Far below what the sample's bank left unclaimed. */
const amount = '1.23';

test('what nobody had claimed is attributed to a client by two people', async ({
  three: { officer, approver },
  place: { origin },
}) => {
  const { page } = officer;
  await page.goto(`${origin}/ledger/${suspense}`);
  await page.getByRole('link', { name: 'Attribute to a client' }).click();
  // Which entries are the newest depends on the statements that other tests import.
  const entry = page.getByRole('link', { name: /^Attribute [\d,]+\.\d\d EUR$/ }).first();
  const whole = (await entry.innerText()).replace(/^Attribute (.*) EUR$/, '$1').replaceAll(',', '');
  await entry.click();
  await expect(page.getByLabel('Line 1: debit')).toHaveValue(whole);
  await page.getByLabel('Line 1: debit').fill(amount);
  await page.getByLabel('Line 2: account').fill('client/C-20977/EUR');
  await expect(page.getByText('Not equal')).toBeVisible();
  await page.getByLabel('Line 2: credit').fill(amount);
  await expect(page.getByText('Equal', { exact: true })).toBeVisible();
  await page.getByLabel('Why').fill('The client named the payment, ticket 12.');
  await page.getByRole('button', { name: 'Raise with key' }).click();
  await expect(page.getByText('so somebody else has to approve or decline it.')).toBeVisible();

  const second = approver.page;
  await second.goto(page.url());
  await expect(second.getByText('The client named the payment, ticket 12.')).toBeVisible();
  await second.getByRole('button', { name: /^Approve LC-\d{6} with key: post it$/ }).click();
  await expect(second.getByText('Two people signed it, and its journal is posted.')).toBeVisible();
  await expect(page.getByText('Two people signed it, and its journal is posted.')).toBeVisible();
  const posted = second.getByRole('definition').getByRole('link', { name: /^Journal \d+$/ });
  await posted.click();
  await expect(second.getByRole('heading', { level: 1 })).toContainText('correction');
});

test('what a bank took unexplained is offered to be made good with our own payment, and with nobody else’s', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  await page.goto(`${origin}/ledger/missing/bank/EUR`);
  await page.getByRole('link', { name: 'Make good or explain' }).click();
  await expect(page.getByText('12.50 EUR went out unexplained.')).toBeVisible();
  await expect(page.getByLabel('Line 1: account')).toHaveValue(suspense);
  await expect(page.getByLabel('Line 1: debit')).toHaveValue('12.50');
  await expect(page.getByLabel('Line 2: account')).toHaveValue('missing/bank/EUR');
  await expect(page.getByLabel('Line 2: credit')).toHaveValue('12.50');
});
