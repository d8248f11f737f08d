import { expect, test, type Page } from './support/test.ts';
import {
  changeRoster,
  choosePerson,
  raiseRosterChange,
  reviewRosterChange,
  untilInForce,
} from './support/roster.ts';
import { raiseSome } from './support/raise.ts';
import { openOperation, sayYes } from './support/withdrawal.ts';

const CHECK_MS = 20_000;
/** Two changes go through every party, one of them after its wait, and a withdrawal goes half its way. */
const TEST_MS = 240_000;

/** In an hour, as a field for date and time takes it, in UTC. */
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);

const delegations = (page: Page) => page.getByRole('region', { name: 'Delegations' });

test('a delegation is set under four eyes, lets the delegate approve, and is ended by one person', async ({
  three: { officer, approver, cosigner },
  place: { origin },
}) => {
  test.setTimeout(TEST_MS);
  const { page } = officer;
  const address =
    await test.step('An officer asks to stand in for the approver, and reads what is signed', async () => {
      await raiseRosterChange(page, origin, async () => {
        await changeRoster(page, origin, 'delegate');
        await choosePerson(page, 'Whose place', approver.name);
        await choosePerson(page, 'Who stands in', officer.name);
        await page.getByLabel('Until (UTC)').fill(inAnHour());
        await reviewRosterChange(page);
        await expect(
          page.getByText(`${officer.name} stands in for ${approver.name}, for Control`),
        ).toBeVisible();
        await expect(page.getByText('Counts as loosening', { exact: true })).toBeVisible();
      });
      return page.url();
    });

  await test.step('Colleagues approve and co-sign it, and it is in force after the wait', async () => {
    await openOperation(approver.page, address);
    await expect(approver.page.getByText('Delegation added')).toBeVisible();
    await sayYes(approver.page, 'approve');
    await openOperation(cosigner.page, address);
    await sayYes(cosigner.page, 'cosign');
    await untilInForce(page, address);
    await page.goto(`${origin}/operators/roster`);
    await expect(delegations(page)).toContainText(`${officer.name} for ${approver.name}, Control`);
  });

  const place = `for Control, standing in for ${approver.name} until`;
  const withdrawal = await test.step('The one who lent the place raises a withdrawal', async () => {
    return raiseSome(approver.page, origin);
  });

  await test.step('The delegate is offered the step, and their yes counts for Control', async () => {
    await openOperation(page, withdrawal);
    await expect(page.getByText(`You state ${place}`)).toBeVisible();
    await sayYes(page, 'approve');
    await expect(
      page.getByRole('list', { name: 'What happened and what is to come' }),
    ).toContainText(place);
    await expect(page.getByText('One co-signer of Custody').first()).toBeVisible({
      timeout: CHECK_MS,
    });
  });

  await test.step('Nothing of it goes on: its raiser cancels it', async () => {
    await openOperation(approver.page, withdrawal);
    await approver.page.getByRole('button', { name: 'Cancel it' }).click();
    const dialog = approver.page.getByRole('dialog');
    await dialog.getByRole('combobox').selectOption({ index: 1 });
    await dialog.getByRole('textbox').fill('Only a try-out.');
    await dialog.getByRole('button', { name: /with key$/ }).click();
    await approver.page.getByText('You cancelled it.').waitFor({ timeout: CHECK_MS });
  });

  await test.step('One person ends the delegation, at once', async () => {
    const raised = await raiseRosterChange(page, origin, async () => {
      await page.goto(`${origin}/operators/roster`);
      await delegations(page).getByRole('link', { name: 'Take it out' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Change the roster' }).waitFor();
      await reviewRosterChange(page);
      await expect(page.getByText('Tightens', { exact: true })).toBeVisible();
    });
    await untilInForce(page, raised);
    await page.goto(`${origin}/operators/roster`);
    await expect(page.getByText('A delegation lets somebody of no group')).toBeVisible();
  });
});

test('what can’t be raised is said with the reason, and nothing typed is lost', async ({
  three: { officer, cosigner },
  place: { origin },
}) => {
  const { page } = officer;
  await changeRoster(page, origin, 'delegate');
  await page.getByRole('button', { name: 'Check and read it' }).click();
  await expect(page.getByRole('combobox', { name: 'Whose place' })).toBeFocused();
  await expect(page.getByText('Choose whose place it is.')).toBeVisible();
  await choosePerson(page, 'Whose place', cosigner.name);
  await choosePerson(page, 'Who stands in', officer.name);
  await page.getByLabel('Until (UTC)').fill('2020-01-01T00:00');
  await page.getByRole('button', { name: 'Check and read it' }).click();
  await expect(page.getByText('The end has passed already.')).toBeVisible({ timeout: CHECK_MS });
  await expect(page.getByLabel('Until (UTC)')).toHaveValue('2020-01-01T00:00');
});
