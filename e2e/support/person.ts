/** Somebody at a browser of their own, with a key in software. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Complaints } from './complaints.ts';
import { viewport } from './launch.ts';
import { addVirtualKey, type VirtualKey } from './virtual-key.ts';

export type Person = {
  name: string;
  context: BrowserContext;
  page: Page;
  key: VirtualKey;
};

/** Where the people of a test or of the tour come from. */
export type Place = { browser: Browser; origin: string; complaints: Complaints };

export async function newPerson(place: Place, name: string): Promise<Person> {
  const context = await place.browser.newContext({ viewport });
  place.complaints.followAll(context, name);
  const page = await context.newPage();
  return { name, context, page, key: await addVirtualKey(page) };
}
