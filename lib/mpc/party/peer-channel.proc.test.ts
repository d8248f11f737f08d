import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectPeer, readPeerOrigin, type PeerChannel } from './peer-channel.ts';

describe('the origin of another party', () => {
  test.each([
    ['https://control.example', 'production'],
    ['https://control.example:8443', 'sandbox'],
    ['http://localhost:3101', 'sandbox'],
    ['http://control.localhost', 'sandbox'],
    ['http://127.0.0.1:3101', 'sandbox'],
    ['http://[::1]:3101', 'sandbox'],
  ] as const)('%s counts in %s', (text, mode) => {
    expect(readPeerOrigin(text, mode)?.origin).toBe(text);
  });

  test.each([
    ['http://localhost:3101', 'production'],
    ['http://control.example', 'sandbox'],
    ['http://localhost.example', 'sandbox'],
    ['http://127.0.0.1.example', 'sandbox'],
    ['http://10.0.0.1', 'sandbox'],
    ['https://control.example/', 'production'],
    ['https://control.example:443', 'production'],
    ['https://user@control.example', 'production'],
    ['HTTPS://control.example', 'production'],
    ['file:///etc/passwd', 'sandbox'],
    ['', 'sandbox'],
  ] as const)('%s does not count in %s', (text, mode) => {
    expect(readPeerOrigin(text, mode)).toBeNull();
  });
});

describe('the way to another party', () => {
  let folder: string;
  const opened: { server: Server; channel: PeerChannel | null }[] = [];
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cs-peer-'));
    const openssl = (...parts: string[]): void =>
      void execFileSync('openssl', parts, { stdio: 'ignore', cwd: folder });
    const kind = ['-newkey', 'ed25519', '-nodes'];
    for (const name of ['authority', 'stranger'])
      openssl(
        'req',
        '-x509',
        ...kind,
        '-subj',
        `/CN=${name}`,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
      );
    writeFileSync(join(folder, 'party.ext'), 'subjectAltName=DNS:localhost\n');
    openssl('req', ...kind, '-subj', '/CN=party', '-keyout', 'party.key', '-out', 'party.csr');
    const issue = [
      'x509',
      '-req',
      '-in',
      'party.csr',
      '-CA',
      'authority.pem',
      '-CAkey',
      'authority.key',
    ];
    openssl(...issue, '-CAcreateserial', '-extfile', 'party.ext', '-out', 'party.pem');
  });
  afterEach(() => {
    for (const { server, channel } of opened.splice(0)) {
      channel?.close();
      server.close();
      server.closeAllConnections();
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function serve(answerTo: RequestListener, isTls: boolean): Promise<string> {
    const server = isTls
      ? createTlsServer({ cert: file('party.pem'), key: file('party.key') }, answerTo)
      : createHttpServer(answerTo);
    opened.push({ server, channel: null });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `${isTls ? 'https' : 'http'}://localhost:${address.port}`;
  }
  function ask(origin: string, ca: string | null): ReturnType<PeerChannel['post']> {
    const channel = connectPeer(origin, 'sandbox', ca);
    const last = opened.at(-1);
    if (last) last.channel = channel;
    return channel.post('/peer/heads', { heads: 1 });
  }
  const fine: RequestListener = (incoming, response) => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    incoming.on('end', () =>
      response.end(JSON.stringify({ ok: true, value: { path: incoming.url, text } })),
    );
  };
  const value = { path: '/peer/heads', text: '{"heads":1}' };

  test('is plain on one machine in the sandbox, and TLS under the authority that is named', async () => {
    expect(await ask(await serve(fine, false), null)).toEqual({ ok: true, value });
    expect(await ask(await serve(fine, true), file('authority.pem'))).toEqual({ ok: true, value });
  });

  test('leads nowhere where the certificate is of another authority', async () => {
    const origin = await serve(fine, true);
    expect(await ask(origin, file('stranger.pem'))).toEqual({ ok: false });
    expect(await ask(origin, null)).toEqual({ ok: false });
  });

  test('follows nobody elsewhere, and ends at silence, at a refusal, at babble and at a flood', async () => {
    const answers: RequestListener[] = [
      () => undefined,
      (_, response) => response.end('{"ok":false,"refusal":"genesis-missing","culprit":null}'),
      (_, response) => response.end('nonsense'),
      (_, response) => response.end('{"ok":true,"value":1,"more":2}'),
      (_, response) => response.end(`"${'x'.repeat(11 * 1024 * 1024)}"`),
    ];
    const started = performance.now();
    for (const answerTo of answers)
      expect(await ask(await serve(answerTo, false), null)).toEqual({ ok: false });
    const target = await serve(fine, false);
    const moved: RequestListener = (_, response) =>
      response.writeHead(307, { location: `${target}/peer/heads` }).end();
    expect(await ask(await serve(moved, false), null)).toEqual({ ok: false });
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
