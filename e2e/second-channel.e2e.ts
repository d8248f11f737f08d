import { expect, test, type Page } from './support/test.ts';
import {
  fillWithdrawal,
  openOperation,
  raiseWithKey,
  reviewWithdrawal,
  sayYes,
} from './support/withdrawal.ts';

/** Of the client who holds the most; worth more than 100,000 EUR at every price the sandbox knows. */
const AMOUNT = '745';
const CODE = /^[0-9a-hjkmnp-tv-z]{4}[ -]?[0-9a-hjkmnp-tv-z]{4}$/;
const STEP_MS = 20_000;
const EXECUTION_MS = 90_000;

/** Leaves the console for the party's own page, presses the key there and brings the code back. */
async function readCode(page: Page, address: string): Promise<string> {
  await openOperation(page, address);
  const link = page.getByRole('link', { name: 'Open the party’s own page' });
  const own = (await link.getAttribute('href')) ?? '';
  expect(new URL(own).origin, 'the party has an origin of its own').not.toBe(
    new URL(address).origin,
  );
  await expect
    .poll(async () => (await page.request.get(own)).status(), {
      message: 'the party is shown the operation without anybody asking for it',
      timeout: STEP_MS,
    })
    .toBe(200);
  await page.goto(own);
  await expect(page.getByText('C-', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Show my code' }).click();
  const code = page.locator('[data-say="code"]');
  await expect(code).toHaveText(CODE, { timeout: STEP_MS });
  const shown = (await code.textContent()) ?? '';
  await openOperation(page, address);
  return shown;
}

test('above the limit a yes needs the code that only the party’s own page shows, and the parties wait', async ({
  three,
  place,
}) => {
  const { officer, approver, cosigner } = three;
  const wanted = { amount: AMOUNT, reason: 'Client moves to another custodian', client: 'C-20418' };
  await fillWithdrawal(officer.page, place.origin, wanted);
  await reviewWithdrawal(officer.page);
  const address = await raiseWithKey(officer.page);
  await expect(officer.page.getByText('Each party waits 10 seconds')).toBeVisible();

  const { page } = approver;
  await openOperation(page, address);
  await page.getByRole('button', { name: 'Approve with key' }).click();
  await expect(page.getByText('Type the code that the party shows you.')).toBeVisible();
  const code = page.getByRole('textbox', { name: 'Code from party control' });
  await code.fill('not a code');
  await page.getByRole('button', { name: 'Approve with key' }).click();
  await expect(page.getByText(/has eight letters and digits/)).toBeVisible();

  const first = await readCode(page, address);
  await code.fill(first);
  await sayYes(page, 'approve');
  await page.getByRole('button', { name: 'Ask a colleague to approve' }).click();
  await page
    .getByRole('button', { name: 'Ask a colleague to co-sign' })
    .waitFor({ timeout: STEP_MS });

  const second = await readCode(cosigner.page, address);
  await cosigner.page.getByRole('textbox', { name: 'Code from party custody' }).fill(second);
  await sayYes(cosigner.page, 'cosign');
  await expect(
    officer.page.getByText('Every statement is there, and it waits.'),
    'the wait can be seen',
  ).toBeVisible({ timeout: STEP_MS });
  await officer.page
    .getByText('The transfer is final and posted in the ledger.')
    .waitFor({ timeout: EXECUTION_MS });
});
