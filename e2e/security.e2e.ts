import { randomUUID } from 'node:crypto';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { newPerson } from './support/person.ts';
import { openPages, signedInPages } from './support/pages.ts';
import { signIn } from './support/enrol.ts';
import { expect, test } from './support/test.ts';

const paths = [...openPages, ...signedInPages].flatMap(({ path }) => path ?? []);

function expectSafeHeaders(answer: APIResponse, path: string): void {
  const headers = answer.headers();
  const policy = headers['content-security-policy'] ?? '';
  expect(policy, path).toContain("default-src 'none'");
  expect(policy, path).not.toContain('unsafe-');
  expect(policy, path).toContain("frame-ancestors 'none'");
  expect(policy, path).toContain("base-uri 'none'");
  expect(headers, path).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers, path).not.toHaveProperty('x-powered-by');
}

const nonceOf = (answer: APIResponse): string =>
  /'nonce-([\w+/=]+)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1] ?? '';

test('every page is served under a nonce policy without any unsafe source, and is stored nowhere', async ({
  three,
  place,
}) => {
  const requests = three.officer.context.request;
  for (const path of paths) {
    const answer = await requests.get(`${place.origin}${path}`);
    expect(answer.status(), path).toBe(200);
    expectSafeHeaders(answer, path);
    expect(answer.headers(), path).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
    });
    const nonce = nonceOf(answer);
    expect(nonce.length, path).toBeGreaterThanOrEqual(22);
    const scripts = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const tag of scripts) expect(tag, path).toContain(`nonce="${nonce}"`);
  }
});

test('every page has its title in the head of its first answer, before any script runs', async ({
  three,
  place,
}) => {
  for (const path of paths) {
    const html = await (await three.officer.context.request.get(`${place.origin}${path}`)).text();
    const head = html.slice(0, html.indexOf('</head>'));
    expect(head, path).toMatch(/<title>[^<]+ · Countersign<\/title>/);
  }
});

test('a nonce is used for one response', async ({ three, place }) => {
  const requests = three.officer.context.request;
  const [first, second] = [
    await requests.get(`${place.origin}/queue`),
    await requests.get(`${place.origin}/queue`),
  ];
  expect(nonceOf(first)).not.toBe(nonceOf(second));
});

