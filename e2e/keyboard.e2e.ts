import { isAction } from './support/actions.ts';
import { raiseSome } from './support/raise.ts';
import { expect, test, type Page } from './support/test.ts';
import { openOperation } from './support/withdrawal.ts';

const TABS_MAX = 60;

/** Moves on by Tab until the button or link with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page.getByRole('button', { name });
  for (let pressed = 0; pressed < TABS_MAX; pressed++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`“${name}” was not reached by ${TABS_MAX} presses of Tab.`);
}

const focusedHref = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('href') ?? null);

test('from the queue to an approval with the keyboard alone', async ({ three, place }) => {
  const { pathname } = new URL(await raiseSome(three.officer.page, place.origin));
  const { page } = three.approver;
  await page.goto(`${place.origin}/queue`);
  await page.locator(`a[href="${pathname}"]`).waitFor();
  for (let row = 0; row < TABS_MAX && (await focusedHref(page)) !== pathname; row++)
    await page.keyboard.press('j');
  expect(await focusedHref(page)).toBe(pathname);
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${pathname}`);
  await expect(
    page.getByRole('heading', { level: 1 }),
    'reading starts at the heading',
  ).toBeFocused();
  await tabTo(page, 'Approve with key');
  await page.keyboard.press('Enter');
  await expect(page.getByText('You approved it.')).toBeVisible();
});

test('no single key decides anything, wherever reading starts', async ({ three, place }) => {
  const address = await raiseSome(three.officer.page, place.origin);
  const { page } = three.approver;
  await openOperation(page, address);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  let actions = 0;
  page.on('request', (request) => {
    if (isAction(request)) actions += 1;
  });
  for (const key of [
    'Enter',
    'Space',
    ...'abcdefghijklmnopqrstuvwxyz'.split(''),
    'Escape',
    'Delete',
    '1',
    '?',
  ])
    await page.keyboard.press(key);
  await expect(page.getByRole('button', { name: 'Approve with key' })).toBeEnabled();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(page.url(), 'still on the same page').toBe(address);
  expect(actions, 'nothing was sent').toBe(0);
});

test('rejecting by keyboard: the dialog keeps the focus, Escape gives it back', async ({
  three,
  place,
}) => {
  const { page } = three.approver;
  await openOperation(page, await raiseSome(three.officer.page, place.origin));
  await tabTo(page, 'Reject');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Reject' })).toBeFocused();

  await page.keyboard.press('Enter');
  await dialog.getByRole('combobox', { name: 'Reason' }).selectOption('Nobody expects it');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Asked back by telephone.');
  await tabTo(page, 'Reject with key');
  await page.keyboard.press('Enter');
  await expect(page.getByText('You rejected it.')).toBeVisible();
});

test('the first Tab leads past the frame to the page', async ({ three, place }) => {
  const { page } = three.approver;
  for (const path of ['/queue', '/vaults', '/ledger']) {
    await page.goto(`${place.origin}${path}`);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  }
});

test('nothing moves for people who ask for less motion', async ({ three, place }) => {
  const { page } = three.approver;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of ['/queue', '/raise', '/sign-in']) {
    await page.goto(`${place.origin}${path}`);
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          return /[1-9]/.test(transitionDuration) || animationName !== 'none';
        }).length,
    );
    expect(moving, path).toBe(0);
  }
  await page.emulateMedia({ reducedMotion: null });
});
