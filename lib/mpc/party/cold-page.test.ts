import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { splitIntoChunks } from '#lib/protocol/travel/split-into-chunks.ts';
import { advanceColdCeremony, takeColdAnswer } from '../client/cold-ceremony.ts';
import { finishColdSigning } from '../client/cold-signing.ts';
import {
  bytesOf,
  ceremonyWorld,
  coldKeyIntent,
  newCeremony,
  onlineOf,
  openColdCustody,
  openColdVault,
  sendOut,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import type { Vault } from '../testing/custody.ts';
import { ARCHIVE_BYTES_MAX, readArchive } from '../backup/archive.ts';
import { verifyDrill } from '../backup/drill.ts';
import { readPart } from '../backup/part-text.ts';
import { backUpHalf } from '../testing/cold-backup.ts';
import { clear } from './cold-desk.ts';
import { openColdRoutes } from './cold-routes.ts';
import { findShare, keysOf } from './party.ts';
import { startOriginServer } from './origin-server.ts';

let custody: ColdCustody;
let vault: Vault;
let server: Server;
let origin: string;

beforeAll(async () => {
  custody = openColdCustody();
  vault = await openColdVault(custody);
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const address = free.address();
  free.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://localhost:${address.port}`;
  custody.a.config.origin = { origin, host: '127.0.0.1', port: address.port, tls: null };
  server = await startOriginServer(custody.a.party, null, openColdRoutes(custody.a.desk));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  custody.remove();
});

const get = async (path: string) => {
  const response = await fetch(origin + path, { redirect: 'manual' });
  return { response, text: await response.text() };
};
const post = (path: string, body: FormData | URLSearchParams, from = origin) =>
  fetch(origin + path, { method: 'POST', body, headers: { origin: from }, redirect: 'manual' });
async function send(path: string, body: object) {
  const headers = { origin, 'content-type': 'application/json' };
  const response = await fetch(origin + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}
function file(text: string): FormData {
  const form = new FormData();
  form.set('file', new File([text], 'request.txt'));
  return form;
}
const documentOf = (page: string): string =>
  /name="document" value="(?<digest>[0-9a-f]{64})"/u.exec(page)?.groups?.['digest'] ?? '';

test('a request is read from a file, shown, confirmed by key press and answered as a file', async () => {
  const out = await sendOut(custody, vault);
  expect((await get('/cold')).text).toMatch(/Bring a document/u);
  expect((await post('/cold/read', file(out.text))).status).toBe(303);
  const { text: page, response } = await get('/cold');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/script-src 'sha256-[^']+'; /u);
  expect(policy).not.toMatch(/unsafe/u);
  expect(page).toMatch(/0\.001500000 SOL/u);
  expect(page.replaceAll(/<[^>]+>|\s/gu, '')).toContain(vault.destination.address);
  const document = documentOf(page);
  expect(document).toBe(out.trip.requestDigest);
  const asked = { who: { person: 'p-coraaaaaaa' }, ask: { document } };
  expect(
    await send('/cold/prepare', { ...asked, ask: { document: 'ab'.repeat(32) } }),
  ).toMatchObject({
    refusal: 'operation-changed',
  });
  expect(await send('/cold/prepare', { ...asked, who: { person: 'p-raisaaaaaa' } })).toMatchObject({
    refusal: 'cold-confirm-foreign-group',
  });
  const prepared = await send('/cold/prepare', asked);
  const { press, hand } = prepared as { press: { challenge: string }; hand: object };
  const assertion = custody.organisation.keys.cora.assert({ challenge: press.challenge, origin });
  const forged = custody.organisation.keys.remy.assert({ challenge: press.challenge, origin });
  expect(await send('/cold/press', { ...hand, assertion: forged })).toMatchObject({
    refusal: 'credential-unknown',
  });
  // The question is used up, whatever came of it.
  expect(await send('/cold/press', { ...hand, assertion })).toMatchObject({
    refusal: 'cold-confirm-stale',
  });
  const again = (await send('/cold/prepare', asked)) as typeof prepared & {
    press: { challenge: string };
    hand: object;
  };
  const second = custody.organisation.keys.cora.assert({
    challenge: again.press.challenge,
    origin,
  });
  expect(await send('/cold/press', { ...again.hand, assertion: second })).toMatchObject({
    ok: true,
    goTo: '/cold',
  });
  expect((await get('/cold')).text).toMatch(/The answer is ready/u);
  const answer = await get('/cold/answer');
  expect(answer.response.headers.get('content-disposition')).toMatch(/signing-answer-.*-2\.txt/u);
  const finished = await finishColdSigning(onlineOf(custody), out.trip, bytesOf(answer.text), {
    now: new Date(),
  });
  expect(finished.ok).toBe(true);
  const code = await get('/cold/codes/1');
  expect(code.text).toMatch(/<svg[^>]*class="qr"/u);
  expect(code.text).toMatch(/http-equiv="refresh" content="1;url=\/cold\/codes\/2"/u);
  expect((await get('/cold/codes/1?hold')).text).not.toMatch(/http-equiv="refresh"/u);
  expect((await get('/cold/codes/999')).response.status).toBe(303);
});

test('a step of a ceremony is read from codes over several forms, and taken by a press of a button', async () => {
  clear(custody.a.desk);
  const bundle = custody.organisation.bundle(coldKeyIntent('key-cold-2', 'cold-2'));
  const world = ceremonyWorld(custody, bundle);
  const step = await advanceColdCeremony(newCeremony(custody), world);
  if (step.outcome.kind !== 'waiting') throw new Error(step.outcome.kind);
  const text = step.outcome.documents[0]?.text ?? '';
  const split = await splitIntoChunks(bytesOf(text));
  if (!split.ok) throw new Error(split.refusal);
  const lines = (codes: readonly string[]): FormData => {
    const form = new FormData();
    form.set('codes', codes.join('\r\n'));
    return form;
  };
  await post('/cold/read', lines(['garbage', ...split.chunks.slice(1)]));
  const half = (await get('/cold')).text;
  expect(half).toMatch(/missing 1/u);
  expect(half).toMatch(/This is not a code of a travelling document/u);
  expect((await get('/cold')).text).not.toMatch(/This is not a code of a travelling document/u);
  await post('/cold/read', lines(split.chunks.slice(0, 1)));
  const page = (await get('/cold')).text;
  expect(page).toMatch(/promise a part of it/u);
  expect(page).toMatch(/key-cold-2/u);
  await post('/cold/proceed', new URLSearchParams({ document: 'ab'.repeat(32) }));
  expect((await get('/cold')).text).toMatch(/Another document lies on the desk/u);
  expect(custody.a.party.ceremonies.size).toBe(0);
  await post('/cold/proceed', new URLSearchParams({ document: documentOf(page) }));
  const answer = await get('/cold/answer');
  const taken = await takeColdAnswer(step.state, world, {
    cold: 'cold-a',
    answer: bytesOf(answer.text),
    now: new Date(),
  });
  expect(taken).toMatchObject({ ok: true, value: { no: null } });
});

test('codes that were cut off, or of two documents mixed, are named, and nothing lies on the desk before one is whole', async () => {
  clear(custody.a.desk);
  await post('/cold/clear', new URLSearchParams());
  const [one, other] = await Promise.all(
    [await sendOut(custody, vault), await sendOut(custody, vault)].map(async ({ text }) => {
      const split = await splitIntoChunks(bytesOf(text));
      if (!split.ok) throw new Error(split.refusal);
      return split.chunks;
    }),
  );
  if (!one || !other) throw new Error('Nothing left.');
  const type = async (...codes: string[]): Promise<string> => {
    const form = new FormData();
    form.set('codes', codes.join('\n'));
    await post('/cold/read', form);
    return (await get('/cold')).text;
  };
  const [first = '', ...rest] = one;
  expect(await type(...rest, first.slice(0, -1))).toContain(
    'A character of this code was lost or changed',
  );
  // The place that is missing in the one is not filled by that of the other.
  const mixed = await type(other[0] ?? '', ...other.slice(1));
  expect(mixed).toContain('This code belongs to another document');
  expect(mixed).toMatch(/missing 1\b/u);
  expect(custody.a.desk.current).toBeNull();
  expect(await type(first)).toContain('0.001500000 SOL');
});

test('the sealed share of a backup is saved beside the answer, opens with its custodians’ parts alone, and is never the share itself', async () => {
  clear(custody.a.desk);
  expect((await get('/cold/backup')).response.status).toBe(303);
  const { groups, document } = await backUpHalf(custody, 'key-cold-1');
  await post('/cold/read', file(document));
  const open = (await get('/cold')).text;
  expect(open).not.toMatch(/\/cold\/backup/u);
  expect((await get('/cold/backup')).response.status).toBe(303);
  await post('/cold/proceed', new URLSearchParams({ document: documentOf(open) }));
  const done = (await get('/cold')).text;
  expect(done).toMatch(/Save share-key-cold-1-cold-a-epoch-1\.json/u);
  const { response, text } = await get('/cold/backup');
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="share-key-cold-1-cold-a-epoch-1.json"',
  );
  expect(text.length).toBeLessThan(ARCHIVE_BYTES_MAX);
  const archive = readArchive(Buffer.from(text));
  if (!archive.ok) throw new Error(archive.sentence);
  const group = groups.get('cold-a');
  const parts = (group?.parts ?? []).map((part) => {
    const read = readPart(part.text);
    if (!read.ok) throw new Error(read.sentence);
    return read.value;
  });
  const record = group?.record ?? null;
  const of = { archive: archive.value, parts, record, at: new Date() };
  expect(await verifyDrill(of)).toMatchObject({ ok: true, value: { party: 'cold-a' } });
  const { party } = custody.a;
  const share = keysOf(party)
    .flatMap((key) => (key.key === 'key-cold-1' ? (findShare(party, key) ?? []) : []))
    .at(0);
  if (!share) throw new Error('The share is there.');
  for (const said of [text, done, (await get('/cold/answer')).text])
    for (const spelling of ['hex', 'base64', 'base64url'] as const)
      expect(said).not.toContain(Buffer.from(share).toString(spelling).replace(/=+$/u, ''));
});

test('what does not come from this page changes nothing', async () => {
  clear(custody.a.desk);
  const out = await sendOut(custody, vault);
  await post('/cold/read', file(out.text), 'http://localhost:1');
  expect(custody.a.desk.shown).toBeNull();
  expect((await get('/cold')).text).toMatch(/did not come from this page/u);
  await post('/cold/read', file('x'.repeat(400_000)));
  expect(custody.a.desk.shown).toBeNull();
  await post('/cold/read', new FormData());
  expect((await get('/cold')).text).toMatch(/not complete/u);
  await post('/cold/read', file('nonsense'));
  expect((await get('/cold')).text).toMatch(/travel-not-ours/u);
  expect((await get('/cold/answer')).response.status).toBe(303);
  expect((await get('/coldx')).response.status).toBe(404);
  const headers = { origin: 'http://localhost:1', 'content-type': 'application/json' };
  const foreign = await fetch(`${origin}/cold/press`, { method: 'POST', headers, body: '{}' });
  expect(await foreign.json()).toMatchObject({ refusal: 'page-foreign' });
});
