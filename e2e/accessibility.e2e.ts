import { readdirSync } from 'node:fs';
import { join } from 'node:path';
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

/** Pages of the app, as its folders name them; a record's part is in brackets. */
const routes = (): string[] =>
  readdirSync(join(import.meta.dirname, '..', 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:^|\/)page\.tsx$/u.test(file))
    .map((file) => `/${file.replace(/\/?page\.tsx$/u, '').replaceAll(/\([^)]*\)\/?/gu, '')}`);

/** Pages that this file does not go to, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  '/': 'leads on to the queue',
  '/floor': 'an empty page for measuring',
  '/freeze/[id]/release': 'looked at in freeze.e2e.ts, while something is frozen',
  '/incidents/[id]/reports/[report]': 'looked at in incident-report.e2e.ts, once one is begun',
  '/resilience/drills/[id]': 'the sample has none: a drill restores everything elsewhere',
};

const isOf = (route: string, path: string): boolean =>
  new RegExp(
    `^${route.replaceAll(/[.*+?^$(){}|\\]/gu, String.raw`\$&`).replaceAll(/\[[^\]]+\]/gu, '[^/]+')}$`,
    'u',
  ).test(path);

const placesForAny = (route: string): number => route.split('[').length - 1;

/** The page that an address is of: of several the one that names more of it. */
const routeOf = (path: string, all: readonly string[]): string | undefined =>
  all
    .filter((route) => isOf(route, path))
    .toSorted((one, other) => placesForAny(one) - placesForAny(other))[0];

test('every page of the app is among those that are looked at', () => {
  const all = routes();
  const seen = new Set(
    [...openPages, ...signedInPages].flatMap(({ sample }) =>
      sample === undefined ? [] : [routeOf(sample, all)],
    ),
  );
  const missing = all.filter((route) => !seen.has(route) && !(route in elsewhere));
  expect(missing).toEqual([]);
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
