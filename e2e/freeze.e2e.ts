import { findBarriers } from './support/axe.ts';
import { drawWithdrawal } from './support/raise.ts';
import { expect, test, type Page } from './support/test.ts';
import { fillWithdrawal, openOperation, reviewWithdrawal, sayYes } from './support/withdrawal.ts';

/** A key press with what the server does then, or what parties do within a round or two. */
const STEP_MS = 20_000;
/** Every party takes over a release, and the worker asks each. */
const RELEASE_MS = 60_000;
/** Five people state, and what they read is drawn for each. */
const TEST_MS = 300_000;

const standing = (page: Page, vault: string) =>
  page.getByRole('region', { name: `Vault ${vault}, frozen` });

/** The vault that withdrawals of the form leave from, by its id. */
async function chosenVault(page: Page, origin: string): Promise<string> {
  await fillWithdrawal(page, origin, drawWithdrawal());
  return page.getByRole('combobox', { name: 'From vault' }).inputValue();
}

/** The last approver it needs: then a co-signer is asked for. */
async function colleagueApproves(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask a colleague to approve' }).click();
  await page
    .getByRole('button', { name: 'Ask a colleague to co-sign' })
    .waitFor({ timeout: STEP_MS });
}

/** The last of the people it needs: then nobody is asked for any more. */
async function colleagueCosigns(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask a colleague to co-sign' }).click();
  await expect(page.getByRole('heading', { name: 'Sandbox only' })).toBeHidden({
    timeout: STEP_MS,
  });
}

test('one officer freezes a vault, nothing leaves it, and five people release it', async ({
  three: { officer, approver, cosigner },
  place,
}) => {
  test.setTimeout(TEST_MS);
  const { page } = officer;
  const { origin } = place;
  const vault = await chosenVault(page, origin);

  await test.step('A freeze needs what stops and why; then one press of a key', async () => {
    await page.goto(`${origin}/freeze`);
    await page.getByRole('button', { name: 'Freeze …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Freeze with key' }).click();
    await expect(dialog.getByText('Choose the vault that stops.')).toBeVisible();
    await dialog.getByRole('combobox', { name: 'Vault' }).selectOption(vault);
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('A device of the site is missing.');
    await expect(dialog.getByText(`Nothing leaves vault ${vault}.`)).toBeVisible();
    await dialog.getByRole('button', { name: `Freeze vault ${vault} with key` }).click();
    await expect(dialog).toBeHidden({ timeout: STEP_MS });
  });

  await test.step('It stands with every party that is on, and opened an incident', async () => {
    const row = standing(page, vault);
    await expect(row).toContainText('control has it', { timeout: STEP_MS });
    await expect(row).toContainText('custody has it', { timeout: STEP_MS });
    await expect(row.getByText(/not yet$/)).toHaveCount(0, { timeout: STEP_MS });
    const incident = /INC-\d{4}-\d{6}/.exec(await row.innerText())?.[0] ?? 'none';
    await expect(page.getByRole('table', { name: 'Incident records' })).toContainText(incident);
  });

  await test.step('A withdrawal from it is refused with a sentence', async () => {
    await fillWithdrawal(page, origin, drawWithdrawal());
    await page.getByRole('button', { name: 'Check and read it' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Not accepted.' })).toContainText(
      /vault is frozen/i,
      { timeout: STEP_MS },
    );
  });

  const address = await test.step('Its release says who must act before it is raised', async () => {
    await page.goto(`${origin}/freeze`);
    await standing(page, vault).getByRole('link', { name: 'Raise the release' }).click();
    await page.getByRole('textbox', { name: 'Why it may go on' }).fill('The device was found.');
    expect(await findBarriers(page)).toEqual([]);
    await reviewWithdrawal(page);
    await expect(page.getByText('Two approvers of Control', { exact: true })).toBeVisible();
    await expect(page.getByText('Two co-signers of Custody', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Raise with key' }).click();
    await page.waitForURL(/\/operations\/[0-9a-f-]{36}$/, { timeout: STEP_MS });
    await page
      .getByRole('heading', {
        level: 1,
        name: new RegExp(`^Release vault ${vault}, frozen by FZ-`),
      })
      .waitFor({ timeout: STEP_MS });
    return page.url();
  });

  await test.step('Two approve and two co-sign; it stands until the last of them has', async () => {
    await openOperation(approver.page, address);
    await sayYes(approver.page, 'approve');
    await openOperation(page, address);
    await colleagueApproves(page);
    await openOperation(cosigner.page, address);
    await sayYes(cosigner.page, 'cosign');
    const look = await page.context().newPage();
    await look.goto(`${origin}/freeze`);
    await expect(standing(look, vault)).toContainText('RL-');
    await look.close();
    await colleagueCosigns(page);
  });

  await test.step('Then it stands no more, and the same withdrawal is taken again', async () => {
    await page.goto(`${origin}/freeze`);
    await expect(standing(page, vault)).toHaveCount(0, { timeout: RELEASE_MS });
    await expect(page.getByRole('table', { name: 'Released freezes' })).toContainText(
      `Vault ${vault}`,
    );
    await fillWithdrawal(page, origin, drawWithdrawal());
    await reviewWithdrawal(page);
  });
});

test('the parties’ page says that all agree, and shows what each holds side by side', async ({
  three: { officer },
  place,
}) => {
  const { page } = officer;
  await page.goto(`${place.origin}/parties`);
  await expect(
    page.getByText(/(?:All 3 parties agree|2 of 3 parties agree\. Party recovery is off)\./),
  ).toBeVisible({ timeout: RELEASE_MS });
  const held = page.getByRole('table', { name: 'What the parties hold' });
  await expect(held.getByRole('row')).toHaveCount(4);
  await expect(held.getByText('differs')).toHaveCount(0);
  const control = page.getByRole('region', { name: 'Party control' });
  await expect(control).toContainText('custody agrees');
  await expect(control.getByRole('link', { name: /^http/ })).toHaveAttribute('href', /^https?:/);
});
