/** An organisation founded by hand, on a sandbox of its own that has no sample organisation. */
import { test as base, expect, type Page } from '@playwright/test';
import { askSupervisor } from '#scripts/supervisor/control.ts';
import { startTestSandbox, type TestSandbox } from '#scripts/testing/sandbox.ts';
import { prepareCold, type ColdProcess } from '#scripts/cold/testing/cold-process.ts';
import { findBarriers } from './support/axe.ts';
import { carryGenesis, introduce } from './support/cold-founding.ts';
import { Complaints } from './support/complaints.ts';
import { registerThroughLink, signIn } from './support/enrol.ts';
import {
  fingerprint,
  founderLinks,
  openGenesis,
  partyNames,
  partyOrigin,
  pinAt,
  postPin,
  sendCode,
  setupCode,
  signDocument,
  wordsOfParty,
  type PartyName,
} from './support/founding.ts';
import { inviteOfficer } from './support/invite.ts';
import { newPerson, type Person, type Place } from './support/person.ts';
import { openOperation, sayYes } from './support/withdrawal.ts';

/** All of it takes well under a minute on a machine that does nothing else. */
const TEST_MS = 240_000;
/** Without a build at hand the sandbox makes one first. */
const START_MS = 300_000;
/** Events, and parties that are asked every few seconds. */
const LIVE_MS = 20_000;
const CEREMONY_MS = 30_000;

const test = base.extend<object, { sandbox: TestSandbox; cold: ColdProcess }>({
  cold: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures it hands out here
    async ({}, use) => {
      const cold = await prepareCold('cold-a', 'custody');
      await cold.start();
      await use(cold);
      await cold.remove();
    },
    { scope: 'worker', timeout: TEST_MS },
  ],
  sandbox: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures it hands out here
    async ({}, use) => {
      const sandbox = await startTestSandbox('genesis', { isEmpty: true });
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'worker', timeout: START_MS },
  ],
});

const heading = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name });

async function registered(place: Place, name: string, link: string): Promise<Person> {
  const person = await newPerson(place, name);
  await registerThroughLink(person.page, link, `Key of ${name}`);
  await signIn(person.page, place.origin);
  return person;
}

