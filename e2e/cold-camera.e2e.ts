import { chromium } from '@playwright/test';
import { readPicture, takePicture, writeFilm, type CodePicture } from './support/code-film.ts';
import { nextDocument, NEWS_MAX, orderColdRequest, tripPath } from './support/cold-way.ts';
import { openColdTerminal, type ColdTerminal } from './support/cold-terminal.ts';
import { launchArguments, viewport } from './support/launch.ts';
import type { Person, Place } from './support/person.ts';
import { expect, test, type Page } from './support/test.ts';
import { openOperation } from './support/withdrawal.ts';

const STEP_MS = 20_000;
const EXECUTION_MS = 60_000;
/** A film goes round until the camera has seen each code. */
const FILM_MS = 90_000;
/** Three people enrol, two browsers take turns, and films are watched. */
const WAY_MS = 420_000;

let site: ColdTerminal;
test.beforeAll(async () => {
  site = await openColdTerminal('cold-a');
});
test.afterAll(() => site.close());

/** The codes of the request, one after the other, as a scanner at the cold site reads them. */
async function scanRequest(page: Page): Promise<string[]> {
  const pause = page.getByRole('button', { name: 'Pause' });
  if (await pause.isVisible()) await pause.click();
  const shown = page.getByRole('img', { name: /^Code \d+ of \d+ of/u });
  const codes: string[] = [];
  const count = Number(
    /of (?<count>\d+) of/u.exec((await labelOf(shown)) ?? '')?.groups?.['count'],
  );
  for (let step = 0; step < count; step += 1) {
    codes.push(readPicture(await takePicture(shown)));
    const before = await labelOf(shown);
    if (count === 1) break;
    await page.getByRole('button', { name: 'Next code' }).click();
    await expect(shown).not.toHaveAttribute('aria-label', before ?? '');
  }
  return codes;
}

const labelOf = (picture: ReturnType<Page['getByRole']>): Promise<string | null> =>
  picture.getAttribute('aria-label');

/** Somebody of Custody types the codes at the site with a scanner and has the party answer. */
async function answerAtSite(page: Page, codes: readonly string[]): Promise<boolean> {
  await page.goto(`${site.origin}/cold`);
  // Codes come in any order, and one that was cut off is named and scanned again.
  const [first = '', ...rest] = codes;
  const field = page.getByLabel('As codes, one a line, as a scanner types them');
  await field.fill([...rest.toReversed(), first.slice(0, -7)].join('\n'));
  await page.getByRole('button', { name: 'Read the codes' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByText(/missing \d+\./u)).toBeVisible();
  await field.fill(first);
  await page.getByRole('button', { name: 'Read the codes' }).click();
  const sign = page.getByRole('button', { name: 'Sign this transaction' });
  const step = page.getByRole('button', { name: 'Take the step' });
  await expect(sign.or(step)).toBeVisible({ timeout: STEP_MS });
  const signed = await sign.isVisible();
  await (signed ? sign : step).click();
  await expect(page.getByText('The answer is ready.')).toBeVisible({ timeout: STEP_MS });
  return signed;
}

/** Films the codes of the answer as the site's screen shows them, each held for a while. */
async function filmAnswer(page: Page): Promise<CodePicture[]> {
  const pictures: CodePicture[] = [];
  for (let place = 1, count = 1; place <= count; place += 1) {
    await page.goto(`${site.origin}/cold/codes/${place}?hold`);
    const shown = page.getByRole('img', { name: `Code ${place} of` });
    count = Number(/\d+$/u.exec((await labelOf(shown)) ?? '')?.[0]);
    pictures.push(await takePicture(shown));
  }
  return pictures;
}

/** A browser of the same person whose camera sees a film; its codes go round until all were seen. */
async function showToCamera(
  of: { person: Person; place: Place; path: string; film: string },
  isTaken: () => Promise<void>,
): Promise<void> {
  const { person, place, path, film } = of;
  const executablePath = process.env['COUNTERSIGN_CHROMIUM'];
  const browser = await chromium.launch({
    args: [
      ...launchArguments,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
    ...(executablePath ? { executablePath } : {}),
  });
  try {
    const storageState = await person.context.storageState();
    const context = await browser.newContext({ viewport, storageState });
    place.complaints.followAll(context, 'camera');
    const page = await context.newPage();
    await page.goto(`${place.origin}${path}`);
    // Its codes are drawn by the page's own script, so with them its buttons work.
    await expect(page.getByRole('img', { name: /^Code \d+ of/u })).toBeVisible({
      timeout: STEP_MS,
    });
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await expect(page.getByLabel('What the camera sees')).toBeVisible({ timeout: STEP_MS });
    await isTaken();
  } finally {
    await browser.close();
  }
}

test('a request goes to a cold site as codes that a scanner reads, and its answer comes back whole by camera', async ({
  three,
  place,
}, info) => {
  test.setTimeout(WAY_MS);
  const address = await orderColdRequest(three, place.origin);
  const { approver, cosigner, officer } = three;
  const path = tripPath(address);
  for (let trip = 1; trip <= NEWS_MAX; trip += 1) {
    await expect(nextDocument(approver.page, trip)).toBeVisible({ timeout: STEP_MS });
    await expect(approver.page.getByRole('img', { name: /^Code \d+ of/u })).toBeVisible({
      timeout: STEP_MS,
    });
    const codes = await scanRequest(approver.page);
    expect(codes.length).toBeGreaterThan(1);
    const signed = await answerAtSite(cosigner.page, codes);
    const film = info.outputPath(`answer-${trip}.y4m`);
    writeFilm(film, await filmAnswer(cosigner.page));
    // Only a whole answer is taken, and then either the next document is made or the signature.
    const next = signed
      ? approver.page.getByText('The answer was taken, and both shares made')
      : nextDocument(approver.page, trip + 1);
    await showToCamera({ person: approver, place, path, film }, () =>
      expect(next).toBeVisible({ timeout: FILM_MS }),
    );
    if (signed) break;
  }
  await openOperation(officer.page, address);
  await officer.page
    .getByText('The transfer is final and posted in the ledger.')
    .waitFor({ timeout: EXECUTION_MS });
});
