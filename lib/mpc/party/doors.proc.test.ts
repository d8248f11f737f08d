import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request, type OutgoingHttpHeaders } from 'node:http';
import { createServer, connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectParty, partyStatus } from '../client/party-client.ts';
import { must } from '../testing/custody.ts';
import { prepareParty, setupCodeOf, type PartyProcess } from '../testing/party-process.ts';

describe('the doors of a party', () => {
  let party: PartyProcess;

  beforeAll(async () => {
    party = await prepareParty({ name: 'control' });
    await party.start();
  });
  afterAll(() => party.remove());

  type Sent = {
    method?: string;
    path?: string;
    headers?: OutgoingHttpHeaders;
    body?: string | Buffer;
  };
  function send({ method = 'POST', path = '/v1/status', headers, body = '{}' }: Sent) {
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = request(
        {
          socketPath: join(party.data, 'rpc.sock'),
          method,
          path,
          headers: headers ?? { 'content-type': 'application/json' },
        },
        (incoming) => {
          let text = '';
          incoming.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
          incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
  const malformed = {
    status: 400,
    text: '{"ok":false,"refusal":"request-malformed","culprit":null}',
  };

  test.each<[string, Sent]>([
    ['another method', { method: 'PUT' }],
    ['an unknown path', { path: '/v1/everything' }],
    ['a path with a query', { path: '/v1/status?x=1' }],
    ['another content type', { headers: { 'content-type': 'text/plain' } }],
    ['no JSON', { body: '{' }],
    ['JSON of another shape', { body: '[]' }],
    ['an unknown field', { body: '{"more":1}' }],
    ['bytes that are no UTF-8', { body: Buffer.from([0x7b, 0xff, 0x7d]) }],
    ['a body larger than the method takes', { body: ' '.repeat(2000) + '{}' }],
    ['depth beyond reason', { path: '/v1/sign/share', body: '['.repeat(60_000) }],
  ])('%s gets the one constant refusal', async (_, sent) => {
    expect(await send(sent)).toEqual(malformed);
    expect((await send({})).status).toBe(200);
  });

  test('a deeply nested bundle is refused by name and the party lives on', async () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const body = `{"bundle":{"intent":${deep},"statements":[]},"receipts":[]}`;
    const { text } = await send({ path: '/v1/adopt', body });
    expect(text).toBe('{"ok":false,"refusal":"genesis-missing","culprit":null}');
    expect((await send({})).status).toBe(200);
  });

  test('the socket and everything in the data folder are for the owner only', () => {
    expect(statSync(party.data).mode & 0o077).toBe(0);
    for (const name of readdirSync(party.data))
      expect([name, statSync(join(party.data, name)).mode & 0o077]).toEqual([name, 0]);
  });

  test('the page answers only under its own name, without script, and frames nowhere', async () => {
    const port = Number(new URL(party.origin).port);
    const good = await fetch(party.origin);
    expect(good.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/u,
    );
    const page = await good.text();
    expect(page).not.toContain('<script');
    const styles = [...page.matchAll(/<style>(?<text>.*?)<\/style>/gsu)].map(
      (found) => found.groups?.['text'] ?? '',
    );
    const hashes = styles.map((text) => createHash('sha256').update(text).digest('base64'));
    expect(hashes).toHaveLength(1);
    expect(good.headers.get('content-security-policy')).toContain(`'sha256-${hashes[0]}'`);
    expect(page).not.toMatch(/ style=| on[a-z]+=/u);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(421);
    expect((await fetch(`${party.origin}/rpc.sock`)).status).toBe(404);
    expect((await fetch(party.origin, { method: 'POST' })).status).toBe(404);
    const pin = (headers: Record<string, string>, body: string) =>
      fetch(`${party.origin}/pin`, { method: 'POST', headers, body, redirect: 'manual' });
    const form = { origin: party.origin, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await pin({ ...form, origin: 'null' }, 'digest=x')).status).toBe(403);
    expect((await pin(form, 'digest=x')).status).toBe(400);
    expect((await pin(form, `digest=${'a'.repeat(5000)}`)).status).toBe(400);
    expect((await pin({ ...form, 'content-type': 'text/plain' }, 'x')).status).toBe(400);
    const code = setupCodeOf(party) ?? '';
    const unoffered = await pin(form, `digest=${'ab'.repeat(32)}&code=${code}`);
    expect(unoffered.status).toBe(409);
  });

  test('connections that send nothing, or half a request, are closed within seconds at both doors', async () => {
    const started = performance.now();
    const port = Number(new URL(party.origin).port);
    const half = 'POST /v1/status HTTP/1.1\r\nhost: x\r\n';
    const open = () => [connect(port, '127.0.0.1'), connect(join(party.data, 'rpc.sock'))];
    const halfway = open();
    for (const socket of halfway) socket.write(half);
    const idle = [...open(), ...halfway];
    await Promise.all(idle.map((socket) => once(socket.resume(), 'close')));
    expect(performance.now() - started).toBeLessThan(15_000);
    must(await partyStatus(party.client));
  });

  test('the right set-up code is taken right after five wrong ones of somebody else', async () => {
    const headers = { origin: party.origin, 'content-type': 'application/x-www-form-urlencoded' };
    const pin = async (code: string) => {
      const body = `digest=${'ab'.repeat(32)}&code=${code}`;
      const sent = { method: 'POST', headers, body, redirect: 'manual' } as const;
      return (await fetch(`${party.origin}/pin`, sent)).status;
    };
    for (let guess = 0; guess < 5; guess += 1) expect(await pin(`WRONG${guess}`)).toBe(403);
    expect(await pin('WRONG6')).toBe(429);
    // Nothing is on offer here, which only the right code gets to learn.
    expect(await pin(setupCodeOf(party) ?? '')).toBe(409);
  });

  test('a connection that sends nothing useful is closed and harms nobody', async () => {
    const socket = connect(join(party.data, 'rpc.sock'));
    await once(socket, 'connect');
    socket.write('\u0000\u0001garbage\r\n\r\n');
    await once(socket, 'close');
    must(await partyStatus(party.client));
  });

  test('an absent, silent or babbling party is an outcome of its own within the time limit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cs-silent-'));
    const path = join(folder, 'rpc.sock');
    const address = {
      name: 'control',
      rpc: `unix:${path}`,
      origin: '',
      expected: 'online',
    } as const;
    const client = connectParty(address, { timeoutMs: 300 });
    expect(await partyStatus(client)).toMatchObject({ ok: false, refusal: 'party-unreachable' });
    let reply: string | null = null;
    const server = createHttpServer((incoming, response) => {
      incoming.resume();
      if (reply !== null) response.end(reply);
    }).listen(path);
    await once(server, 'listening');
    expect(await partyStatus(client)).toMatchObject({ ok: false, refusal: 'party-timeout' });
    const babble = [
      'nonsense',
      '{"ok":true,"value":{}}',
      '{"ok":false,"refusal":"made-up","culprit":null}',
      'null',
    ];
    for (const body of [...babble, `"${'x'.repeat(2_000_000)}"`]) {
      reply = body;
      expect(await partyStatus(client)).toMatchObject({
        ok: false,
        refusal: 'party-answer-invalid',
      });
    }
    client.close();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
});

