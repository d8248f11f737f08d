import { readFileSync } from 'node:fs';
import { verifyControls } from '#lib/verify/verify-controls.ts';
import { verifyProof } from '#lib/verify/verify-proof.ts';
import { expect, test, type Page } from './support/test.ts';
import { openOperation, raiseWithKey, sayYes } from './support/withdrawal.ts';

/** The worker closes the books, builds the trees and asks the node for a block. */
const SNAPSHOT_MS = 60_000;
const SIGNING_MS = 60_000;

async function saved(page: Page, save: () => Promise<void>): Promise<unknown> {
  const [download] = await Promise.all([page.waitForEvent('download'), save()]);
  return JSON.parse(readFileSync(await download.path(), 'utf8')) as unknown;
}

const savePublication = (page: Page): Promise<unknown> =>
  saved(page, () => page.getByRole('button', { name: 'Save the public file' }).click());

test('a snapshot is taken, the key of a vault answers for it, and a client checks their part', async ({
  three: { officer, approver, cosigner },
  place: { origin },
}) => {
  const { page } = officer;

  await test.step('Somebody asks for a snapshot, and it comes', async () => {
    await page.goto(`${origin}/proofs`);
    const before = await page.locator('tbody th a').first().getAttribute('href');
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    const newest = page.locator('tbody th a').first();
    await expect(newest).not.toHaveAttribute('href', before ?? '', { timeout: SNAPSHOT_MS });
    await newest.click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Snapshot of');
  });
  const snapshot = page.url();

  const operation =
    await test.step('An officer raises that a vault’s key answers for it', async () => {
      await page.locator('a[href$="/control/warm-1"]').click();
      await page.getByRole('button', { name: 'Check and read it' }).click();
      await expect(
        page.getByText('no chain takes it for a transaction', { exact: false }),
      ).toBeVisible();
      return raiseWithKey(page, /^Prove control/);
    });

  await test.step('Two others state it, and the parties sign', async () => {
    await openOperation(approver.page, operation);
    await sayYes(approver.page, 'approve');
    await openOperation(cosigner.page, operation);
    await sayYes(cosigner.page, 'cosign');
    await page.goto(snapshot);
    await expect(page.getByText('Verifies under the address')).toBeVisible({ timeout: SIGNING_MS });
  });

  await test.step('The files hold without the console', async () => {
    const publication = await savePublication(page);
    expect(verifyControls(publication)).toMatchObject({ ok: true, proved: ['warm-1'] });
    await page.getByRole('textbox', { name: 'Client number' }).fill('C-11903');
    const proof = await saved(page, () =>
      page.getByRole('button', { name: 'Save this client’s proof' }).click(),
    );
    const { snapshot: stated } = publication as { snapshot: unknown };
    expect(verifyProof({ snapshot: stated, proof })).toMatchObject({ ok: true, client: 'C-11903' });
    expect(JSON.stringify(proof)).not.toContain('C-20418');
  });

  await test.step('A number that is no client’s gets a sentence and no file', async () => {
    await page.getByRole('textbox', { name: 'Client number' }).fill('C-99999');
    await page.getByRole('button', { name: 'Save this client’s proof' }).click();
    await expect(page.getByText('This client had no account with a movement')).toBeVisible();
  });
});
