import type { Locator, Route } from '@playwright/test';
import { isAction } from './support/actions.ts';
import { raiseSome } from './support/raise.ts';
import { expect, test, type Page } from './support/test.ts';
import { killWebServer, waitForWebServer } from './support/web-server.ts';
import { openOperation, sayYes } from './support/withdrawal.ts';

const NO_ANSWER = /The console did not answer\. Reload to see what was recorded/;
const BACK_MS = 30_000;

/** When the server dies, seen from the statement that is being sent. */
const MOMENTS: Record<string, { kill: (route: Route) => Promise<void>; recorded: RegExp }> = {
  'before the statement reaches it': {
    kill: async (route) => {
      killWebServer();
      await route.abort('connectionreset');
    },
    recorded: /^0$/,
  },
  'while it works on the statement': {
    kill: async (route) => {
      const going = route.continue();
      killWebServer();
      await going;
    },
    recorded: /^[01]$/,
  },
  'after it recorded the statement, before it could say so': {
    kill: async (route) => {
      await route.fetch();
      killWebServer();
      await route.abort('connectionreset');
    },
    recorded: /^1$/,
  },
};

const approvals = (page: Page): Locator =>
  page.getByRole('list', { name: 'What happened and what is to come' }).getByText(/^Approved by /);

/** Lets everything through but the action that carries a key press. */
async function interruptStatement(page: Page, act: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/operations/*', async (route) => {
    const request = route.request();
    const isStatement = isAction(request) && (request.postData() ?? '').includes('"assertion"');
    if (isStatement) await act(route);
    else await route.continue();
  });
}

for (const [moment, { kill, recorded }] of Object.entries(MOMENTS))
  test(`the web server is killed ${moment}: the page says what happened, and nothing is doubled or lost`, async ({
    three,
    place,
  }) => {
    const { page } = three.approver;
    await openOperation(page, await raiseSome(three.officer.page, place.origin));
    await interruptStatement(page, kill);
    await page.getByRole('button', { name: 'Approve with key' }).click();
    await expect(page.getByText(NO_ANSWER)).toBeVisible({ timeout: BACK_MS });
    await expect(page.getByText('You approved it.')).toHaveCount(0);
    await page.unrouteAll();
    await waitForWebServer(place.origin);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const count = await approvals(page).count();
    expect(String(count)).toMatch(recorded);
    if (count === 0) await sayYes(page, 'approve');
    await expect(approvals(page), 'one person, one approval').toHaveCount(1);
    expectNetworkOnly(place.complaints.take());
  });

test('what the page showed as recorded is there after the web server was killed', async ({
  three,
  place,
}) => {
  const { page } = three.approver;
  const address = await raiseSome(three.officer.page, place.origin);
  await openOperation(page, address);
  await sayYes(page, 'approve');
  killWebServer();
  await waitForWebServer(place.origin);
  // The page may be loading itself anew at this moment.
  await expect(() => openOperation(page, address)).toPass({ timeout: BACK_MS });
  await expect(approvals(page)).toHaveCount(1);
  expectNetworkOnly(place.complaints.take());
});

/** While nobody answers, Chromium itself reports each request that failed, and each answer that broke off. */
function expectNetworkOnly(complaints: string[]): void {
  const network = /net::ERR_[A-Z_]+|Failed to fetch|TypeError: network error/;
  expect(complaints.filter((text) => !network.test(text))).toEqual([]);
}
