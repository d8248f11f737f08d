/** A withdrawal from the cold vault, raised and stated, and its documents on their way. */
import { expect, type Page } from '@playwright/test';
import { drawWithdrawal } from './raise.ts';
import type { Three } from './enrol-three.ts';
import {
  fillWithdrawal,
  openOperation,
  raiseWithKey,
  reviewWithdrawal,
  sayYes,
} from './withdrawal.ts';

/** Documents of nothing but news that may come before a request: the more guests came, the more. */
export const NEWS_MAX = 12;

const PRESS_MS = 5_000;
const ORDER_MS = 30_000;

/** Raises it, has it approved and co-signed, and orders the request for cold-a. @returns its address. */
export async function orderColdRequest(three: Three, origin: string): Promise<string> {
  const { officer, approver, cosigner } = three;
  const wanted = { ...drawWithdrawal(), client: 'C-30512', isCold: true };
  await fillWithdrawal(officer.page, origin, wanted);
  await reviewWithdrawal(officer.page);
  const address = await raiseWithKey(officer.page);
  await openOperation(approver.page, address);
  await sayYes(approver.page, 'approve');
  await openOperation(cosigner.page, address);
  await sayYes(cosigner.page, 'cosign');
  const { page } = approver;
  await page.goto(`${origin}/cold`);
  await page.locator(`a[href="${tripPath(address)}"]`).click();
  const make = page.getByRole('button', { name: 'Make the request for cold-a' });
  await make.waitFor();
  // A press that comes before the page's script is there does nothing.
  await expect(async () => {
    if (await make.isVisible()) await make.click();
    await expect(make).toBeHidden({ timeout: PRESS_MS });
  }).toPass({ timeout: ORDER_MS });
  return address;
}

/** Where the trip of an operation is led, by the operation's address. */
export const tripPath = (address: string): string =>
  new URL(address).pathname.replace('/operations/', '/cold/');

/** The step that says which document is to be taken to cold-a now. */
export const nextDocument = (page: Page, trip: number) =>
  page.getByRole('heading', { name: `1. Take request ${trip} to cold-a` });
