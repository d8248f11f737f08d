/** Books something that never happened, as the worker of this sandbox, and has two people take it back. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { postJournal } from '#lib/ledger/post-journal.ts';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import { urlFor, workerRole } from '#lib/platform/db/roles.ts';
import { ownerUrl } from '#scripts/supervisor/environments.ts';
import { loadSecrets } from '#scripts/supervisor/secrets.ts';
import { readSettings } from '#scripts/supervisor/settings.ts';
import type { Three } from './enrol-three.ts';

/** The fourth line of the server's own file is its port. */
const portLine = 3;

function openBooks(): Database {
  const settings = readSettings(process.env, { isDev: false });
  const secrets = loadSecrets(settings.data);
  const server = readFileSync(join(settings.data, 'postgres', 'postmaster.pid'), 'utf8');
  const postgres = Number(server.split('\n')[portLine]);
  const url = ownerUrl({ ...settings, ports: { ...settings.ports, postgres } }, secrets);
  return databaseFor(urlFor(url, workerRole, secrets.databaseWorker));
}

/**
 * @param lamports that a vault is said to have got, from nobody knows whom.
 * @returns the number of the journal.
 */
export async function bookWhatNeverCame(vault: string, lamports: bigint): Promise<string> {
  const db = openBooks();
  const posted = await postJournal(db, {
    key: `deposit:solana:sandbox:never-${randomUUID()}:${vault}`,
    kind: 'deposit',
    operation: null,
    usesHold: false,
    lines: [
      { account: `vault/${vault}/SOL`, amount: lamports },
      { account: 'suspense/deposits/SOL', amount: -lamports },
    ],
    corrects: null,
    at: new Date(),
  });
  await db.$disconnect();
  if (!posted.ok) throw new Error(posted.refusal.sentence);
  return posted.value.journal.toString();
}

/**
 * Takes a journal of `bookWhatNeverCame` back as people do: one raises its reversal, another approves it.
 * @param wrong its number, the vault, and what it booked in SOL. Nothing is filled in for a deposit.
 */
export async function takeBack(
  wrong: { journal: string; vault: string; amount: string },
  { officer, approver }: Pick<Three, 'officer' | 'approver'>,
  origin: string,
): Promise<void> {
  const { journal, vault, amount } = wrong;
  const { page } = officer;
  await page.goto(`${origin}/ledger/corrections/new?journal=${journal}`);
  await expect(page.getByText('The chain confirmed this.')).toBeVisible();
  await page.getByLabel('Line 1: account').fill(`vault/${vault}/SOL`);
  await page.getByLabel('Line 1: credit').fill(amount);
  await page.getByLabel('Line 2: account').fill('suspense/deposits/SOL');
  await page.getByLabel('Line 2: debit').fill(amount);
  await page.getByLabel('Why').fill('A journal of a test.');
  await page.getByRole('button', { name: 'Raise with key' }).click();
  await expect(page.getByText('so somebody else has to approve or decline it.')).toBeVisible();
  const second = approver.page;
  await second.goto(page.url());
  await second.getByRole('button', { name: /^Approve LC-\d{6} with key: post it$/ }).click();
  await expect(second.getByText('Two people signed it, and its journal is posted.')).toBeVisible();
}
