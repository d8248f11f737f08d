import { askForGuestLink } from './support/invite.ts';
import { captureAction, isAction, refusalIn, sendAction, wasDone } from './support/actions.ts';
import { newPerson } from './support/person.ts';
import { raiseSome } from './support/raise.ts';
import { registerThroughLink } from './support/enrol.ts';
import { expect, test, type Page } from './support/test.ts';
import {
  fillWithdrawal,
  openOperation,
  raiseWithKey,
  reviewWithdrawal,
} from './support/withdrawal.ts';

const WANTED = { amount: '0.31', reason: 'Client withdrawal 77001' };
const BAD_AMOUNTS = [
  ['1,5', 'Write the amount as digits'],
  ['-1', 'Write the amount as digits'],
  ['+1', 'Write the amount as digits'],
  ['1e3', 'Write the amount as digits'],
  ['１', 'Write the amount as digits'],
  [' 1 ', 'Write the amount as digits'],
  ['0x10', 'Write the amount as digits'],
  ['0.0000000001', 'SOL has 9 decimals'],
  ['0', 'more than zero'],
  ['', 'Enter an amount'],
] as const;
const TOO_MUCH = ['4999', 'Enter at most that'] as const;

const check = (page: Page) => page.getByRole('button', { name: 'Check and read it' });

test('amounts that are not plain are refused in the form with a sentence, and never rounded', async ({
  three,
  place,
}) => {
  const { page } = three.officer;
  await fillWithdrawal(page, place.origin, WANTED);
  const amount = page.getByRole('textbox', { name: 'Amount' });
  for (const [text, sentence] of [...BAD_AMOUNTS, TOO_MUCH]) {
    await amount.fill(text);
    await check(page).click();
    await expect(amount, text).toHaveAttribute('aria-invalid', 'true');
    await expect(amount, text).toHaveAccessibleDescription(new RegExp(sentence));
    await expect(amount, 'what was typed stays').toHaveValue(text);
    await expect(amount, 'the focus goes to it').toBeFocused();
  }
});

const ETHER = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const BAD_ADDRESSES = [
  ['BTC', '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr', 'not a Bitcoin address'],
  ['BTC', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'another Bitcoin network'],
  ['BTC', 'bcrt1sw50qt2uwha', 'Bitcoin has not put in force'],
  ['ETH', ETHER.replace('5aAeb', '5AAeb'), 'At least one character'],
  ['EURC', ETHER.toLowerCase(), 'no checksum'],
  ['SOL', ETHER, 'not a Solana address'],
] as const;

test('an address that its network would lose or not know is refused at its field, and the form keeps the rest', async ({
  three,
  place,
}) => {
  const { page } = three.officer;
  await page.goto(`${place.origin}/destinations/new?client=C-11903`);
  const asset = page.getByRole('combobox', { name: 'Asset' });
  const address = page.getByRole('textbox', { name: 'Address' });
  const name = page.getByRole('textbox', { name: 'Name in the book' });
  await name.fill('Another wallet');
  await page.getByRole('combobox', { name: 'Whose address it is' }).selectOption('client-wallet');
  const offered = await asset.getByRole('option').allTextContents();
  for (const [code, text, sentence] of BAD_ADDRESSES) {
    const label = offered.find((option) => option.startsWith(`${code} `)) ?? code;
    await asset.selectOption({ label });
    await address.fill(text);
    await check(page).click();
    await expect(address, text).toHaveAccessibleDescription(new RegExp(sentence));
    await expect(address, text).toHaveAttribute('aria-invalid', 'true');
    await expect(address, 'the focus goes to it').toBeFocused();
    await expect(address, 'what was typed stays').toHaveValue(text);
    await expect(name).toHaveValue('Another wallet');
  }
});

test('so little bitcoin that no node passes it on is refused at the amount before anybody states', async ({
  three,
  place,
}) => {
  const { page } = three.officer;
  await fillWithdrawal(page, place.origin, {
    client: 'C-11903',
    asset: 'BTC',
    vault: 'Bitcoin 1',
    amount: '0.00000329',
    reason: 'Client withdrawal 77002',
  });
  await check(page).click();
  const amount = page.getByRole('textbox', { name: 'Amount' });
  await expect(amount).toHaveAccessibleDescription(/Enter at least 0\.00000330 BTC/);
  await expect(amount).toBeFocused();
  await amount.fill('0.00000330');
  await expect(amount, 'what was said of another amount goes').not.toHaveAttribute('aria-invalid');
  await reviewWithdrawal(page);
});

