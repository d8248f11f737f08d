import { expect, test, type Page } from './support/test.ts';
import { bookWhatNeverCame, takeBack } from './support/wrong-journal.ts';

/** The worker takes a request up within a second and reads the whole chain of a sandbox. */
const RUN_MS = 30_000;

async function compareNow(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/reconciliation`);
  await page.getByRole('button', { name: 'Compare everything now' }).click();
}

/** Amount that no other test moves, far below what would stop withdrawals; as screens print it. */
const lamports = 1_237n;
const shown = '0.000001237';

test('somebody compares now, and two people explain what differs', async ({
  three: { officer, approver },
  place: { origin },
}) => {
  const { page } = officer;

  await test.step('A run is made at once and stands in the list with who started it', async () => {
    await compareNow(page, origin);
    await page.goto(`${origin}/reconciliation/runs`);
    const row = page.getByRole('row').filter({ hasText: officer.name }).first();
    await expect(row).toBeVisible({ timeout: RUN_MS });
    await row.getByRole('link').first().click();
    await page.getByRole('button', { name: 'Repeat this comparison' }).click();
    await expect(page.getByText('The same, byte for byte')).toBeVisible();
  });

  const wrong = await bookWhatNeverCame('warm-1', lamports);
  try {
    const address = await test.step('What only the books have is a break', async () => {
      await compareNow(page, origin);
      const row = page
        .getByRole('table', { name: 'Breaks' })
        .getByRole('row')
        .filter({ hasText: shown });
      await expect(row).toContainText('Missing outside', { timeout: RUN_MS });
      await row.getByRole('link').first().click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText(
        `${shown} SOL less than the books say`,
      );
      return page.url();
    });

    await test.step('Who explains it does not close it', async () => {
      await page.getByText('Explain it', { exact: true }).click();
      await page.getByRole('button', { name: 'Propose with key' }).click();
      await expect(page.getByText('Say why, in a few words.')).toBeVisible();
      const text = page.getByRole('group').filter({ hasText: 'Explain it' }).getByRole('textbox');
      await text.fill('A journal of this test, which takes it back.');
      await page.getByRole('button', { name: 'Propose with key' }).click();
      await expect(page.getByText('Somebody else has to accept or decline it.')).toBeVisible();
    });

    await test.step('A second person reads it and closes it', async () => {
      const second = approver.page;
      await second.goto(address);
      await expect(second.getByText('A journal of this test, which takes it back.')).toBeVisible();
      await second.getByRole('button', { name: 'Accept with key: close this break' }).click();
      await expect(second.getByText('Closed: explained, by two people')).toBeVisible();
      await expect(page.getByText('Closed: explained, by two people')).toBeVisible();
    });
  } finally {
    await takeBack(
      { journal: wrong, vault: 'warm-1', amount: shown },
      { officer, approver },
      origin,
    );
  }
});
