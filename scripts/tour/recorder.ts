/** Prints each step of the tour with its picture, and says what was seen when one fails. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from '@playwright/test';
import type { Step } from '#e2e/support/step.ts';
import { Problem } from '../supervisor/problem.ts';

const PICTURE_MS = 15_000;
const NAME_MAX = 60;

/** "Raised with the key" becomes "raised-with-the-key". */
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, NAME_MAX)
    .replace(/^-+|-+$/g, '');

/** An empty folder for pictures: those of an earlier tour would mix with the new ones. */
export function pictureFolder(data: string): string {
  const folder = join(data, 'tour');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (/^\d\d-.*\.png$/.test(name)) rmSync(join(folder, name));
  return folder;
}

async function textsOf(page: Page, selector: string): Promise<string> {
  const texts = await page.locator(selector).allInnerTexts();
  return texts
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(' | ');
}

/** Address, heading and messages of a page, for a person who was not looking. */
async function describePage(page: Page): Promise<string> {
  const url = new URL(page.url());
  const heading = await textsOf(page, 'h1').catch(() => '');
  const messages = await textsOf(page, '[role=alert], [role=status]').catch(() => '');
  return [
    `  page:     ${url.origin}${url.pathname}`,
    `  heading:  ${heading || 'none'}`,
    `  messages: ${messages || 'none'}`,
  ].join('\n');
}

export class Recorder {
  readonly #folder: string;
  readonly #print: (line: string) => void;
  #count = 0;

  constructor(folder: string, print: (line: string) => void) {
    this.#folder = folder;
    this.#print = print;
  }

  get pictures(): number {
    return this.#count;
  }

  async #picture(page: Page, name: string): Promise<string> {
    const path = join(this.#folder, `${name}.png`);
    // A bar that sticks to the top would otherwise stand in the middle of the picture.
    await page.evaluate(() => {
      window.scrollTo({ top: 0, behavior: 'instant' });
    });
    await page.screenshot({
      path,
      fullPage: true,
      animations: 'disabled',
      timeout: PICTURE_MS,
    });
    return relative(process.cwd(), path);
  }

  /** @throws Problem with the step's name, its cause and what the page showed */
  readonly step: Step = async (title, page, act) => {
    this.#count += 1;
    const number = String(this.#count).padStart(2, '0');
    const startedAt = performance.now();
    try {
      const result = await act();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const path = await this.#picture(page, `${number}-${slugOf(title)}`);
      this.#print(`${number}  ${title}  (${seconds} s)\n      ${path}`);
      return result;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const cause = stripVTControlCharacters(text).trim();
      const path = await this.#picture(page, `${number}-failed`).catch(() => 'no picture');
      const seen = await describePage(page).catch(() => '  the page is gone');
      throw new Problem(
        `Step ${number} failed: ${title}\n${seen}\n  picture:  ${path}\n  cause:    ${cause}`,
      );
    }
  };
}