test('machine routes, built files and addresses that lead nowhere have the safe headers too', async ({
  three,
  place,
}) => {
  const requests = three.officer.context.request;
  const page = await (await requests.get(`${place.origin}/queue`)).text();
  const script = /\/_next\/static\/[^"\\]+\.js/.exec(page)?.[0] ?? '';
  for (const path of ['/api/health', '/api/live/queue', script, '/nothing-here', '/_next/nothing'])
    expectSafeHeaders(await requests.get(`${place.origin}${path}`), path);
});

test('the icon that browsers ask for by themselves is there, signed in or not', async ({
  place,
}) => {
  for (const name of ['favicon.ico', 'favicon.svg'])
    expect((await fetch(`${place.origin}/${name}`)).status, name).toBe(200);
});

test('the session cookie is out of reach of scripts and of other sites', async ({
  three,
  place,
}) => {
  const cookies = await three.officer.context.cookies(place.origin);
  const session = cookies.find(({ name }) => name.endsWith('countersign.session'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
  const isTls = place.origin.startsWith('https://');
  expect(session?.name).toBe(`${isTls ? '__Host-' : ''}countersign.session`);
  expect(session?.secure).toBe(isTls);
  expect(await three.officer.page.evaluate(() => document.cookie)).not.toContain('session');
});

/** Where one record of each kind stands: the list to look in, and the form of a link to a record. */
const records: readonly { list: string; link: RegExp }[] = [
  { list: '/operations', link: /\/operations\/[0-9a-f-]{36}/ },
  { list: '/operators', link: /\/operators\/p-[a-z2-7]{10}/ },
  { list: '/ledger', link: /\/ledger\/client\/[\w-]+\/\w+/ },
  { list: '/ledger/journals', link: /\/ledger\/journals\/\d+/ },
];

/** The words of a button that stands on each page of somebody signed in. */
const ON_EVERY_PAGE = 'Sign out';

/** Pages of records that are there: somebody signed in gets each of them. */
async function findRecords(requests: APIRequestContext, origin: string): Promise<string[]> {
  const found: string[] = [];
  for (const { list, link } of records) {
    const path = link.exec(await (await requests.get(`${origin}${list}`)).text())?.[0] ?? '';
    expect(path, `a record on ${list}`).not.toBe('');
    const record = await requests.get(`${origin}${path}`);
    expect(record.status(), path).toBe(200);
    expect(await record.text(), path).toContain(ON_EVERY_PAGE);
    found.push(path);
  }
  return found;
}

test('without a session no page and no record shows anything and no live data is given out', async ({
  three,
  place,
}) => {
  const { origin } = place;
  const recordPaths = await findRecords(three.officer.context.request, origin);
  const stranger = await newPerson(place, 'stranger');
  const requests = stranger.context.request;
  const listed = signedInPages.flatMap(({ path }) => path ?? []);
  for (const path of [...listed, ...recordPaths]) {
    const answer = await requests.get(`${origin}${path}`);
    expect(new URL(answer.url()).pathname, path).toBe('/sign-in');
    const bare = await requests.get(`${origin}${path}`, { maxRedirects: 0 });
    const way = `/sign-in?next=${encodeURIComponent(path)}`;
    expect([bare.status(), bare.headers()['location']], path).toEqual([307, way]);
    expect(await bare.text(), path).not.toContain(ON_EVERY_PAGE);
  }
  const live = recordPaths.filter((path) => path.startsWith('/operations/'));
  for (const path of [
    '/api/live/queue',
    '/api/live/waiting',
    '/api/live/alarms',
    ...live.map((operation) => `/api/live${operation}`),
    '/api/live/presence',
    '/api/events',
    '/api/incidents/evidence/00000000-0000-4000-8000-000000000000',
  ])
    expect((await requests.get(`${origin}${path}`)).status(), path).toBe(401);
  const present = await requests.post(`${origin}/api/live/presence`, { headers: { origin } });
  expect(present.status()).toBe(401);
  const evidence = '/api/incidents/evidence?incident=x&name=a.txt';
  const sent = await requests.post(`${origin}${evidence}`, { headers: { origin }, data: 'a' });
  expect(sent.status()).toBe(401);
  const foreign = await requests.post(`${origin}${evidence}`, { data: 'a' });
  expect(foreign.status()).toBe(403);
  const register = `${origin}/api/resilience/register`;
  expect((await requests.get(`${register}?date=2026-12-31`)).status()).toBe(401);
  const handed = await requests.post(register, { headers: { origin }, data: 'a' });
  expect(handed.status()).toBe(401);
  await stranger.context.close();
});

test('after signing out, a kept copy of the cookie opens nothing', async ({ three, place }) => {
  const { page, context } = three.cosigner;
  const kept = await context.cookies(place.origin);
  await page.goto(`${place.origin}/account`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  // The press also says that somebody is there; where that crosses with the sign-out, Chromium reports its 401.
  const said = place.complaints.take();
  expect(said.filter((one) => !one.includes('status of 401'))).toEqual([]);

  const thief = await place.browser.newContext();
  await thief.addCookies(kept);
  const answer = await thief.request.get(`${place.origin}/queue`);
  expect(new URL(answer.url()).pathname).toBe('/sign-in');
  expect((await thief.request.get(`${place.origin}/api/live/queue`)).status()).toBe(401);
  await thief.close();
  await signIn(page, place.origin);
});

test('an id that names nothing is an address that leads nowhere', async ({ three, place }) => {
  const requests = three.officer.context.request;
  const unknown = [
    `/operations/${randomUUID()}`,
    '/operations/not-an-id',
    '/operations/%00',
    `/operations/${'a'.repeat(3000)}`,
    '/operators/p-aaaaaaaaaa',
    '/operators/../genesis/x',
    '/ledger/client/C-99999/SOL',
    '/ledger/client/C-20418/NOPE',
    '/ledger/journals/999999999',
    '/ledger/journals/-1',
    '/ledger/journals/1e3',
  ];
  for (const path of unknown) {
    const answer = await requests.get(`${place.origin}${path}`);
    expect([400, 404], path).toContain(answer.status());
    expectSafeHeaders(answer, path);
  }
});
