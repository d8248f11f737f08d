import { randomInt } from 'node:crypto';
import { renderCamt, type Rendered } from '#lib/sandbox/banks/render-statement.ts';
import { expect, test, type Page } from './support/test.ts';

/** What the worker does within a pass or two. */
const BOOKED_MS = 30_000;
/** Larger than what passes through the front door of every other request. */
const LARGE = 1_500;

/** An Austrian account number of nobody's, with the check digits it must have. */
function madeUpIban(): string {
  const bban = `99900${String(randomInt(10 ** 11)).padStart(11, '0')}`;
  const rest = BigInt(`${bban}102900`) % 97n;
  return `AT${String(98n - rest).padStart(2, '0')}${bban}`;
}

const dayBefore = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

function statementOf(iban: string, sequence: number, opening: bigint, payments: number): Rendered {
  const day = dayBefore(3 - sequence);
  const entries = Array.from({ length: payments }, (_, index) => ({
    amount: 12_345n,
    bookingDate: day,
    valueDate: day,
    reference: `E2E-${sequence}-${index}`,
    endToEnd: null,
    remittance: index === 0 ? 'Deposit C-20418' : `Invoice ${index}, with a few words more`,
    counterparty: null,
    isReversal: false,
    payments: 1,
  }));
  const closing = opening + 12_345n * BigInt(payments);
  const id = `${iban.slice(-6)}-${sequence}`;
  return { iban, currency: 'EUR', id, sequence, from: day, to: day, opening, closing, entries };
}

/** Hands a file in on the account's page. */
async function handIn(page: Page, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page
    .getByLabel('The file')
    .setInputFiles({ name: 'statement.xml', mimeType: 'application/xml', buffer });
  await page.getByRole('button', { name: 'Import it' }).click();
}

test('an officer puts an account on record and imports its statements; a file that is not right is refused with its line', async ({
  three: { officer },
  place: { origin },
}) => {
  const { page } = officer;
  const iban = madeUpIban();
  const name = `tried-${randomInt(10 ** 9)}`;
  await page.goto(`${origin}/reconciliation/bank/new`);
  await page.getByLabel('Name of the account').fill(name);
  await page.getByLabel('Credit institution').fill('Sample Bank of the Test');
  await page.getByLabel('BIC').fill('SABDATW1');
  await page.getByLabel('IBAN').fill(iban.replace(/^AT../u, 'AT00'));
  await page.getByLabel('Opened on').fill('2025-01-02');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await expect(page.getByText('This is no IBAN')).toBeVisible();
  await page.getByLabel('IBAN').fill(iban);
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    `Sample Bank of the Test, ${name}`,
  );

  await page.getByRole('button', { name: 'Import it' }).click();
  await expect(page.getByText('Choose the file of the statement.')).toBeVisible();

  const first = statementOf(iban, 1, 0n, 2);
  const good = renderCamt(first);
  const alert = page.getByRole('alert').filter({ hasText: 'Nothing was imported.' });
  await handIn(page, good.slice(0, -30));
  await expect(alert).toContainText(/Line \d+, column \d+: The file ends before its XML does\./);
  await handIn(page, renderCamt({ ...first, closing: first.closing + 1n }));
  await expect(alert).toContainText('Line 11: The opening balance and the entries do not add up');
  await handIn(page, good.replace('<Document', '<!DOCTYPE x [<!ENTITY y "z">]><Document'));
  await expect(alert).toContainText('Line 2, column 1: The file has a document type declaration');
  await page.reload();
  await expect(page.getByText('No statement was imported yet. The first')).toBeVisible();

  await handIn(page, good);
  await page.getByRole('status').getByRole('link', { name: 'the page of the statement' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Statement 1 of /);
  const credited = page.getByRole('row', { name: 'E2E-1-0' });
  await expect(credited).toContainText('+123.45');
  await expect(credited.getByRole('link', { name: 'C-20418' })).toBeVisible({ timeout: BOOKED_MS });
  await expect(page.getByRole('row', { name: 'E2E-1-1' })).toContainText('it names no client');

  await page.goto(`${origin}/reconciliation/bank/${name}`);
  await handIn(page, good);
  await expect(alert).toContainText('This very file was imported before.');
  await handIn(page, renderCamt(statementOf(iban, 2, first.closing, LARGE)));
  await expect(page.getByRole('status').filter({ hasText: `${LARGE} entries` })).toBeVisible();
});
