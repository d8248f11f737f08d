/** What officers do on the pages for raising and deciding. */
import { expect, type Page } from '@playwright/test';

/** A key press, the check of it, and what the server records. */
const STATEMENT_MS = 20_000;

export type Wanted = {
  amount: string;
  reason: string;
  /** Of the sample; the first of the list without it. */
  client?: string;
  /** Code of what leaves; SOL without it. */
  asset?: string;
  /** Name of the vault it leaves; the first that holds enough without it. */
  vault?: string;
  /** From the cold vault rather than one whose parties all have a network. */
  isCold?: boolean;
};

/** Fills in the form for a sample client and stops before it is checked. */
export async function fillWithdrawal(
  page: Page,
  origin: string,
  { amount, reason, client, asset = 'SOL', vault, isCold = false }: Wanted,
): Promise<void> {
  await page.goto(`${origin}/raise`);
  await page
    .getByRole('combobox', { name: 'Client' })
    .selectOption(client === undefined ? { index: 1 } : { label: client });
  const to = page.getByRole('combobox', { name: 'To' });
  await expect(to).toBeEnabled();
  const listed = await to.getByRole('option').allTextContents();
  const label = listed.find((text) => text.includes(`· ${asset} ·`));
  if (label === undefined)
    throw new Error(`No address for ${asset}: ${listed.slice(1).join('; ')}`);
  await to.selectOption({ label });
  await (vault === undefined ? chooseVault(page, isCold) : chooseVaultNamed(page, vault));
  await page.getByRole('textbox', { name: 'Amount' }).fill(amount);
  await page.getByRole('textbox', { name: 'Why' }).fill(reason);
}

const MORE_THAN_ONE = /· (?:[1-9][\d,]*)(?:\.\d+)? /;

/** Takes the first vault of that kind that holds one whole unit or more of something. */
export async function chooseVault(page: Page, isCold = false): Promise<void> {
  const vaults = page.getByRole('combobox', { name: 'From vault' });
  const labels = await vaults.getByRole('option').allTextContents();
  const full = labels
    .slice(1)
    .find((label) => MORE_THAN_ONE.test(label) && /cold/i.test(label) === isCold);
  if (full === undefined) throw new Error(`No vault holds enough: ${labels.slice(1).join('; ')}`);
  await vaults.selectOption({ label: full });
}

async function chooseVaultNamed(page: Page, name: string): Promise<void> {
  const vaults = page.getByRole('combobox', { name: 'From vault' });
  const labels = await vaults.getByRole('option').allTextContents();
  const label = labels.find((text) => text.startsWith(`${name}, `));
  if (label === undefined) throw new Error(`No vault ${name}: ${labels.slice(1).join('; ')}`);
  await vaults.selectOption({ label });
}

/** Sends the form and waits for what will be signed. */
export async function reviewWithdrawal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check and read it' }).click();
  await page.getByText('Read what you sign').waitFor({ timeout: STATEMENT_MS });
}

/**
 * Where the roster changed since the page was read, which it does whenever a guest has come in, the
 * page asks to read again; so do these people.
 *
 * @param title what the operation that was raised is called
 * @returns its address
 */
export async function raiseWithKey(page: Page, title: RegExp = /^Send /): Promise<string> {
  const again = page.getByRole('button', { name: 'Prepare it again' });
  const isRaised = (): boolean => /\/operations\/[0-9a-f-]{36}$/.test(page.url());
  for (let presses = 1; !isRaised() && presses <= 3; presses += 1) {
    if (await again.isVisible()) await again.click();
    await page.getByRole('button', { name: 'Raise with key' }).click();
    await expect
      .poll(async () => isRaised() || (await again.isVisible()), { timeout: STATEMENT_MS })
      .toBe(true);
  }
  await page.getByRole('heading', { level: 1, name: title }).waitFor({ timeout: STATEMENT_MS });
  return page.url();
}

export async function openOperation(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: STATEMENT_MS });
}

const SAID = {
  approve: ['Approve with key', 'You approved it.'],
  cosign: ['Co-sign with key', 'You co-signed it.'],
} as const;

/** Presses the button and the key; returns once the page says that it is recorded. */
export async function sayYes(page: Page, decision: keyof typeof SAID): Promise<void> {
  const [button, said] = SAID[decision];
  await page.getByRole('button', { name: button }).click();
  await page.getByText(said).waitFor({ timeout: STATEMENT_MS });
}

/** Waits for the words under a button that is off. */
export async function expectRefused(page: Page, button: string, why: RegExp): Promise<void> {
  const choice = page.getByRole('button', { name: button });
  await expect(choice).toBeDisabled({ timeout: STATEMENT_MS });
  await expect(choice).toHaveAccessibleDescription(why);
}
