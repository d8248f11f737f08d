/** What officers do on the pages of the roster. */
import { expect, type Page } from '@playwright/test';

/** An action of the page, with a key press where it takes one. */
const STEP_MS = 20_000;
/** The sandbox's time-lock is 5 seconds; then every party adopts, and the worker asks each. */
const ADOPTION_MS = 60_000;

/** Opens the form for one kind of change. */
export async function changeRoster(page: Page, origin: string, what: string): Promise<void> {
  await page.goto(`${origin}/operators/roster/change?what=${what}`);
  await page.getByRole('heading', { level: 1, name: 'Change the roster' }).waitFor();
}

const heading = (page: Page) => page.getByText('Read what you sign');
const moved = (page: Page) => page.getByText('came into force since you opened the page');

/** Sends the form. What is signed is drawn then, or why the page has to be read again. */
export async function reviewRosterChange(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check and read it' }).click();
  await heading(page).or(moved(page)).first().waitFor({ timeout: STEP_MS });
  if (await moved(page).isVisible()) throw new Moved();
}

class Moved extends Error {}

/**
 * Fills in, reads and presses the key. Where the roster changed since the page was read, which it
 * does whenever a guest has come in, the page asks to read again; so do these people.
 *
 * @param review leads to what is signed.
 * @returns address of the operation that was raised
 */
export async function raiseRosterChange(
  page: Page,
  origin: string,
  review: () => Promise<void>,
): Promise<string> {
  const before = page.url();
  const isRaised = (): boolean =>
    page.url() !== before && /\/operations\/[0-9a-f-]{36}$/.test(page.url());
  const again = page.getByRole('button', { name: 'Prepare it again' });
  for (let tries = 1; tries <= 3 && !isRaised(); tries += 1) {
    try {
      await review();
    } catch (error) {
      if (error instanceof Moved && tries < 3) continue;
      throw error;
    }
    await page.getByRole('button', { name: 'Raise with key' }).click();
    await expect
      .poll(async () => isRaised() || (await again.isVisible()), { timeout: STEP_MS })
      .toBe(true);
  }
  expect(page.url(), 'raised').toContain(`${origin}/operations/`);
  await page.getByRole('heading', { level: 1, name: /^Change the roster/ }).waitFor();
  return page.url();
}

/** Waits on the operation's page until every party has taken it over. */
export async function untilInForce(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page
    .getByText('Every party that is meant to be on took it over, by its own signed answer.')
    .waitFor({ timeout: ADOPTION_MS });
}

/** Chooses somebody in a list of people; of two with the same name the one who came in last. */
export async function choosePerson(page: Page, field: string, name: string): Promise<void> {
  const list = page.getByRole('combobox', { name: field });
  const option = list.getByRole('option').filter({ hasText: new RegExp(`^${name}:`) });
  const value = await option.last().getAttribute('value');
  if (value === null) throw new Error(`Nobody called ${name} can be chosen as “${field}”.`);
  await list.selectOption(value);
}
