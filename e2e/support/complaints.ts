/** Errors and warnings of pages: of the console, of scripts, of the network. No kind is let pass. */
import type { BrowserContext, Page } from '@playwright/test';

export class Complaints {
  #found: string[] = [];

  /** Listens to a page from now on. */
  follow(page: Page, who: string): void {
    const note = (text: string): void => {
      this.#found.push(`${who} at ${new URL(page.url()).pathname}: ${text}`);
    };
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        note(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => {
      note(`uncaught: ${error.message}`);
    });
    page.on('crash', () => {
      note('the page crashed');
    });
  }

  /** The same for every page that a context opens. */
  followAll(context: BrowserContext, who: string): void {
    context.on('page', (page) => {
      this.follow(page, who);
    });
  }

  /** What was found since the last call. */
  take(): string[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
