import { expect, test } from './support/test.ts';

/** A moment that the books are closed up to: the worker closes them every minute. */
const lately = (): string => new Date(Date.now() - 90_000).toISOString().slice(0, 19);

test('a request to return assets runs against its clock, and a loss is closed by the key of a second person', async ({
  three: { officer, approver },
  place: { origin },
}) => {
  const { page } = officer;

  await test.step('A return is recorded and stands open until a withdrawal carries it out', async () => {
    await page.goto(`${origin}/clients/returns`);
    await page.getByRole('button', { name: 'Record a request' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Client').selectOption('C-20977');
    await form.getByLabel('Amount').fill('1000');
    await form.getByLabel('Asked for at').fill(lately());
    await form.getByLabel('What was asked for').fill('Send it all back, please.');
    await form.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(form.getByText('has less SOL here than this')).toBeVisible();
    await form.getByLabel('Amount').fill('0.5');
    await form.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^Return RT-/ })).toBeVisible();
    await expect(page.getByText('No operation carries it out yet.')).toBeVisible();
    await expect(page.getByText('In time')).toBeVisible();
  });

  const address =
    await test.step('What is owed for a loss is proposed, not over its value at the time', async () => {
      await page.goto(`${origin}/clients/losses`);
      await page.getByRole('button', { name: 'Record a loss' }).click();
      const form = page.getByRole('dialog');
      const at = lately();
      await form.getByLabel('Client').selectOption('C-20418');
      await form.getByLabel('Amount lost').fill('0.5');
      await form.getByLabel('Happened at').fill(at);
      await form.getByLabel('Price of one coin').fill('142.355');
      await form.getByLabel('Price of', { exact: true }).fill(at);
      await form.getByLabel('Source of the price').fill('Mean of three venues');
      await form.getByLabel('What happened').fill('The chain undid a transfer.');
      await form.getByRole('button', { name: 'Record', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: /^Loss LS-/ })).toBeVisible();
      await expect(page.getByText('71.18').filter({ visible: true }).first()).toBeVisible();
      await page.getByRole('button', { name: 'Propose a decision' }).click();
      await form.getByLabel('Outside the custodian’s control').check();
      await form.getByLabel('Reasons').fill('An inherent problem of the ledger.');
      await form.getByRole('button', { name: 'Propose it' }).click();
      await expect(page.getByText('Another person accepts.')).toBeVisible();
      return page.url();
    });

  await test.step('Another person signs the decision, and the case is closed', async () => {
    const second = approver.page;
    await second.goto(address);
    await second.getByRole('button', { name: 'Accept with key' }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Accept with key' }).click();
    await expect(
      second.getByText('Closed: outside the custodian’s control.', { exact: true }),
    ).toBeVisible();
  });
});
