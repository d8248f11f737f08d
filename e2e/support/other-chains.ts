/** One withdrawal on each of the sandbox's other chains, by the same three people and with the same hands. */
import { randomInt } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { Three } from './enrol-three.ts';
import type { Step } from './step.ts';
import {
  fillWithdrawal,
  openOperation,
  raiseWithKey,
  reviewWithdrawal,
  sayYes,
  type Wanted,
} from './withdrawal.ts';

/** Signing, two blocks of Bitcoin at ten seconds or what Ethereum calls final, and posting; on a busy machine. */
const EXECUTION_MS = 150_000;

type Job = {
  asset: string;
  chain: string;
  wanted: () => Wanted;
  /** What the transaction shows once it is built, by the terms of its list. */
  shows: readonly (readonly [term: string, text: RegExp])[];
};

/** Another amount each time: the same one again within a day is marked as unusual. */
const drawn = (whole: string, least: number, below: number): string =>
  `${whole}${randomInt(least, below)}`;

const reason = (): string => `Client withdrawal ${randomInt(10_000, 99_999)}`;

const jobs: readonly Job[] = [
  {
    asset: 'BTC',
    chain: 'Bitcoin',
    wanted: () => ({
      client: 'C-11903',
      asset: 'BTC',
      vault: 'Bitcoin 1',
      amount: drawn('0.00', 1000, 9999),
      reason: reason(),
    }),
    shows: [
      ['Pays', /Change, back to the account that pays/],
      ['Fee', /virtual bytes/],
    ],
  },
  {
    asset: 'ETH',
    chain: 'Ethereum',
    wanted: () => ({
      client: 'C-18822',
      asset: 'ETH',
      vault: 'Ethereum 1',
      amount: drawn('0.0', 1000, 4999),
      reason: reason(),
    }),
    shows: [
      ['Addressed to', /The recipient, with/],
      ['Call', /^none; it moves ether alone$/],
    ],
  },
  {
    asset: 'EURC',
    chain: 'Ethereum',
    wanted: () => ({
      client: 'C-18822',
      asset: 'EURC',
      vault: 'Ethereum 1',
      amount: drawn('', 20, 99),
      reason: reason(),
    }),
    shows: [
      ['Addressed to', /The contract of EURC, with/],
      ['Call', /transfer\(/],
    ],
  },
];

type Open = { job: Job; amount: string; address: string };

async function state(job: Job, three: Three, origin: string, step: Step): Promise<Open> {
  const { officer, approver, cosigner } = three;
  const wanted = job.wanted();
  const { asset, chain } = job;
  const { amount } = wanted;
  await step(`${asset}: ${amount} of ${wanted.client} out of ${wanted.vault}`, officer.page, () =>
    fillWithdrawal(officer.page, origin, wanted),
  );
  await step(`${asset}: read who bears the fee on ${chain}`, officer.page, async () => {
    await reviewWithdrawal(officer.page);
    const review = officer.page.getByRole('region', { name: /^Send / });
    await expect(review.getByText(`borne by client ${wanted.client}`)).toBeVisible();
  });
  const address = await step(`${asset}: ${officer.name} raises it`, officer.page, () =>
    raiseWithKey(officer.page),
  );
  await step(`${asset}: ${approver.name} approves it`, approver.page, async () => {
    await openOperation(approver.page, address);
    await sayYes(approver.page, 'approve');
  });
  await step(`${asset}: ${cosigner.name} co-signs it`, cosigner.page, async () => {
    await openOperation(cosigner.page, address);
    await sayYes(cosigner.page, 'cosign');
  });
  return { job, amount, address };
}

const factIn = (page: Page, term: string) =>
  page
    .getByRole('region', { name: 'Chain transaction' })
    .locator('dt', { hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd[1]');

async function watch({ job, amount, address }: Open, page: Page, step: Step): Promise<void> {
  const { asset, chain, shows } = job;
  await step(`${asset}: ${amount} is final on ${chain} and posted`, page, async () => {
    await openOperation(page, address);
    await page
      .getByText('The transfer is final and posted in the ledger.')
      .waitFor({ timeout: EXECUTION_MS });
  });
  await step(`${asset}: what the parties signed, as it lies on ${chain}`, page, async () => {
    for (const [term, text] of shows) await expect(factIn(page, term)).toHaveText(text);
    await expect(factIn(page, 'Moves')).toContainText(asset);
  });
}

/**
 * All are stated first and waited for together, because each chain takes its time.
 * @returns addresses of the operations, which are final by then
 */
export async function playOtherChains(three: Three, origin: string, step: Step): Promise<string[]> {
  const open: Open[] = [];
  for (const job of jobs) open.push(await state(job, three, origin, step));
  for (const one of open) await watch(one, three.officer.page, step);
  return open.map(({ address }) => address);
}
