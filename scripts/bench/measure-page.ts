/** Counts what Chromium loads as JavaScript for a page until it rests, over the DevTools protocol. */
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { Problem } from '../supervisor/problem.ts';

export type ScriptLoad = {
  /** Bytes as they came over the wire: compressed, response heads included. */
  bytes: number;
  scripts: number;
};

export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

const LOAD_MS = 30_000;
/** The page rests when no script was under way for so long. */
const REST_MS = 400;
const REST_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** A browser says so when it fetches for later, on a page's own wish or by guessing. */
const isPrefetch = (type: string | undefined, headers: Record<string, string>): boolean =>
  type === 'Prefetch' || Object.keys(headers).some((name) => /^(?:sec-)?purpose$/i.test(name));

/** Follows the page's scripts from now on. */
async function watchScripts(session: CDPSession) {
  const underWay = new Set<string>();
  const load: ScriptLoad = { bytes: 0, scripts: 0 };
  const failed: string[] = [];
  let lastMove = Date.now();
  session.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    if (type !== 'Script' || isPrefetch(type, request.headers)) return;
    underWay.add(requestId);
    lastMove = Date.now();
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!underWay.delete(requestId)) return;
    load.bytes += encodedDataLength;
    load.scripts += 1;
    lastMove = Date.now();
  });
  session.on('Network.loadingFailed', ({ requestId, errorText }) => {
    if (underWay.delete(requestId)) failed.push(errorText);
  });
  await session.send('Network.enable');
  return {
    load,
    failed,
    isAtRest: () => underWay.size === 0 && Date.now() - lastMove > REST_MS,
  };
}

async function untilRest(page: Page, isAtRest: () => boolean): Promise<void> {
  const deadline = Date.now() + REST_WITHIN_MS;
  while (!isAtRest()) {
    if (Date.now() > deadline) throw new Problem('it goes on loading scripts.');
    await page.waitForTimeout(LOOK_EVERY_MS);
  }
}

/**
 * Loads a page once in a browser that has seen nothing before, and touches nothing.
 * @param session of a signed-in person, null for nobody
 * @throws Problem when the page does not answer as itself
 */
export async function measureScripts(
  browser: Browser,
  url: string,
  session: Session | null,
): Promise<ScriptLoad> {
  const context = await browser.newContext(session === null ? {} : { storageState: session });
  try {
    const page = await context.newPage();
    const watch = await watchScripts(await context.newCDPSession(page));
    const response = await page.goto(url, { waitUntil: 'load', timeout: LOAD_MS });
    if (response?.status() !== 200)
      throw new Problem(`it answers ${response?.status() ?? 'nothing'}.`);
    await untilRest(page, watch.isAtRest);
    const [asked, shown] = [new URL(url).pathname, new URL(page.url()).pathname];
    if (asked !== shown) throw new Problem(`it leads to ${shown} instead.`);
    if (watch.failed.length > 0) throw new Problem(`a script does not load (${watch.failed[0]}).`);
    if (watch.load.scripts === 0) throw new Problem('no script was seen.');
    return watch.load;
  } finally {
    await context.close();
  }
}
