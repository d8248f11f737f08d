/** The `test` of every browser test: three enrolled people, and a console that must stay quiet. */
import { test as base, expect, type Page } from '@playwright/test';
import { Complaints } from './complaints.ts';
import { enrolThree, type Three } from './enrol-three.ts';
import type { Place } from './person.ts';
import type { Step } from './step.ts';

const ENROLMENT_MS = 180_000;

/** Names the step in the report. */
export const step: Step = (title, _page, act) => base.step(title, act);

type Shared = {
  place: Place;
  /** Enrolled once for all tests of a run; each keeps a page of their own. */
  three: Three;
};

export const test = base.extend<{ quietConsole: void }, Shared>({
  place: [
    async ({ browser }, use, { project }) => {
      const origin = project.use.baseURL ?? '';
      await use({ browser, origin, complaints: new Complaints() });
    },
    { scope: 'worker' },
  ],
  three: [
    async ({ place }, use) => {
      const three = await enrolThree(place, async (_title, _page, act) => act());
      await use(three);
      for (const { context } of [three.officer, three.approver, three.cosigner])
        await context.close();
    },
    { scope: 'worker', timeout: ENROLMENT_MS },
  ],
  quietConsole: [
    async ({ place }, use) => {
      await use();
      expect(place.complaints.take(), 'errors and warnings in the browser’s console').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect, type Page };