test('founders enrol, compare, sign and pin; then the parties make the first key, and nothing comes before its time', async ({
  browser,
  sandbox,
  cold,
}) => {
  test.setTimeout(TEST_MS);
  const { origin, data } = sandbox;
  const complaints = new Complaints();
  const place: Place = { browser, origin, complaints };
  const links = founderLinks(data);
  expect(links).toHaveLength(4);

  const first = await test.step('the first founder alone can draw up nothing', async () => {
    const person = await registered(place, 'Founder 1', links[0] ?? '');
    await expect(heading(person.page, /^Genesis$/)).toBeVisible();
    await expect(person.page.getByText(/^Still missing among those who have/)).toContainText(
      'an officer of Control to approve, an officer of Custody',
    );
    await expect(person.page.getByRole('button', { name: /^Draw / })).toHaveCount(0);
    expect(await findBarriers(person.page)).toEqual([]);
    return person;
  });
  const others = await Promise.all(
    links.slice(1).map((link, index) => registered(place, `Founder ${index + 2}`, link)),
  );
  const [second, third, fourth] = others;
  if (!second || !third || !fourth) throw new Error('A founder is missing.');

  await test.step('a party without a network is asked who it is, by a document', async () => {
    await introduce(first.page, cold);
    expect(await findBarriers(first.page)).toEqual([]);
  });

  const origins = new Map<PartyName, string>();
  const before =
    await test.step('one draws it up, and each party shows its own words', async () => {
      await first.page.getByRole('button', { name: 'Draw up the genesis document' }).click();
      await expect(first.page.getByText('0 of 4 founders have signed.')).toBeVisible();
      const look = await first.context.newPage();
      for (const party of partyNames) {
        const address = await partyOrigin(first.page, party);
        origins.set(party, address);
        await look.goto(address);
        await expect(look.getByRole('heading', { name: 'No genesis yet' })).toBeVisible();
        const words = await wordsOfParty(first.page, party);
        await expect(look.getByText(words, { exact: true })).toBeVisible();
      }
      await look.close();
      expect(await findBarriers(first.page)).toEqual([]);
      return fingerprint(first.page);
    });
  const addressOf = (party: PartyName): string => origins.get(party) ?? '';

  await test.step('drawn up again for one more founder, what was signed counts no more', async () => {
    await signDocument(first.page);
    await expect(second.page.getByText('1 of 4 founders have signed.')).toBeVisible({
      timeout: LIVE_MS,
    });
    const { link } = await inviteOfficer(first.page, origin, {
      name: 'Founder 5',
      group: 'Control',
    });
    const late = await registered(place, 'Founder 5', link);
    await expect(late.page.getByText('You are not in this document.')).toBeVisible();
    await openGenesis(first.page, origin);
    await expect(first.page.getByText('Not everybody is in it.')).toBeVisible();
    await first.page.getByRole('button', { name: 'Draw it up again' }).click();
    await expect(first.page.getByText('0 of 5 founders have signed.')).toBeVisible();
    others.push(late);
  });

  const words = await fingerprint(first.page);
  expect(words).not.toBe(before);
  const digestOnPage = async (page: Page): Promise<string> =>
    page.locator('input[name=digest]').inputValue();

  await test.step('each founder sees the same words and signs once', async () => {
    for (const person of [first, ...others.slice(0, -1)]) {
      await expect
        .poll(() => fingerprint(person.page), { message: 'the words of the new document' })
        .toBe(words);
      await signDocument(person.page);
      await expect(person.page.getByText(/^You have signed\./)).toBeVisible();
      await expect(person.page.getByRole('button', { name: 'Sign with key' })).toHaveCount(0);
    }
  });

  const visitor = await newPerson(place, 'Somebody at the parties');
  await test.step('no party can be pinned before the last founder has signed', async () => {
    const early = await postPin(visitor.page, addressOf('control'), {
      digest: 'a'.repeat(64),
      code: setupCode(data, 'control'),
    });
    expect(early.status()).toBe(409);
    await visitor.page.goto(addressOf('control'));
    await expect(visitor.page.getByRole('heading', { name: 'No genesis yet' })).toBeVisible();
    const last = others.at(-1);
    if (!last) throw new Error('The last founder is missing.');
    await signDocument(last.page);
    await expect(first.page.getByText('Every founder has signed.')).toBeVisible({
      timeout: LIVE_MS,
    });
    await expect(first.page.getByText('Waits to be pinned at its address')).toHaveCount(3, {
      timeout: LIVE_MS,
    });
  });
  expect(complaints.take(), 'errors and warnings in the browsers’ consoles').toEqual([]);

  await test.step('a party takes neither a wrong code, however often, nor another digest', async () => {
    const { page } = visitor;
    await page.goto(addressOf('control'));
    const digest = await digestOnPage(page);
    await sendCode(page, 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF');
    await expect(page.getByRole('alert')).toHaveText(/^The set-up code is wrong\./);
    expect(await findBarriers(page)).toEqual([]);
    await expect(page.getByLabel('Set-up code of this party')).toBeFocused();
    const code = setupCode(data, 'control');
    await page.locator('input[name=digest]').evaluate((input: HTMLInputElement) => {
      input.value = 'b'.repeat(64);
    });
    await sendCode(page, code);
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Genesis on offer' })).toBeVisible();
    for (let guess = 2; guess <= 5; guess += 1)
      expect((await postPin(page, addressOf('control'), { digest, code: 'WRONG' })).status()).toBe(
        403,
      );
    const spent = await postPin(page, addressOf('control'), { digest, code: 'WRONG' });
    expect(spent.status()).toBe(429);
    expect(await spent.text()).toContain('Too many wrong codes in one minute.');
    // The browser reports an answer of 403 or 409 to a form as an error; these two, and no other.
    const refused = complaints.take();
    expect(refused).toHaveLength(2);
    for (const line of refused) expect(line).toMatch(/status of (?:403|409)/u);
  });

  await test.step('the cold party takes the signed document by hand, and pins it at its own page', async () => {
    await carryGenesis(first.page, cold, { look: visitor.page, words });
    expect(await findBarriers(first.page)).toEqual([]);
  });

  await test.step('pinned at each party, it comes into force before everybody’s eyes', async () => {
    for (const [index, party] of partyNames.entries()) {
      await pinAt(visitor.page, addressOf(party), { words, code: setupCode(data, party) });
      if (index === 0)
        await expect(first.page.getByText('1 of 3 parties have pinned it')).toBeVisible({
          timeout: LIVE_MS,
        });
    }
    await expect(first.page.getByText('every party with a network has pinned it')).toBeVisible({
      timeout: LIVE_MS,
    });
    const again = await postPin(visitor.page, addressOf('custody'), {
      digest: 'a'.repeat(64),
      code: 'ANY',
    });
    expect(again.status()).toBe(409);
  });

  await test.step('the parties make the first key, once each group has stated and all are on', async () => {
    expect(await askSupervisor(data, { do: 'stop', service: 'recovery' })).toMatchObject({
      ok: true,
    });
    await first.page.getByRole('link', { name: 'Make the first vault’s key' }).click();
    await expect(first.page.getByText('Party recovery is off.')).toBeVisible();
    await first.page.getByRole('textbox', { name: 'Name' }).fill('Warm 1');
    await first.page.getByRole('textbox', { name: 'Id' }).fill('warm-1');
    await first.page.getByRole('radio', { name: /^Warm/ }).check();
    await first.page
      .getByRole('combobox', { name: 'Network' })
      .selectOption({ label: 'Solana, sandbox' });
    await first.page.getByRole('button', { name: 'Check and read it' }).click();
    await first.page.getByRole('button', { name: 'Raise with key' }).click();
    await first.page.waitForURL(/\/operations\/[0-9a-f-]{36}$/);
    const address = first.page.url();
    for (const [person, decision] of [
      [second, 'approve'],
      [third, 'cosign'],
      [fourth, 'cosign'],
    ] as const) {
      await openOperation(person.page, address);
      await sayYes(person.page, decision);
    }
    await expect(fourth.page.getByText('Party recovery is off.')).toBeVisible();
    expect(await askSupervisor(data, { do: 'start', service: 'recovery' })).toMatchObject({
      ok: true,
    });
    await expect(fourth.page.getByText('Holds a share')).toHaveCount(3, { timeout: CEREMONY_MS });
    await fourth.page.goto(`${origin}/vaults`);
    await expect(fourth.page.getByText('key-warm-1')).toBeVisible();
  });
  expect(complaints.take(), 'errors and warnings in the browsers’ consoles').toEqual([]);
});
