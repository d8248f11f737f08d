import { askSupervisor } from '#scripts/supervisor/control.ts';
import { runScript } from '#scripts/supervisor/testing/processes.ts';
import { expect, test, type Page } from './support/test.ts';
import { openOperation, sayYes } from './support/withdrawal.ts';

const CEREMONY_MS = 60_000;
const STEP_MS = 20_000;
const data = process.env['COUNTERSIGN_DATA'] ?? '.data';

/** The number at the register's epoch, as the key's own page says it. */
async function epochOf(page: Page): Promise<number> {
  const detail = page.locator('dt:text-is("Epoch") + dd');
  const text = await detail.innerText();
  return Number(/^\d+/.exec(text)?.[0]);
}

test('a hot key’s shares are refreshed under everybody’s eyes, and the register shows the next epoch at every party', async ({
  three: { officer, approver, cosigner },
  place,
}) => {
  const { page } = officer;
  await page.goto(`${place.origin}/keys`);
  await page.getByRole('link', { name: 'Hot 1' }).click();
  await page.getByRole('heading', { level: 1, name: 'Key of Hot 1' }).waitFor();
  const register = page.url();
  const before = await epochOf(page);
  await expect(page.getByText(`shares backed up at epoch ${before}`)).toBeVisible();

  const address = await test.step('Raised with the key, after reading what it does', async () => {
    await page.getByRole('link', { name: 'Refresh shares' }).click();
    await expect(page.getByText('All parties stay on one epoch that can sign')).toBeVisible();
    await page.getByRole('button', { name: 'Check and read it' }).click();
    await expect(page.getByText(`${before} is in force; this makes ${before + 1}`)).toBeVisible({
      timeout: STEP_MS,
    });
    await page.getByRole('button', { name: 'Raise with key' }).click();
    await page.waitForURL(/\/operations\/[0-9a-f-]{36}$/, { timeout: STEP_MS });
    return page.url();
  });

  await test.step('One person of each group states; a second refresh can’t be raised meanwhile', async () => {
    await openOperation(approver.page, address);
    await sayYes(approver.page, 'approve');
    await openOperation(cosigner.page, address);
    await sayYes(cosigner.page, 'cosign');
    await page.goto(register);
    await expect(
      page.getByText('Nothing else can be raised for it before that ends.'),
    ).toBeVisible();
    await page.goto(address);
    await page.getByRole('button', { name: 'Ask a colleague to co-sign' }).click();
    // The last one that was needed: the offer to ask is gone with it.
    await page.getByText('Every statement is there').first().waitFor({ timeout: STEP_MS });
  });

  const progress = page.getByRole('region', { name: 'Refreshing the key' });

  await test.step('It waits for the party that is off, and then every party uses the new epoch', async () => {
    await expect(progress).toContainText('Stopped at party recovery', { timeout: STEP_MS });
    await expect(page.getByText('Waits for party recovery').first()).toBeVisible();
    expect(await askSupervisor(data, { do: 'start', service: 'recovery' })).toMatchObject({
      ok: true,
    });
    await expect(page.getByText('Uses the new epoch')).toHaveCount(3, { timeout: CEREMONY_MS });
    await expect(progress).toContainText('9 of 9');
    await expect(progress).not.toContainText('Stopped');
    await page.goto(register);
    await expect(page.getByText(`Usable, epoch ${before + 1}`)).toHaveCount(3, {
      timeout: STEP_MS,
    });
    expect(await epochOf(page)).toBe(before + 1);
    await expect(page.getByText(`Epoch ${before + 1}: Shares replaced`)).toBeVisible();
    expect(await askSupervisor(data, { do: 'stop', service: 'recovery' })).toMatchObject({
      ok: true,
    });
  });
});

