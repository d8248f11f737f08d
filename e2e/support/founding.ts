/** What founders do on the genesis page and at the parties' own pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** A server action that asks every party, a key press, or an event on its way to another page. */
const STEP_MS = 20_000;

export type PartyName = 'control' | 'custody' | 'recovery';
export const partyNames = ['control', 'custody', 'recovery'] as const;

/** The links that an empty sandbox printed, in the founders' order. */
export function founderLinks(data: string): string[] {
  const text = readFileSync(join(data, 'sandbox', 'welcome.json'), 'utf8');
  return (JSON.parse(text) as { links: { url: string }[] }).links.map(({ url }) => url);
}

/** What the person at a party's machine reads in its data folder. */
export const setupCode = (data: string, party: PartyName): string =>
  readFileSync(join(data, 'parties', party, 'setup-code'), 'utf8').trim();

export async function openGenesis(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/genesis`);
  await page.getByRole('heading', { level: 1, name: 'Genesis' }).waitFor({ timeout: STEP_MS });
}

const wordsIn = async (list: Locator): Promise<string> =>
  (await list.getByRole('listitem').allTextContents()).join(' ');

/** The twelve words of the document, as the console shows them to whoever looks. */
export const fingerprint = (page: Page): Promise<string> =>
  wordsIn(page.getByRole('list', { name: 'Words of the digest' }));

/** The six words of a party, as the console shows them. */
export const wordsOfParty = (page: Page, party: PartyName): Promise<string> =>
  wordsIn(page.getByRole('list', { name: `Fingerprint words of party ${party}` }));

/** Address of a party's own page, as the console links it. */
export async function partyOrigin(page: Page, party: PartyName): Promise<string> {
  const row = page.getByRole('list', { name: `Fingerprint words of party ${party}` });
  const panel = page.getByRole('region', { name: 'Parties' }).locator('> div').filter({ has: row });
  const address = await panel.getByRole('link').getAttribute('href');
  return new URL(address ?? '').origin;
}

/** Says that everything was compared, and signs with the page's key. */
export async function signDocument(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /^I compared / }).check();
  const button = page.getByRole('button', { name: 'Sign with key' });
  await button.click();
  // The page takes the button away once the signature is on record.
  await button.waitFor({ state: 'detached', timeout: STEP_MS });
}

/** Fills in the form of a party's page and sends it. */
export async function sendCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Set-up code of this party').fill(code);
  await page.getByRole('button', { name: 'Pin genesis' }).click();
}

/** Opens a party's page, compares what it is offered with the console's words, and pins it. */
export async function pinAt(
  page: Page,
  origin: string,
  of: { words: string; code: string },
): Promise<void> {
  await page.goto(origin);
  await expect(page.getByRole('heading', { name: 'Genesis on offer' })).toBeVisible();
  await expect(page.getByText(of.words, { exact: true })).toBeVisible();
  await sendCode(page, of.code);
  await expect(page.getByRole('heading', { name: 'Pinned genesis' })).toBeVisible();
}

/** The form without the page, as somebody would send it who wants to be early or to mislead. */
export function postPin(
  page: Page,
  origin: string,
  form: { digest: string; code: string },
): ReturnType<Page['request']['post']> {
  return page.request.post(`${origin}/pin`, { form, headers: { origin }, maxRedirects: 0 });
}
