import { readFile } from 'node:fs/promises';
import { expect, test } from './support/test.ts';

test('movements of an account are narrowed by a filter that stands in the address, and go out as CSV', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  await page.goto(`${origin}/ledger/vault/warm-1/SOL`);
  const movements = page.getByRole('table', { name: /^Movements of / });
  await page.getByText('Filter and sort').click();
  await page.getByLabel('Direction').selectOption('out');
  await page.getByLabel('Smallest amount').fill('0.000000001');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/[?&]way=out/);
  await expect(movements.getByRole('row').nth(1)).toContainText(
    /Withdrawal|Transfer between vaults/,
  );
  await expect(movements).not.toContainText('Deposit');

  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const text = await readFile(await (await coming).path(), 'utf8');
  expect(text).toContain('Withdrawal');
  expect(text).not.toContain('Deposit');

  await page.getByLabel('Smallest amount').fill('1e3');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByText('This can’t be looked for.')).toBeVisible();
  await expect(movements).toHaveCount(0);
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(movements).toContainText('Deposit');
});

test('the chart of accounts, operations and breaks are narrowed, and say so when nothing can be meant', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  await page.goto(`${origin}/ledger/accounts`);
  await page.getByLabel('Kind', { exact: true }).selectOption('bank');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Accounts', exact: true })).toContainText(
    'Bank clients-1',
  );
  await expect(page.getByRole('table', { name: 'Accounts', exact: true })).not.toContainText(
    'Client C-20418',
  );

  await page.goto(`${origin}/operations`);
  await page.getByLabel('Kind', { exact: true }).selectOption('withdrawal');
  await page.getByLabel('Client').fill('C-20418');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/kind=withdrawal/);
  const operations = page.getByRole('table', { name: 'Operations' });
  await expect(operations.getByRole('row').nth(1)).toContainText('C-20418');
  await expect(operations).not.toContainText('Key ceremony');
  await page.getByLabel('Client').fill('20418');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByText('A client’s number is C- and four to ten digits')).toBeVisible();

  await page.goto(`${origin}/reconciliation?cause=bad-luck`);
  await expect(page.getByText('There is no cause called “bad-luck”.')).toBeVisible();
});

test('a journal of the bank leads to the entry of its statement', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  await page.goto(`${origin}/ledger/bank/clients-1/EUR`);
  await page
    .getByRole('table', { name: /^Movements of / })
    .getByRole('link', { name: /^\d+$/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Statement of clients-1' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/statement/i);
});

test('what came into suspense can be attributed line by line, and what left it can’t', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  await page.goto(`${origin}/ledger/suspense/bank/EUR?order=oldest`);
  const rows = page.getByRole('table', { name: /^Movements of / }).getByRole('row');
  await expect(
    rows.filter({ hasText: '−4,800.00' }).getByRole('link', { name: /^Attribute/ }),
  ).toHaveCount(0);
  const attribute = rows
    .filter({ hasText: '+900.00' })
    .getByRole('link', { name: /^Attribute [\d.]+/ });
  // The sample's second correction waits with half of it, and another test gives part of the rest away.
  const [rest = 'no amount'] = /[\d.]+/.exec(await attribute.innerText()) ?? [];
  expect(Number(rest)).toBeLessThanOrEqual(450);
  await attribute.click();
  await expect(page.getByLabel('Line 1: debit')).toHaveValue(rest);
});
