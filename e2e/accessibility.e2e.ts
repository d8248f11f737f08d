import { findBarriers, findColourBarriers } from './support/axe.ts';
import { viewport } from './support/launch.ts';
import { newPerson } from './support/person.ts';
import { openPages, signedInPages, type Way } from './support/pages.ts';
import { expect, test, type Page } from './support/test.ts';

const NARROW = { width: 375, height: 800 };

/** How far the page itself can be moved sideways, in pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function check(page: Page, origin: string, { go }: Way): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await go(page, origin);
  expect(await findBarriers(page), 'light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findColourBarriers(page), 'dark').toEqual([]);
  await page.setViewportSize(NARROW);
  expect(await overflow(page), 'sideways movement at 375 px').toBe(0);
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

test.describe('WCAG 2.2 AA in light and dark, and no sideways movement at 375 px', () => {
  for (const way of openPages)
    test(way.name, async ({ place }) => {
      const visitor = await newPerson(place, 'visitor');
      await check(visitor.page, place.origin, way);
      await visitor.context.close();
    });

  for (const way of signedInPages)
    test(way.name, async ({ three, place }) => {
      await check(three.officer.page, place.origin, way);
    });

  test('a used link', async ({ three, place }) => {
    await check(three.officer.page, place.origin, {
      name: '',
      go: async (page, origin) => {
        await page.goto(`${origin}/enrol`);
        await page.goto(three.usedLink);
        await page.getByRole('heading', { level: 1, name: 'You are admitted' }).waitFor();
      },
    });
  });

  test('an address that leads nowhere', async ({ three, place }) => {
    await check(three.officer.page, place.origin, {
      name: '',
      go: async (page, origin) => {
        const answer = await page.goto(`${origin}/nothing-here`);
        expect(answer?.status()).toBe(404);
        await page.getByRole('heading', { level: 1 }).waitFor();
      },
    });
    // Chromium itself reports the status of a document.
    expect(place.complaints.take()).toEqual([expect.stringContaining('status of 404')]);
  });
});

test('the check itself finds what is wrong: a button without a name, and pale text', async ({
  three,
  place,
}) => {
  const { page } = three.officer;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${place.origin}/queue`);
  await page.getByRole('button', { name: 'Sign out' }).evaluate((button) => {
    button.textContent = '';
  });
  await page.getByRole('heading', { level: 1 }).evaluate((heading) => {
    heading.style.color = 'rgb(220 220 220)';
  });
  expect(await findBarriers(page)).toEqual([
    expect.stringContaining('button-name'),
    expect.stringContaining('color-contrast'),
  ]);
  expect(await findColourBarriers(page)).toEqual([expect.stringContaining('color-contrast')]);
});
