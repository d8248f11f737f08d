import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from './support/test.ts';

/** Larger than what passes through the front door of every other request. */
const LARGE = 400_000;

const act = async (page: Page, label: string): Promise<void> =>
  page.getByRole('button', { name: label, exact: true }).first().click();
/** Dialog of the act that was begun. */
const form = (page: Page) => page.getByRole('dialog');

/** Holds the drawing anew of a page back until it is let through. */
async function holdNewPage(
  page: Page,
): Promise<{ asked: Promise<void>; let: () => Promise<void> }> {
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await page.route(
    (url) => url.searchParams.has('_rsc'),
    async (route) => {
      asked.resolve();
      await held.promise;
      await route.continue();
    },
  );
  return {
    asked: asked.promise,
    let: async () => {
      held.resolve();
      await page.unrouteAll({ behavior: 'wait' });
    },
  };
}

test('an incident is reported, acknowledged, triaged and worked on, with its evidence kept as it came', async ({
  three: { officer, approver },
  place: { origin },
}) => {
  const { page } = officer;
  const log = `node.log of the test ${Date.now()}\n`.padEnd(LARGE, 'getHealth: timed out\n');

  await test.step('Whoever sees it reports it; a time that lies ahead is refused, and nothing typed is lost', async () => {
    await page.goto(`${origin}/incidents`);
    await act(page, 'Report an incident');
    await form(page).getByLabel('What happened, in a line').fill('The node answers nothing');
    await form(page).getByLabel('What is known so far').fill('Every withdrawal fails since ten.');
    const noticed = form(page).getByLabel('Noticed at');
    const now = await noticed.inputValue();
    await noticed.fill('2099-01-01T10:00');
    await form(page).getByRole('button', { name: 'Report it' }).click();
    await expect(form(page).getByRole('alert')).toContainText('lies ahead');
    await noticed.fill(now);
    await form(page).getByRole('button', { name: 'Report it' }).click();
    await expect(
      page.getByRole('heading', { level: 1, name: 'The node answers nothing' }),
    ).toBeVisible();
    await expect(page.getByText('Nobody has acknowledged it yet.')).toBeVisible();
  });

  const address = page.url();
  const timeline = page.getByRole('list', { name: 'What happened, newest first' });

  await test.step('Who is on call is told at once, and it is acknowledged and triaged with the reasons', async () => {
    await expect(timeline).toContainText('Escalated to level 1, Marek Kowalski');
    await act(page, 'Acknowledge');
    await form(page).getByRole('button', { name: 'I am on it' }).click();
    await expect(page.getByText('New, acknowledged')).toBeVisible();
    await act(page, 'Triage');
    await form(page).getByLabel('2 · High').check();
    await form(page).getByLabel('What kind is it?').selectOption({ label: 'System failure' });
    await form(page).getByLabel('Reasons').fill('A service for clients stands still.');
    const drawn = await holdNewPage(page);
    await form(page).getByRole('button', { name: 'Record the triage' }).click();
    // Closed by now, it would let the next form be begun on what no longer stands.
    await drawn.asked;
    await expect(form(page)).toBeVisible();
    await drawn.let();
    await expect(form(page)).toHaveCount(0);
    await expect(timeline).toContainText('Triaged as 2 · High, system failure');
    await expect(timeline).toContainText('A service for clients stands still.');
  });

  await test.step('Somebody else who looks at it sees a note without loading the page again', async () => {
    const second = approver.page;
    await second.goto(address);
    await expect(second.getByText('Being worked on')).toBeVisible();
    await act(page, 'Add a note');
    await form(page).getByLabel('Note').fill('The second node took over.');
    await form(page).getByRole('button', { name: 'Add the note' }).click();
    await expect(timeline).toContainText('The second node took over.');
    await expect(second.getByText('The second node took over.')).toBeVisible();
  });

  await test.step('A task has its person and its day, and is done', async () => {
    await act(page, 'Add a task');
    await form(page).getByLabel('What is to be done').fill('Call the provider');
    await form(page).getByLabel('Who does it').selectOption({ label: 'Marek Kowalski' });
    await form(page).getByRole('button', { name: 'Add it' }).click();
    const tasks = page.getByRole('region', { name: 'Tasks', exact: true });
    await expect(tasks).toContainText('Call the provider');
    await expect(tasks).toContainText('Marek Kowalski');
    await tasks.getByRole('button', { name: 'Done' }).click();
    await form(page).getByRole('button', { name: 'It is done' }).click();
    await expect(timeline).toContainText('Done: Call the provider');
  });

  await test.step('A file is kept whole, once, and comes back as it was; a forbidden one is refused', async () => {
    await act(page, 'Add evidence');
    const file = form(page).getByLabel('The file');
    const keep = form(page).getByRole('button', { name: 'Keep it' });
    await file.setInputFiles({
      name: 'run.exe',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('MZ'),
    });
    await keep.click();
    await expect(form(page).getByRole('alert')).toContainText('is not taken as evidence');
    const sent = { name: 'Störung (1).log', mimeType: 'text/plain', buffer: Buffer.from(log) };
    await file.setInputFiles(sent);
    await keep.click();
    const link = page.getByRole('link', { name: sent.name });
    const coming = page.waitForEvent('download');
    await link.click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe(sent.name);
    expect(await readFile(await download.path(), 'utf8')).toBe(log);
    await act(page, 'Add evidence');
    await file.setInputFiles(sent);
    await keep.click();
    await expect(form(page).getByRole('alert')).toContainText('is kept with the incident already');
    await form(page).getByRole('button', { name: 'Close' }).click();
  });

  await test.step('Before it is classified it cannot be closed, and the page says why', async () => {
    await expect(page.getByRole('button', { name: 'Close', exact: true })).toHaveCount(0);
    await expect(page.getByText('Decide first whether it is major')).toBeVisible();
  });

  await test.step('The list finds it by what it is', async () => {
    await page.goto(`${origin}/incidents?severity=2&source=reported`);
    await expect(page.getByRole('row', { name: /The node answers nothing/ }).first()).toBeVisible();
    await page.goto(`${origin}/incidents?severity=1`);
    await expect(page.getByRole('row', { name: /The node answers nothing/ })).toHaveCount(0);
    await page.goto(`${origin}/incidents?severity=9`);
    await expect(page.getByText('This can’t be looked for.')).toBeVisible();
  });

  await test.step('Somebody is put on call, and the turn ends', async () => {
    await page.goto(`${origin}/incidents/on-call`);
    await act(page, 'Put somebody on call');
    await form(page).getByLabel('Who').selectOption({ label: 'Tomas Novak' });
    await form(page).getByLabel('Level').selectOption('2');
    await form(page).getByRole('button', { name: 'Put them on call' }).click();
    const turn = page.getByRole('row', { name: /Tomas Novak/ });
    await expect(turn).toContainText('On call now');
    await turn.getByRole('button', { name: 'End' }).click();
    await form(page).getByRole('button', { name: 'End it now' }).click();
    await expect(turn).toHaveCount(0);
  });
});
