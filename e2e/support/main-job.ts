/** The main job: a withdrawal from raise to posted journal, by three people through real pages. */
import { expect, type Page } from '@playwright/test';
import { challengeOf, type AssertionJson, type Statement } from '#lib/protocol/statement.ts';
import type { Three } from './enrol-three.ts';
import { drawWithdrawal } from './raise.ts';
import type { Step } from './step.ts';
import {
  expectRefused,
  fillWithdrawal,
  openOperation,
  raiseWithKey,
  reviewWithdrawal,
  sayYes,
} from './withdrawal.ts';

/** Signing, the chain's finality and posting; the sandbox chain takes a few seconds. */
const EXECUTION_MS = 60_000;
const LIVE_MS = 20_000;

const timeline = (page: Page) =>
  page.getByRole('list', { name: 'What happened and what is to come' });

/** Time at which the document began, which only loading it anew changes. */
const documentStart = (page: Page): Promise<number> => page.evaluate(() => performance.timeOrigin);

async function raise({ officer }: Three, origin: string, step: Step): Promise<string> {
  const { page, name } = officer;
  await step(`${name} begins at the queue`, page, async () => {
    await page.goto(`${origin}/queue`);
    await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor();
  });
  await step('Vaults and balances', page, async () => {
    await page.goto(`${origin}/vaults`);
    await page.getByRole('heading', { level: 1, name: 'Vaults' }).waitFor();
  });
  await step('A withdrawal for a client to a listed address', page, () =>
    fillWithdrawal(page, origin, drawWithdrawal()),
  );
  await step('Read exactly what is signed', page, () => reviewWithdrawal(page));
  const address = await step('Raised with the key', page, () => raiseWithKey(page));
  await step('Refused: who raised it cannot approve it', page, async () => {
    await expectRefused(page, 'Approve with key', /You raised this withdrawal/);
  });
  return address;
}

async function approve({ approver, cosigner }: Three, address: string, step: Step) {
  await step(
    `${cosigner.name} has the page open; co-signing comes after approval`,
    cosigner.page,
    async () => {
      await openOperation(cosigner.page, address);
      await expectRefused(cosigner.page, 'Co-sign with key', /comes after approval/);
    },
  );
  const { page, name } = approver;
  await step(`${name} finds it in the queue`, page, async () => {
    await page.goto(new URL('/queue', address).href);
    await page
      .locator(`a[href="${new URL(address).pathname}"]`)
      .first()
      .waitFor();
  });
  await step(`${name} reads it`, page, () => openOperation(page, address));
  await step(`${name} approves with the key`, page, () => sayYes(page, 'approve'));
  await step('Refused: the same person twice', page, async () => {
    await expectRefused(page, 'Approve with key', /You have approved this withdrawal already/);
  });
}

async function cosign({ officer, cosigner }: Three, step: Step): Promise<void> {
  const { page, name } = cosigner;
  await step(`It changed while ${name} had it open: the buttons are off`, page, async () => {
    await page.getByText('It changed while you had it open.').waitFor({ timeout: LIVE_MS });
    await expect(page.getByRole('button', { name: 'Co-sign with key' })).toBeDisabled();
    await expect(page.getByRole('button', { name: 'Reject' })).toBeDisabled();
  });
  await step(`${name} reads it again`, page, async () => {
    await page.getByRole('button', { name: 'Read it again' }).click();
    await expect(page.getByRole('button', { name: 'Co-sign with key' })).toBeEnabled({
      timeout: LIVE_MS,
    });
  });
  const watching = officer.page;
  const start = await documentStart(watching);
  await step(`${name} co-signs with the key`, page, () => sayYes(page, 'cosign'));
  await step(
    `${officer.name} watches: signed by the parties, sent to the chain`,
    watching,
    async () => {
      await timeline(watching)
        .getByText('Sent to the chain', { exact: true })
        .waitFor({ timeout: EXECUTION_MS });
    },
  );
  await step('Final on the chain and posted, without reloading', watching, async () => {
    for (const title of ['Final on the chain', 'Posted in the ledger'])
      await timeline(watching).getByText(title, { exact: true }).waitFor({ timeout: EXECUTION_MS });
    await watching.getByText('The transfer is final and posted in the ledger.').waitFor();
    expect(await documentStart(watching), 'the page was loaded once').toBe(start);
  });
}

/** The whole digest, which stands beside its words wherever an operation is read. */
const digestBeside = (page: Page) =>
  page.getByRole('list', { name: 'Words of the digest' }).locator('xpath=following-sibling::*[1]');

/** What a key signed: the challenge in the client data, as base64url. */
function challengeIn(clientData: string | undefined): unknown {
  const data = JSON.parse(Buffer.from(clientData ?? '', 'base64url').toString()) as {
    challenge?: unknown;
  };
  return data.challenge;
}

/** Opens every drawer with a statement, and checks that a key signed it over the digest shown. */
async function readEvidence(page: Page): Promise<void> {
  await expect(digestBeside(page)).toHaveText(/^[0-9a-f]{64}$/);
  const digest = await digestBeside(page).textContent();
  const drawers = timeline(page).locator('details');
  await expect(drawers).toHaveCount(3);
  const decisions: unknown[] = [];
  for (const drawer of await drawers.all()) {
    await drawer.locator('summary').click();
    const [text, assertion] = await drawer.locator('pre').allTextContents();
    const stated = JSON.parse(text ?? '') as Statement;
    const signed = JSON.parse(assertion ?? '') as AssertionJson;
    expect(stated.intentDigest, 'the statement names the digest on the page').toBe(digest);
    expect(challengeIn(signed.response.clientDataJSON), 'the key signed this statement').toBe(
      challengeOf(stated),
    );
    expect(signed.response.signature, 'the assertion holds a signature').toMatch(/^[\w-]{20,}$/);
    decisions.push(stated.decision);
  }
  expect(decisions).toEqual(['raise', 'approve', 'cosign']);
}

async function readRecords({ officer }: Three, address: string, step: Step): Promise<void> {
  const { page } = officer;
  await step('Every statement with its raw evidence', page, () => readEvidence(page));
  await step('The client’s account: held, then posted', page, async () => {
    await page.getByRole('region', { name: 'Ledger' }).getByRole('link').first().click();
    await page.waitForURL(/\/ledger\/client\//);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  await step('The journal that posted it', page, async () => {
    await openOperation(page, address);
    await page.getByRole('region', { name: 'Ledger' }).getByRole('link').last().click();
    await page.waitForURL(/\/ledger\/journals\//);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
}

/** @returns address of the operation, which is final by then */
export async function playMainJob(three: Three, origin: string, step: Step): Promise<string> {
  const address = await raise(three, origin, step);
  await step('The client’s balance is held', three.cosigner.page, async () => {
    const { page } = three.cosigner;
    await openOperation(page, address);
    await page.getByRole('region', { name: 'Ledger' }).getByText('still in place').waitFor();
    await page.getByRole('region', { name: 'Ledger' }).getByRole('link').first().click();
    await page.waitForURL(/\/ledger\/client\//);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  await approve(three, address, step);
  await cosign(three, step);
  await readRecords(three, address, step);
  return address;
}
