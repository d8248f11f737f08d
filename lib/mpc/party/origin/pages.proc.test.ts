import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf, intentDigest, type Intent } from '#lib/protocol/intent.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import { adopt, offerGenesis, presentOperation } from '../../client/party-client.ts';
import { must, randomAddress } from '../../testing/custody.ts';
import { hostileParty } from '../../testing/hostile-party.ts';
import {
  foundOrganisation,
  listingIntent,
  type Name,
  type Organisation,
} from '../../testing/organisation.ts';
import { pressAt } from '../../testing/page-press.ts';
import { pin, prepareParty, rosterEntry, type PartyProcess } from '../../testing/party-process.ts';
import type { KeyRequest } from './prepare.ts';

const project = dirname(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))));
const NOTE = 'somebody called and sounded like Adam';

type Prepared = { ok: true; press: KeyRequest; hand: object };

describe('the pages of a party process', () => {
  let party: PartyProcess;
  let organisation: Organisation;
  let intent: Intent;

  beforeAll(async () => {
    party = await prepareParty({ name: 'control' });
    await party.start();
    const entries = [
      await rosterEntry(party, 1),
      hostileParty('custody', 2).entry,
      hostileParty('recovery', 3).entry,
    ];
    organisation = foundOrganisation(entries);
    must(await offerGenesis(party.client, organisation.genesis));
    await pin(party, digestOf(organisation.genesis.document));
    intent = listingIntent({ id: 'payroll', address: randomAddress() });
    const statements = [organisation.say('raisa', 'raise', intent)];
    must(await presentOperation(party.client, { bundle: { intent, statements } }));
  });
  afterAll(() => party.remove());

  const get = (path: string) => fetch(`${party.origin}${path}`, { redirect: 'manual' });
  async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${party.origin}${path}`, {
      method: 'POST',
      headers: { origin: party.origin, 'content-type': 'application/json', ...headers },
      body: text,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  async function press(
    name: Name,
    id: string,
    of: { paths: [string, string]; ask: object; origin?: string; key?: Name },
  ) {
    const prepared = await post(of.paths[0], { who: { person: id }, ask: of.ask });
    expect(prepared).toMatchObject({ status: 200 });
    const { press: wanted, hand } = prepared.body as Prepared;
    const assertion = pressAt(organisation, of.key ?? name, wanted, of.origin ?? party.origin);
    return post(of.paths[1], { ...hand, assertion });
  }
  const no: [string, string] = ['/no/prepare', '/no'];
  const code: [string, string] = ['/code/prepare', '/code'];
  const shown = (): object => ({
    operation: intent.operation,
    intentDigest: intentDigest(intent),
    attempt: '1',
  });
  const codeOfAdam = async (): Promise<string> => {
    const answer = await press('adam', 'p-adamaaaaaa', { paths: code, ask: shown() });
    expect(answer).toMatchObject({ status: 200, body: { ok: true, person: 'p-adamaaaaaa' } });
    return String(answer.body['code']);
  };

  test('every page answers under its own name alone, frames nowhere, and runs at most its one script', async () => {
    const paths = ['/operations', `/operations/${intent.operation}`, '/stop', '/'];
    for (const path of paths) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 200]);
      const page = await response.text();
      const policy = response.headers.get('content-security-policy') ?? '';
      const scripts = [...page.matchAll(/<script>(?<text>.*?)<\/script>/gsu)].map(
        (found) =>
          `'sha256-${createHash('sha256')
            .update(found.groups?.['text'] ?? '')
            .digest('base64')}'`,
      );
      const hasKeys = path === '/stop' || path.startsWith('/operations/');
      expect([path, scripts.length]).toEqual([path, hasKeys ? 1 : 0]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy.includes('script-src')).toBe(hasKeys);
      if (hasKeys) expect(policy).toContain(`script-src ${scripts[0]}; connect-src 'self'`);
      expect(policy).not.toContain('unsafe');
      expect(page).not.toMatch(/ style=| on[a-z]+="/u);
      const port = Number(new URL(party.origin).port);
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(421);
    }
  });

  test('what is not there is not there', async () => {
    const other = '0b5d3c6e-7f11-4a0e-9d52-3a8f6f1c2b4d';
    for (const path of [
      `/operations/${other}`,
      `/stopped/${other}`,
      '/operations/x',
      '/stop?x=1',
      '/no',
      '/operations?page=0',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    const unheard = await (await get(`/stopped/${other}`)).text();
    expect(unheard).toContain('Not heard of here');
    expect(unheard).toContain('href="/stop"');
  });

  test('nothing is taken from another site, in another form, or larger than a stop', async () => {
    const body = { purpose: 'stop' };
    expect(await post('/keys', body, { origin: 'http://evil.localhost' })).toMatchObject({
      status: 403,
      body: { refusal: 'page-foreign' },
    });
    expect(await post('/keys', body, { origin: 'null' })).toMatchObject({ status: 403 });
    expect(await post('/keys', body, { 'content-type': 'text/plain' })).toMatchObject({
      status: 400,
    });
    expect(await post('/keys', '{"purpose":"stop","purpose":"code"}')).toMatchObject({
      status: 400,
    });
    expect(await post('/keys', '{')).toMatchObject({
      status: 400,
      body: { refusal: 'page-malformed' },
    });
    for (const path of ['/keys', '/no', '/no/prepare', '/code', '/code/prepare'])
      expect(await post(path, `"${'x'.repeat(70_000)}"`)).toMatchObject({
        status: 413,
        body: { refusal: 'page-too-large' },
      });
    expect(await post('/keys', body)).toMatchObject({
      status: 200,
      body: { press: { rpId: 'localhost' } },
    });
  });

  test('a wrong key is refused by name, and the right one is taken however often others failed', async () => {
    const ask = { what: 'reject', ...shown(), attempt: '7', reason: 'not-expected', note: NOTE };
    const wrong = () => press('adam', 'p-adamaaaaaa', { paths: no, ask, key: 'cora' });
    const first = await wrong();
    expect(first).toMatchObject({ status: 409, body: { refusal: 'credential-of-another-person' } });
    expect(first.body['sentence']).toMatch(/another person's key/u);
    for (let turn = 0; turn < 30; turn += 1) await wrong();
    expect(await wrong()).toMatchObject({ status: 429, body: { refusal: 'too-many-tries' } });
    const right = await press('adam', 'p-adamaaaaaa', { paths: no, ask });
    expect(right).toMatchObject({ status: 200, body: { goTo: `/stopped/${intent.operation}` } });
  });

  test('a rejection made here counts, and an approval does not', async () => {
    const other = listingIntent({ id: 'petty-cash', address: randomAddress() });
    const bundle = organisation.bundle(other);
    const [raise, approve, cosign] = bundle.statements;
    if (!raise || !approve || !cosign) throw new Error('Three people state a listing.');
    const assertion = organisation.keys.adam.assert({
      challenge: challengeOf(approve.statement),
      origin: party.origin,
    });
    const moved = { ...approve, assertion };
    expect(
      await adopt(party.client, { ...bundle, statements: [raise, moved, cosign] }),
    ).toMatchObject({ refusal: 'origin-not-allowed' });
    const ask = {
      what: 'reject',
      operation: other.operation,
      intentDigest: intentDigest(other),
      attempt: '1',
      reason: 'wrong-details',
      note: '',
    };
    expect(await press('cora', 'p-coraaaaaaa', { paths: no, ask })).toMatchObject({ status: 200 });
    expect(await adopt(party.client, bundle)).toMatchObject({ refusal: 'attempt-ended' });
    const page = await (await get(`/stopped/${other.operation}`)).text();
    expect(page).toContain('Attempt 1 of the operation has ended here.');
  });

  test('the terminal of the party shows its decode, and the code to people of its group only', async () => {
    const shownCode = await codeOfAdam();
    const run = (...given: string[]) =>
      spawnSync(process.execPath, ['scripts/party.ts', 'show', ...given], {
        cwd: project,
        env: {
          PATH: process.env['PATH'],
          NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
          COUNTERSIGN_PARTY_DATA: party.data,
        } as unknown as NodeJS.ProcessEnv,
        encoding: 'utf8',
        timeout: 30_000,
      });
    const plain = run(intent.operation, '--party', 'control');
    expect(plain.stderr).toBe('');
    expect(plain.stdout).toContain('Listing of a destination: payroll');
    expect(plain.stdout).not.toContain(shownCode);
    const adam = run(intent.operation, '--party', 'control', '--person', 'p-adamaaaaaa');
    expect(adam.stdout).toContain(`Code of p-adamaaaaaa: ${shownCode}`);
    const cora = run(intent.operation, '--party', 'control', '--person', 'p-coraaaaaaa');
    expect([cora.status, cora.stderr]).toEqual([
      1,
      expect.stringContaining('people of its own group'),
    ]);
    expect(statSync(join(party.data, 'admin.sock')).mode & 0o777).toBe(0o600);
    for (const path of ['/show', '/code', '/v1/code', '/v1/show'])
      expect(
        await overRpc(path, {
          party: 'control',
          operation: intent.operation,
          person: 'p-adamaaaaaa',
        }),
      ).toBe('{"ok":false,"refusal":"request-malformed","culprit":null}');
  });

  function overRpc(path: string, body: object): Promise<string> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        {
          socketPath: join(party.data, 'rpc.sock'),
          method: 'POST',
          path,
          headers: { 'content-type': 'application/json' },
        },
        (incoming) => {
          let text = '';
          incoming.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
          incoming.on('end', () => resolve(text));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(JSON.stringify(body));
    });
  }

  test('no code, note or secret is in a file or a line of output', async () => {
    const secrets = [await codeOfAdam(), NOTE].map((text) => Buffer.from(text));
    secrets.push(readFileSync(join(party.data, 'kek')));
    const places = readdirSync(party.data)
      .filter((name) => !name.endsWith('.sock') && name !== 'kek')
      .map((name): [string, Buffer] => [name, readFileSync(join(party.data, name))]);
    expect(places.map(([name]) => name)).toContain('party.db');
    places.push(['output', Buffer.from(party.output())]);
    for (const [name, bytes] of places)
      for (const secret of secrets) expect([name, bytes.includes(secret)]).toEqual([name, false]);
    expect(party.output()).not.toContain('p-adamaaaaaa');
  });

  test('after a freeze by one key press the page says what stands still, and a restart keeps it', async () => {
    const done = await press('remy', 'p-remyaaaaaa', {
      paths: no,
      ask: { what: 'freeze-everything', note: '' },
    });
    expect(done).toMatchObject({ status: 200, body: { person: 'p-remyaaaaaa' } });
    await party.kill();
    await party.start();
    const page = await (await get(String(done.body['goTo']))).text();
    expect(page).toContain('Frozen here: everything.');
    expect(page).toContain('Not heard since this party started.');
    const other = await (await get(`/operations/${intent.operation}`)).text();
    expect(other).toMatch(/Frozen:.*everything \(by /su);
  });
});
