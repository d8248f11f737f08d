/**
 * The way of a new person into the console, as they go it: link, key, admission by colleagues,
 * sign-in. The page needs a key beforehand (`addVirtualKey`).
 */
import type { Page } from '@playwright/test';

/** Steps of the page itself: a server action and a key press at most. */
const STEP_MS = 20_000;
/**
 * Admission is a roster operation of several statements that every party checks; each person
 * admitted earlier has to be through first.
 */
const ADMISSION_MS = 90_000;

/**
 * Opens a one-time enrolment link, registers the page's key under `label` and finishes.
 * Returns when the link is used up, which the page shows by following the admission.
 * @throws Playwright's time-out, which names what was waited for
 */
export async function registerThroughLink(
  page: Page,
  link: string,
  label = 'Test key',
): Promise<void> {
  await page.goto(link);
  // The page reads in the browser what the link opens, so the heading shows that it did.
  await page.getByRole('heading', { level: 1, name: /^Enrol as / }).waitFor({ timeout: STEP_MS });
  await page.getByRole('textbox', { name: 'Name of the key' }).fill(label);
  await page.getByRole('button', { name: 'Register a key' }).click();
  // The notice comes once the server has verified and stored the key.
  await page.getByText(`“${label}” is registered.`).waitFor({ timeout: STEP_MS });
  await page.getByRole('button', { name: 'Finish' }).click();
  await page
    .getByRole('heading', {
      level: 1,
      name: /^(?:Waiting to be admitted|You are admitted|Sign the genesis document)$/,
    })
    .waitFor({ timeout: STEP_MS });
}

/**
 * Waits, on the page that a used link shows, until the roster has the person. The sample
 * colleagues of a sandbox admit by themselves, one person after the other; the page asks again
 * every few seconds.
 */
export async function waitForAdmission(page: Page): Promise<void> {
  await page
    .getByRole('heading', { level: 1, name: 'You are admitted' })
    .waitFor({ timeout: ADMISSION_MS });
}

/**
 * Signs in with the page's key, from wherever the page is.
 * Returns on the person's first page, when the session is open and its heading is drawn.
 */
export async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with your key or passkey' }).click();
  // Signing in loads a whole new page. Without a session the server would lead back before any
  // address but this one is shown.
  await page.waitForURL((url) => url.pathname !== '/sign-in', { timeout: STEP_MS });
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: STEP_MS });
}

/** All of it: from a one-time link to the signed-in console. */
export async function enrol(page: Page, link: string, label?: string): Promise<void> {
  await registerThroughLink(page, link, label);
  await waitForAdmission(page);
  await signIn(page, new URL(link).origin);
}
