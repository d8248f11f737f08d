/** What founders do with a party without a network, whose machine stands in for a cold site. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { ColdProcess } from '#scripts/cold/testing/cold-process.ts';
import { pinAt } from './founding.ts';

/** The party takes a document's step, and what it answers lies in a file. */
const STEP_MS = 20_000;

async function save(page: Page, within: Locator): Promise<string> {
  const download = page.waitForEvent('download');
  await within.getByRole('button', { name: 'Save as file' }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

const carryThere = (site: ColdProcess, text: string): Promise<Uint8Array> =>
  site.carry(text, () => site.type('take', /answer is ready/u));

/** Asks the party who it is, carries the question there and the answer back. */
export async function introduce(page: Page, site: ColdProcess): Promise<void> {
  const { name } = site;
  await page.getByLabel('Name of a cold party').fill(name);
  await page.getByRole('button', { name: 'Ask it who it is' }).click();
  const party = page.getByRole('region', { name: 'Cold parties' });
  await expect(party.getByText('Its answer is awaited')).toBeVisible({ timeout: STEP_MS });
  await party.getByText('Carry the question there, and the answer back').click();
  const question = await save(page, party);
  const answer = await carryThere(site, question);
  await party.getByLabel('The file, or pictures of the codes').setInputFiles({
    name: 'answer.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(answer),
  });
  await expect(party.getByText('Has said who it is')).toBeVisible({ timeout: STEP_MS });
}

/** Carries the signed genesis to the party, whose own page shows it, and pins it there. */
export async function carryGenesis(
  page: Page,
  site: ColdProcess,
  of: { look: Page; words: string },
): Promise<void> {
  const { name, origin, data } = site;
  const row = page
    .getByRole('region', { name: 'Cold parties that take the document' })
    .locator('> div', { hasText: `For party ${name}` });
  await row.getByRole('button', { name: 'Write the document' }).click();
  const text = await save(page, row);
  await carryThere(site, text);
  const code = readFileSync(join(data, 'setup-code'), 'utf8').trim();
  await pinAt(of.look, origin, { words: of.words, code });
}