describe('a party reached over mutual TLS', () => {
  let folder: string;
  let party: PartyProcess;
  let port: number;
  const file = (name: string): string => join(folder, name);

  function openssl(...parts: string[]): void {
    execFileSync('openssl', parts, { stdio: 'ignore', cwd: folder });
  }
  function authority(name: string): void {
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ed25519',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
    );
  }
  function certificate(name: string, issuer: string, extension: string): void {
    writeFileSync(file(`${name}.ext`), extension);
    openssl(
      'req',
      '-newkey',
      'ed25519',
      '-nodes',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
    );
    openssl(
      'x509',
      '-req',
      '-days',
      '2',
      '-in',
      `${name}.csr`,
      '-CA',
      `${issuer}.pem`,
      '-CAkey',
      `${issuer}.key`,
      '-CAcreateserial',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
    );
  }
  const clientWith = (cert: string, ca = 'authority') =>
    connectParty({
      name: 'custody',
      rpc: `https://localhost:${port}`,
      origin: '',
      expected: 'online',
      tls: { ca: file(`${ca}.pem`), cert: file(`${cert}.pem`), key: file(`${cert}.key`) },
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cs-tls-'));
    authority('authority');
    authority('stranger');
    certificate(
      'server',
      'authority',
      'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n',
    );
    certificate('console', 'authority', 'extendedKeyUsage=clientAuth\n');
    certificate('intruder', 'stranger', 'extendedKeyUsage=clientAuth\n');
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    port = address !== null && typeof address !== 'string' ? address.port : 0;
    probe.close();
    party = await prepareParty({
      name: 'custody',
      env: {
        COUNTERSIGN_PARTY_RPC: `https://localhost:${port}`,
        COUNTERSIGN_PARTY_RPC_CERT: file('server.pem'),
        COUNTERSIGN_PARTY_RPC_KEY: file('server.key'),
        COUNTERSIGN_PARTY_RPC_CLIENT_CA: file('authority.pem'),
      },
    });
    await party.start();
  });
  afterAll(async () => {
    await party.remove();
    rmSync(folder, { recursive: true });
  });

  test('the console with a certificate of the right authority is answered', async () => {
    const client = clientWith('console');
    expect(must(await partyStatus(client)).name).toBe('custody');
    client.close();
  });

  test('a certificate of another authority, or none, is turned away', async () => {
    const client = clientWith('intruder');
    expect(await partyStatus(client)).toMatchObject({ ok: false, refusal: 'party-unreachable' });
    client.close();
    await expect(
      fetch(`https://localhost:${port}/v1/status`, { method: 'POST' }),
    ).rejects.toThrow();
  });

  test('a party that shows a certificate of another authority is not talked to', async () => {
    const client = clientWith('console', 'stranger');
    expect(await partyStatus(client)).toMatchObject({ ok: false, refusal: 'party-unreachable' });
    client.close();
  });

  test('https without certificates is not an address', () => {
    const address = {
      name: 'custody',
      rpc: 'https://localhost:1',
      origin: '',
      expected: 'online',
    } as const;
    expect(() => connectParty(address)).toThrow('certificates');
  });

  test('the key files are read from where the settings say, and never shown', () => {
    expect(party.output()).not.toContain(readFileSync(file('server.key'), 'utf8').slice(30, 60));
  });
});
