import { randomInt } from 'node:crypto';
import type { Page } from '@playwright/test';
import { fillWithdrawal, raiseWithKey, reviewWithdrawal, type Wanted } from './withdrawal.ts';

/** Another amount each time: the same one again within a day is marked as unusual. */
export const drawWithdrawal = (): Wanted => ({
  amount: `0.${randomInt(2000, 9999)}`,
  reason: `Client withdrawal ${randomInt(10_000, 99_999)}`,
});

/** Raises some small withdrawal. @returns the operation's address */
export async function raiseSome(page: Page, origin: string): Promise<string> {
  await fillWithdrawal(page, origin, drawWithdrawal());
  await reviewWithdrawal(page);
  return raiseWithKey(page);
}