test('sent past the form, the server refuses each of them, and an id already used for something else', async ({
  three,
  place,
}) => {
  const { page, context } = three.officer;
  const requests = context.request;
  await fillWithdrawal(page, place.origin, WANTED);
  const sent = await captureAction(page, () => check(page).click());
  const send = (body: string) => sendAction(requests, { ...sent, body }, place.origin);
  for (const [text] of BAD_AMOUNTS) {
    const body = sent.body.replace(
      `"amount":"${WANTED.amount}"`,
      `"amount":${JSON.stringify(text)}`,
    );
    expect(body).not.toBe(sent.body);
    const answer = await send(body);
    expect(await wasDone(answer), text).toBe(false);
    expect(await refusalIn(answer), text).toBe('form-invalid');
  }
  const much = await send(sent.body.replace(`"amount":"${WANTED.amount}"`, '"amount":"99999"'));
  expect(await refusalIn(much)).toBe('policy-denies');
  for (const body of ['', '[]', '[null]', '[{}]', '["$K1"]', '{', `[${'['.repeat(5000)}`]) {
    const answer = await send(body);
    expect(await wasDone(answer), body.slice(0, 20)).toBe(false);
  }
  const oversized = await send(`[{"reason":"${'x'.repeat(100_000)}"}]`);
  expect(oversized.ok()).toBe(false);
  expect(await wasDone(oversized)).toBe(false);

  await page.getByText('Read what you sign').waitFor();
  await raiseWithKey(page);
  const other = await send(sent.body.replace(`"amount":"${WANTED.amount}"`, '"amount":"0.32"'));
  expect(await refusalIn(other)).toBe('operation-id-used');
  const same = await send(sent.body);
  expect(await same.text()).toContain('already-raised');
});

test('an action from another origin, from none or without a session changes nothing', async ({
  three,
  place,
}) => {
  const { page } = three.approver;
  await openOperation(page, await raiseSome(three.officer.page, place.origin));
  await page.route('**/*', async (route) => {
    if (isAction(route.request())) await route.abort();
    else await route.continue();
  });
  const sent = await captureAction(page, () =>
    page.getByRole('button', { name: 'Approve with key' }).click(),
  );
  await page.unrouteAll();
  const own = three.approver.context.request;
  for (const origin of ['https://evil.example', 'null', `${place.origin}.evil.example`, null]) {
    const answer = await sendAction(own, sent, origin);
    expect(await wasDone(answer), String(origin)).toBe(false);
  }
  const stranger = await newPerson(place, 'stranger');
  const answer = await sendAction(stranger.context.request, sent, place.origin);
  expect(await refusalIn(answer)).toBe('signed-out');
  await stranger.context.close();
  // From the console itself the very same request is answered, so the refusals above had a reason.
  expect(await wasDone(await sendAction(own, sent, place.origin))).toBe(true);
  // The request that was cut off is a complaint of this test's own making.
  expect(place.complaints.take()).toEqual([expect.stringContaining('net::ERR_FAILED')]);
});

test('a key press that was tampered with on the way is refused, and a repeated one counts once', async ({
  three,
  place,
}) => {
  const { page } = three.officer;
  await fillWithdrawal(page, place.origin, WANTED);
  await reviewWithdrawal(page);
  await page.route('**/raise*', async (route) => {
    const body = route.request().postData() ?? '';
    const tampered = body.replace(
      /("signature":"[\w-]{20})(.)/,
      (_all, start: string, mark: string) => `${start}${mark === 'A' ? 'B' : 'A'}`,
    );
    await route.continue({ postData: tampered });
  });
  await page.getByRole('button', { name: 'Raise with key' }).click();
  await page.getByText('Not recorded.').waitFor();
  await page.unrouteAll();

  await page.getByRole('button', { name: 'Prepare it again' }).click();
  const raise = page.getByRole('button', { name: 'Raise with key' });
  await raise.waitFor();
  const sent = await captureAction(page, () => raise.click());
  await page.waitForURL(/\/operations\//);
  const repeated = await sendAction(three.officer.context.request, sent, place.origin);
  expect(await refusalIn(repeated)).toBe('challenge-used');
  const foreign = await sendAction(three.approver.context.request, sent, place.origin);
  expect(await wasDone(foreign)).toBe(false);
});

test('an enrolment link opens one enrolment: whoever comes second is told so', async ({
  place,
}) => {
  const first = await newPerson(place, 'first');
  const { link } = await askForGuestLink(first.page, place.origin, 'cosigner');
  const other = await newPerson(place, 'second');
  const second = other.page;
  await second.goto(link);
  await second.getByRole('heading', { level: 1, name: /^Enrol as / }).waitFor();
  await registerThroughLink(first.page, link);

  await second.getByRole('textbox', { name: 'Name of the key' }).fill('Second key');
  await second.getByRole('button', { name: 'Register a key' }).click();
  await expect(second.getByText('This enrolment link was already used.')).toBeVisible();
  await second.goto(`${place.origin}/sign-in`);
  await second.goto(link);
  await expect(
    second.getByRole('heading', {
      level: 1,
      name: /^(?:Waiting to be admitted|You are admitted)$/,
    }),
  ).toBeVisible();
  await expect(second.getByRole('button', { name: 'Register a key' })).toHaveCount(0);
  await first.context.close();
  await other.context.close();
});

test('a link that is cut short or made up opens nothing', async ({ place }) => {
  const visitor = await newPerson(place, 'visitor');
  for (const token of ['A'.repeat(43), 'A'.repeat(42), 'A'.repeat(4000), '%00', '<b>', '..'])
    await test.step(token.slice(0, 43), async () => {
      await visitor.page.goto(`${place.origin}/sign-in`);
      await visitor.page.goto(`${place.origin}/enrol#${token}`);
      await expect(visitor.page.getByText('There is nothing to enrol with.')).toBeVisible();
    });
  await visitor.context.close();
});