test('a hot key’s shares are sealed for their custodians, the register shows the coverage, and the saved files pass a drill', async ({
  three: { officer, approver, cosigner },
  place,
}, info) => {
  const { page } = officer;
  await page.goto(`${place.origin}/keys`);
  await page.getByRole('link', { name: 'Hot 1' }).click();
  await page.getByRole('heading', { level: 1, name: 'Key of Hot 1' }).waitFor();
  const register = page.url();
  const epoch = await epochOf(page);
  await expect(page.getByText(/^Custodians/)).toHaveCount(3);

  const address = await test.step('Raised with the key, after reading what it does', async () => {
    await page.getByRole('link', { name: 'Back up the shares' }).click();
    await page.getByRole('button', { name: 'Check and read it' }).click();
    await page.getByRole('button', { name: 'Raise with key' }).click({ timeout: STEP_MS });
    await page.waitForURL(/\/operations\/[0-9a-f-]{36}$/, { timeout: STEP_MS });
    return page.url();
  });

  await test.step('Stated by one person of each group, and carried out once all parties are on', async () => {
    await openOperation(approver.page, address);
    await sayYes(approver.page, 'approve');
    await openOperation(cosigner.page, address);
    await sayYes(cosigner.page, 'cosign');
    await page.goto(address);
    await page.getByRole('button', { name: 'Ask a colleague to co-sign' }).click();
    // The last one that was needed: the offer to ask is gone with it.
    await page.getByText('Every statement is there').first().waitFor({ timeout: STEP_MS });
    expect(await askSupervisor(data, { do: 'start', service: 'recovery' })).toMatchObject({
      ok: true,
    });
    await page.goto(register);
    await expect(page.getByText(`3 of 3 shares backed up at epoch ${epoch}`)).toBeVisible({
      timeout: CEREMONY_MS,
    });
    await expect(page.getByText(`Epoch ${epoch}: Shares sealed`)).toBeVisible();
  });

  await test.step('The list of keys counts it, and every share is saved as a file', async () => {
    await page.goto(`${place.origin}/keys`);
    await expect(page.getByText(`3 of 3 shares backed up at epoch ${epoch}`)).toBeVisible();
    await page.goto(register);
    const saved = new Map<string, Promise<void>>();
    page.on('download', (file) =>
      saved.set(file.suggestedFilename(), file.saveAs(info.outputPath(file.suggestedFilename()))),
    );
    await page.getByRole('button', { name: 'Save the newest backup as files' }).click();
    for (const party of ['control', 'custody', 'recovery'])
      await expect(page.getByText(`${party}: saved.`)).toBeVisible({ timeout: STEP_MS });
    await expect.poll(() => saved.size).toBe(3);
    await Promise.all(saved.values());
    expect(await askSupervisor(data, { do: 'stop', service: 'recovery' })).toMatchObject({
      ok: true,
    });
  });

  await test.step('A drill opens one of them with the sample custodians’ parts', async () => {
    const words = ['--sandbox', '--backups', info.outputDir, '--drill', '--party', 'control'];
    const drill = runScript(['scripts/recover.ts', ...words], { COUNTERSIGN_DATA: data });
    expect(await drill.ended, drill.output()).toBe(0);
    expect(drill.output()).toContain('The share of party control opens');
  });
});

test('the access review says who was never reviewed, and who kept it once somebody did', async ({
  three: { officer, approver },
  place,
}) => {
  const { page } = officer;
  await page.goto(`${place.origin}/operators/access`);
  const person = page.getByRole('article', { name: approver.name });
  await expect(person.getByText('Never reviewed')).toBeVisible();
  await expect(person.getByText('Group Control')).toBeVisible();
  await person.getByRole('button', { name: `Keep the access of ${approver.name}` }).click();
  await expect(person.getByText('Reviewed this quarter')).toBeVisible({ timeout: STEP_MS });
  await expect(person.getByText(`by ${officer.name}`)).toBeVisible();
  const own = page.getByRole('article', { name: officer.name });
  await expect(own.getByText('Somebody else reviews your own access.')).toBeVisible();
  await expect(own.getByRole('button', { name: /^Keep/ })).toHaveCount(0);
});
