/** What officers do on the pages of the policy. */
import { expect, type Locator, type Page } from '@playwright/test';

/** An action of the page, or what it makes the server look at. */
const STEP_MS = 20_000;

async function untilDrawn(page: Page): Promise<void> {
  await page.waitForURL(/\/policy\/drafts\/[0-9a-f-]{36}$/, { timeout: STEP_MS });
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: STEP_MS });
}

/** The draft that a sandbox has from the beginning. */
export async function openSampleDraft(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/policy`);
  await page.getByRole('link', { name: 'Two approvers at weekends' }).click();
  await untilDrawn(page);
}

/** @returns address of a new draft */
export async function beginDraft(page: Page, origin: string, name: string): Promise<string> {
  await page.goto(`${origin}/policy`);
  await page.getByRole('button', { name: 'Draft a change' }).click();
  await page.getByRole('textbox', { name: 'What is it for' }).fill(name);
  await page.getByRole('button', { name: 'Begin the draft' }).click();
  await untilDrawn(page);
  return page.url();
}

/** The card of a rule, by its id. */
export const ruleCard = (page: Page, id: string): Locator => page.locator(`[data-rule="${id}"]`);

export async function saveDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page
    .getByRole('region', { name: 'Saving' })
    .getByText(/^Saved/)
    .waitFor({ timeout: STEP_MS });
}

/** Asks about one made-up withdrawal and about everything there has been. */
export async function tryDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try this draft' }).click();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.locator('[data-dry-run]').waitFor({ timeout: STEP_MS });
  await backTest(page);
}

export async function backTest(page: Page): Promise<Locator> {
  await page
    .getByRole('combobox', { name: 'Ask it about' })
    .selectOption('everything there has been');
  await page.getByRole('button', { name: 'Run the back-test' }).click();
  const result = page.locator('[data-back-test]');
  await result.waitFor({ timeout: STEP_MS });
  await expect(result.getByText(/of \d[\d,]* operations?$/)).toBeVisible();
  return result;
}
