import { expect, test, type Page } from './support/test.ts';
import { openOperation, raiseWithKey, reviewWithdrawal, sayYes } from './support/withdrawal.ts';

/** Signed by the parties, sent, final on the chain and posted. */
const CONFIRMED_MS = 60_000;

const tiers = (page: Page) => page.getByRole('region', { name: 'SOL', exact: true });

test('coins go from one vault to another: the shares are shown before, three people state it, and the tiers follow', async ({
  three: { officer, approver, cosigner },
  place: { origin },
}) => {
  const { page } = officer;

  await test.step('A vault’s tiers are shown with what would restore them', async () => {
    await page.goto(`${origin}/vaults`);
    await page.getByRole('link', { name: 'Tiers over time' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Tiers' })).toBeVisible();
    await expect(tiers(page).getByText('A sweep into cold is proposed.')).toBeVisible();
    await expect(page.getByText('under Own vaults first')).toHaveCount(0);
  });

  await test.step('The sweep that would restore them is filled in', async () => {
    await tiers(page).getByRole('link', { name: 'Raise this transfer' }).first().click();
    await expect(page.getByRole('combobox', { name: 'To vault' })).toHaveValue('cold-1');
    await expect(page.getByRole('textbox', { name: 'Amount' })).toHaveValue(/^[1-9]/);
  });

  const operation = await test.step('An officer raises a transfer to the hot vault', async () => {
    await page.getByRole('combobox', { name: 'From vault' }).selectOption('warm-1');
    await page.getByRole('combobox', { name: 'To vault' }).selectOption('hot-1');
    await page.getByRole('textbox', { name: 'Amount' }).fill('1.5');
    await page.getByRole('textbox', { name: 'Why' }).fill('Refill for this week');
    await reviewWithdrawal(page);
    await expect(page.getByText('1.500000000 SOL').first()).toBeVisible();
    return raiseWithKey(page, /^Move /);
  });

  await test.step('Two others state it, and it is final on the chain', async () => {
    await openOperation(approver.page, operation);
    await sayYes(approver.page, 'approve');
    await openOperation(cosigner.page, operation);
    await sayYes(cosigner.page, 'cosign');
    await expect(cosigner.page.getByText('Final on the chain.')).toBeVisible({
      timeout: CONFIRMED_MS,
    });
  });

  await test.step('No client is owed anything else, and the hot vault has a share', async () => {
    await page.goto(`${origin}/vaults/tiers`);
    const hot = page.getByRole('table', { name: 'SOL by tier' }).getByRole('row', { name: /^hot/ });
    await expect(hot).toContainText(/[1-9]\d*\.\d{9} SOL/);
  });
});
