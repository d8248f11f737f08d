import { enrol, signIn } from './support/enrol.ts';
import { inviteOfficer } from './support/invite.ts';
import { newPerson } from './support/person.ts';
import { expect, test, type Page } from './support/test.ts';

/** A person is admitted by colleagues first, which every party checks. */
const ADMISSION_MS = 240_000;

const ended = (page: Page) => page.getByRole('alert').filter({ hasText: 'session has ended' });

/** Opens one of the dialogs that end something, gives a reason and goes on. */
async function stop(page: Page, button: string, saying: RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(saying);
  await dialog.getByRole('combobox', { name: 'Reason' }).selectOption('Stolen');
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toBeHidden();
}

test('a colleague ends a person’s sessions, their key and their access, and their open page says so', async ({
  three,
  place,
}) => {
  test.setTimeout(ADMISSION_MS);
  const { page } = three.officer;
  const { origin } = place;
  const person = await newPerson(place, 'newcomer');
  const { link } = await inviteOfficer(page, origin, { name: 'Nela Brandt', group: 'Custody' });
  await enrol(person.page, link);
  await person.page.goto(`${origin}/destinations/new`);
  const label = person.page.getByRole('textbox', { name: 'Address' });
  await label.fill('half an address');

  await page.goto(`${origin}/operators`);
  await page.getByRole('link', { name: 'Nela Brandt' }).click();
  await stop(page, 'End all sessions', /signed out everywhere/);
  await expect(ended(person.page)).toBeVisible();
  // What was typed stands still, beside the way back in.
  await expect(label).toHaveValue('half an address');
  await expect(ended(person.page).getByRole('link', { name: /^Sign in/ })).toBeVisible();

  await signIn(person.page, origin);
  await stop(page, 'Stop this key', /does not reach the parties/);
  await expect(page.getByText('Stopped here; the parties still count it')).toBeVisible();
  await expect(ended(person.page)).toBeVisible();
  await person.page.goto(`${origin}/sign-in`);
  await person.page.getByRole('button', { name: 'Sign in with your key or passkey' }).click();
  await expect(person.page.getByText(/not known here, or no longer counts/)).toBeVisible();

  await stop(page, 'Suspend', /until a roster change/);
  await expect(page.getByText(/no sign-in and no statement is taken here/)).toBeVisible();
  await person.context.close();
  // The browser notes each refused request of an ended session, as it should be refused.
  expect(place.complaints.take().filter((text) => !/status of 401/.test(text))).toEqual([]);
});

test('a page tells that somebody is there when they touch it, once a minute, and never by itself', async ({
  three,
  place,
}) => {
  const { page } = three.officer;
  let told = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/live/presence')) told += 1;
  });
  await page.goto(`${place.origin}/operators`);
  await page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' })));
  // Somebody else's change draws the page anew.
  const drawn = page.waitForResponse((answer) => answer.url().includes('/operators?_rsc='));
  const other = await page.context().newPage();
  await inviteOfficer(other, place.origin, { name: 'Ivo Kern', group: 'Control' });
  await drawn;
  await other.close();
  expect(told).toBe(0);
  const heard = page.waitForResponse('**/api/live/presence');
  await page.keyboard.press('Shift');
  expect((await heard).status()).toBe(204);
  await page.keyboard.press('Shift');
  await page.mouse.click(5, 5);
  expect(told).toBe(1);
});

test('signing in leads back to the page that was asked for, and never away from the console', async ({
  three,
  place,
}) => {
  const { page } = three.cosigner;
  const { origin } = place;
  await page.goto(`${origin}/account`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await page.goto(`${origin}/destinations?client=C-20418`);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await page.getByRole('button', { name: 'Sign in with your key or passkey' }).click();
  await page.waitForURL(`${origin}/destinations?client=C-20418`);
  await page.getByRole('heading', { level: 1, name: 'Destinations' }).waitFor();
  for (const away of ['//evil.example/queue', 'https://evil.example', '/\\evil.example']) {
    await page.goto(`${origin}/sign-in?next=${encodeURIComponent(away)}`);
    expect(page.url(), away).toBe(`${origin}/queue`);
  }
});
