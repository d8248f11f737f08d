/** What officers do on the pages of the destination book. */
import type { Page } from '@playwright/test';
import { reviewWithdrawal } from './withdrawal.ts';

export type Listing = { client: string; address: string; name: string };

/** Fills in the form that lists an address and goes on to what is signed. */
export async function reviewListing(
  page: Page,
  origin: string,
  { client, address, name }: Listing,
): Promise<void> {
  await page.goto(`${origin}/destinations/new?client=${client}`);
  await page.getByRole('combobox', { name: 'Asset' }).selectOption('SOL solana:sandbox');
  await page.getByRole('textbox', { name: 'Address' }).fill(address);
  await page.getByRole('textbox', { name: 'Name in the book' }).fill(name);
  await page.getByRole('combobox', { name: 'Whose address it is' }).selectOption('client-wallet');
  await page
    .getByRole('combobox', { name: 'Evidence of ownership' })
    .selectOption('signed-message');
  await page.getByRole('textbox', { name: 'Where the evidence is' }).fill('Letter 2026-7');
  await reviewWithdrawal(page);
}

export type LookAlike = { address: string; twin: string; was: string; is: string };

/** Another address with one other character in the middle, where nobody looks: its 21st. */
function lookAlikeOf(address: string): LookAlike {
  const was = address.charAt(20);
  const is = /a/i.test(was) ? 'b' : 'a';
  return { address, twin: `${address.slice(0, 20)}${is}${address.slice(21)}`, is, was };
}

/** Goes as far as what would be signed to list an address that looks like one of an exchange. */
export async function reviewLookAlike(page: Page, origin: string): Promise<LookAlike> {
  await page.goto(`${origin}/destinations?class=exchange`);
  const listed = page.getByRole('region', { name: /^Addresses of / }).first();
  const label = (await listed.getAttribute('aria-label')) ?? '';
  const alike = lookAlikeOf(await listed.locator('[translate="no"]').first().innerText());
  await reviewListing(page, origin, {
    client: label.replace('Addresses of ', ''),
    address: alike.twin,
    name: 'The same, says an e-mail',
  });
  return alike;
}
