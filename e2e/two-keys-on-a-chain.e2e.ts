/** Last by its name: what the chain takes back here, no other test rests on, and it stands still meanwhile. */
import { createBitcoinSandboxControl } from '#lib/sandbox/bitcoin/control.ts';
import { expect, test, type Page } from './support/test.ts';

const CLIENT = 'C-20418';
const SEEN_MS = 60_000;
const STEP_MS = 20_000;
const TEST_MS = 240_000;
/** Deeper than what counts as final, and less than what is mined here. */
const DEPTH = 4;

const chainsAt = (page: Page, origin: string) => page.goto(`${origin}/vaults/chains`);
const stands = (page: Page) => page.getByText('Payments stand still');

/** The client's own address on Bitcoin, as their page gives it out. */
async function depositAddress(page: Page, origin: string): Promise<string> {
  await page.goto(`${origin}/clients/${CLIENT}`);
  await page.getByText('Deposit addresses').waitFor();
  const [address] = /bcrt1p[0-9a-z]{58}/u.exec(await page.locator('main').innerText()) ?? [];
  if (address === undefined) throw new Error('The page shows no address on Bitcoin.');
  return address;
}

test('a chain that took back a credited deposit goes on when two people have signed it and the worker has proved both', async ({
  three,
  place: { origin },
}) => {
  test.setTimeout(TEST_MS);
  const port = process.env['COUNTERSIGN_BITCOIN_PORT'] ?? '3191';
  const bitcoin = createBitcoinSandboxControl(`http://127.0.0.1:${port}`);
  const [first, second] = [three.officer.page, three.approver.page];

  await bitcoin.mine(DEPTH);
  await bitcoin.deposit(await depositAddress(first, origin), 50_000n);
  await bitcoin.mine(2);
  await expect
    .poll(async () => (await first.request.get(`${origin}/ledger`)).text(), { timeout: SEEN_MS })
    .toContain(`/ledger/client/${CLIENT}/BTC`);
  await bitcoin.reorganize(DEPTH, true);
  await expect(async () => {
    await chainsAt(first, origin);
    await expect(stands(first)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: SEEN_MS });

  await first.getByRole('button', { name: /^Ask with key: .* without \d+ places?$/ }).click();
  await expect(first.getByText('Somebody else has to agree within the hour.')).toBeVisible({
    timeout: STEP_MS,
  });

  await chainsAt(second, origin);
  await expect(second.getByText(/asked to let it go on without comparing/)).toBeVisible();
  await second.getByRole('button', { name: /^Agree with key: / }).click();
  // Drawn anew by itself, first while the worker checks, then without the case.
  await expect(stands(second)).toBeHidden({ timeout: SEEN_MS });
  await expect(second.getByRole('button', { name: /with key/ })).toBeHidden();
});
