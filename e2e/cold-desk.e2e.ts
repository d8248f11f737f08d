import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { finishColdSigning } from '#lib/mpc/client/cold-signing.ts';
import { onlineOf, sendOut } from '#lib/mpc/testing/cold-custody.ts';
import { travelWords } from '#lib/protocol/travel/travel-document.ts';
import { findBarriers } from './support/axe.ts';
import { openColdSite, plugIn, type ColdSite } from './support/cold-site.ts';
import { Complaints } from './support/complaints.ts';

let site: ColdSite;
test.beforeAll(async () => {
  site = await openColdSite();
});
test.afterAll(() => site.close());

test('a person at a cold site reads a request, compares, presses a key and saves an answer that completes the signature', async ({
  page,
}, info) => {
  const complaints = new Complaints();
  complaints.follow(page, 'cold site');
  const { custody, vault, origin } = site;
  await plugIn(page, custody.organisation.keys.cora.exportKey());
  const out = await sendOut(custody, vault);
  await page.goto(`${origin}/cold`);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByLabel('As a file').setInputFiles({
    name: 'request.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(out.text),
  });
  await page.getByRole('button', { name: 'Read the file' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('0.001500000 SOL');
  await expect(page.getByText(travelWords(out.trip.requestDigest).join(' '))).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign this transaction' }).click();
  await expect(page.getByText('The answer is ready.')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Save signing-answer/u }).click();
  const path = info.outputPath('answer.txt');
  await (await download).saveAs(path);
  const finished = await finishColdSigning(
    onlineOf(custody),
    out.trip,
    new Uint8Array(readFileSync(path)),
    { now: new Date() },
  );
  expect(finished.ok).toBe(true);
  await page.getByRole('link', { name: 'Show it as codes' }).click();
  await expect(page.getByRole('img', { name: /^Code 2 of/u })).toBeVisible();
  await page.getByRole('link', { name: 'Stop here' }).click();
  expect(await findBarriers(page)).toEqual([]);
  expect(complaints.take()).toEqual([]);
});
