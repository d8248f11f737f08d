/** The data-key service as a process of its own, asked over its socket as the console asks it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataKeysAt, type OwnerKeys } from '../client.ts';
import type { DataKeysError } from '../data-keys.ts';
import { callerHash } from './door.ts';
import { SHREDS_AN_HOUR_MAX } from './messages.ts';
import type { ServiceSettings } from './settings.ts';

const tokens = {
  web: 'w'.repeat(40),
  worker: 'k'.repeat(40),
  owner: 'o'.repeat(40),
};
let folder = '';
let child: ChildProcess;
const open: OwnerKeys[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cs-keys-'));
  child = await start();
});
afterEach(async () => {
  for (const keys of open.splice(0)) keys.close();
  await end(child, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const socket = (): string => join(folder, 'keys.sock');

function spawnService(more: Partial<ServiceSettings> = {}): ChildProcess {
  const settings: ServiceSettings = {
    socket: socket(),
    folders: { keys: join(folder, 'keys'), root: join(folder, 'root') },
    copies: [],
    backups: null,
    useLog: join(folder, 'uses.log'),
    callers: {
      web: callerHash(tokens.web),
      worker: callerHash(tokens.worker),
      owner: callerHash(tokens.owner),
    },
    ...more,
  };
  return spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Resolves when the process says that it is at work. */
async function start(more: Partial<ServiceSettings> = {}): Promise<ChildProcess> {
  const started = spawnService(more);
  await new Promise<void>((resolve, reject) => {
    started.stdout?.on('data', (text: Buffer) => {
      if (text.includes('at work')) resolve();
    });
    started.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return started;
}

async function end(one: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (one.exitCode !== null || one.signalCode !== null) return one.exitCode;
  const ended = new Promise<number | null>((resolve) => one.once('exit', resolve));
  one.kill(signal);
  return ended;
}

function as(caller: keyof typeof tokens, token = tokens[caller]): OwnerKeys {
  const keys = dataKeysAt(`unix:${socket()}`, token);
  open.push(keys);
  return keys;
}

const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as DataKeysError).fault,
  );
const plain = new TextEncoder().encode('Änne Müller');

async function sealOne(keys: OwnerKeys): Promise<{ key: string; sealed: Uint8Array }> {
  const [key = ''] = await keys.make(1);
  const [sealed = new Uint8Array()] = await keys.seal([{ key, context: 'a', plain }]);
  return { key, sealed };
}

it('what one process sealed another opens, also after the service was killed and started again', async () => {
  const { key, sealed } = await sealOne(as('web'));
  expect(await as('worker').open([{ context: 'a', sealed }])).toEqual([{ state: 'open', plain }]);
  await end(child, 'SIGKILL');
  expect(await faultOf(as('web').open([{ context: 'a', sealed }]))).toBe('unavailable');
  child = await start();
  expect(await as('web').open([{ context: 'a', sealed }])).toEqual([{ state: 'open', plain }]);
  await as('worker').shred([key]);
  expect(await as('web').open([{ context: 'a', sealed }])).toEqual([{ state: 'shredded' }]);
  expect(await as('web').missing([key])).toEqual([key]);
});

describe('who may ask', () => {
  it('is nobody without a secret, or with another', async () => {
    for (const token of ['x'.repeat(40), '', tokens.web.slice(1)])
      expect(await faultOf(as('web', token).make(1))).toBe('not-allowed');
  });

  it('destroys nothing where it is the web server', async () => {
    const { key, sealed } = await sealOne(as('web'));
    expect(await faultOf(as('web').shred([key]))).toBe('not-allowed');
    expect(await faultOf(as('web').rotate())).toBe('not-allowed');
    expect(await faultOf(as('worker').rotate())).toBe('not-allowed');
    expect(await as('web').open([{ context: 'a', sealed }])).toEqual([{ state: 'open', plain }]);
  });

  it('learns which keys there are where it is the worker, and not where it is the web server', async () => {
    const keys = await as('web').make(300);
    const worker = as('worker');
    const listed: string[] = [];
    for (let bucket = 0; bucket < 256; bucket += 1) listed.push(...(await worker.list(bucket)));
    expect(listed.toSorted()).toEqual(keys.toSorted());
    expect(await faultOf(as('web').list(0))).toBe('not-allowed');
    expect(await faultOf(worker.list(256))).toBe('too-much');
  });

  it('learns whether ids ever had a key, which the web server does not', async () => {
    const worker = as('worker');
    const [there = '', gone = ''] = await worker.make(2);
    await worker.shred([gone]);
    const never = 'ab'.repeat(16);
    await as('owner').rotate();
    await end(child, 'SIGTERM');
    child = await start();
    expect(await worker.missing([there, gone, never])).toEqual([gone, never]);
    expect(await worker.neverMade([there, gone, never])).toEqual([never]);
    expect(await faultOf(as('web').neverMade([never]))).toBe('not-allowed');
  });

  it('destroys no more within an hour than a worker has to', async () => {
    const keys = await as('worker').make(SHREDS_AN_HOUR_MAX + 1);
    await as('worker').shred(keys.slice(0, SHREDS_AN_HOUR_MAX));
    const last = keys.slice(SHREDS_AN_HOUR_MAX);
    expect(await faultOf(as('worker').shred(last))).toBe('too-much');
    expect(await as('web').missing(last)).toEqual([]);
    // Neither a start nor asking again for what is gone changes that.
    await end(child, 'SIGTERM');
    child = await start();
    expect(await faultOf(as('worker').shred(last))).toBe('too-much');
    expect((await as('worker').shred(keys.slice(0, 3))).absent).toHaveLength(3);
    expect((await as('owner').shred(last)).destroyed).toEqual(last);
  });

  it('destroys no more as the owner either, until that is said to be meant', async () => {
    const keys = await as('owner').make(SHREDS_AN_HOUR_MAX + 1);
    expect(await faultOf(as('owner').shred(keys))).toBe('too-much');
    expect((await as('owner').shredBeyondBrake(keys)).destroyed).toHaveLength(keys.length);
    expect(await faultOf(as('worker').shredBeyondBrake(await as('web').make(501)))).toBe(
      'too-much',
    );
  });
});

it('makes no more keys within an hour than its settings say, a start in between included', async () => {
  await end(child, 'SIGTERM');
  child = await start({ makesAnHour: 10_000 });
  const web = as('web');
  await web.make(8_500);
  expect(await faultOf(web.make(1_501))).toBe('too-many-made');
  expect(await web.make(1_500)).toHaveLength(1_500);
  await end(child, 'SIGKILL');
  child = await start({ makesAnHour: 10_000 });
  expect(await faultOf(as('web').make(1))).toBe('too-many-made');
  expect(await as('worker').make(1_500)).toHaveLength(1_500);
});

describe('what is no request', () => {
  const frame = (body: Buffer | string): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(Buffer.byteLength(body));
    return Buffer.concat([head, Buffer.from(body)]);
  };
  const question = (ask: string, input: string): string =>
    `{"id":1,"ask":"${ask}","input":${input}}`;

  /** What comes back after the secret and these bytes, until the other side ends or one answer is whole. */
  const send = (bytes: Buffer, token = tokens.web): Promise<string> =>
    new Promise((resolve) => {
      const visitor = connect(socket());
      let said = '';
      visitor.on('data', (chunk: Buffer) => {
        said += chunk.toString('latin1');
        visitor.destroy();
      });
      visitor.once('error', () => undefined);
      visitor.once('close', () => resolve(said));
      visitor.write(frame(JSON.stringify({ token })));
      visitor.write(bytes);
    });

  it.each([
    ['no JSON', '{', 'no request'],
    ['nothing', '', 'no request'],
    ['another form', question('open', '{"items":[{"sealed":1}]}'), 'not in the form'],
    ['a name of the prototype', question('constructor', '{}'), 'no request'],
    [
      'an input of the prototype',
      question('open', '{"__proto__":{"items":[]}}'),
      'not in the form',
    ],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0, 1]), 'no request'],
    [
      'what was never sealed',
      question('open', '{"items":[{"context":"a","sealed":"AAAA"}]}'),
      'never sealed',
    ],
  ])('is refused: %s', async (_, body, sentence) => {
    expect(await send(frame(body))).toContain(sentence);
    // It still works for others.
    expect(await as('web').make(1)).toHaveLength(1);
  });

  it('is cut off where it is longer than anything that is asked', async () => {
    expect(await send(Buffer.alloc(4, 0xff))).toContain('too long');
    expect(await send(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toContain('too long');
    expect(await as('web').make(1)).toHaveLength(1);
  });

  it('does not keep others waiting', async () => {
    const idle = Array.from({ length: 20 }, () => connect(socket()));
    for (const one of idle) one.write(frame(JSON.stringify({ token: tokens.web })).subarray(0, 9));
    expect(await as('web').make(1)).toHaveLength(1);
    for (const one of idle) one.destroy();
  });
});

it('many questions at once over one connection get each their own answer', async () => {
  const keys = as('worker');
  const made = await keys.make(300);
  const answers = await Promise.all(
    made.map(async (key, place) => {
      const value = new TextEncoder().encode(`Person ${place}`);
      const [sealed = new Uint8Array()] = await keys.seal([{ key, context: 'a', plain: value }]);
      const [opened] = await keys.open([{ context: 'a', sealed }]);
      return opened?.state === 'open' ? new TextDecoder().decode(opened.plain) : 'none';
    }),
  );
  expect(answers).toEqual(made.map((_, place) => `Person ${place}`));
});

it('whoever runs it sees what is pending, writes a backup and begins a lost copy anew, and nobody else', async () => {
  await end(child, 'SIGTERM');
  const copy = { keys: join(folder, 'copy', 'keys'), root: join(folder, 'copy', 'root') };
  const backups = join(folder, 'backups');
  child = await start({ copies: [copy], backups });
  const [key = ''] = await as('web').make(1);
  rmSync(join(folder, 'copy'), { recursive: true });
  const { places } = await as('worker').shred([key]);
  expect(places).toContainEqual({ place: copy.keys, done: false, fault: 'away' });
  expect((await as('owner').health()).isShreddingPending).toBe(true);
  expect(await faultOf(as('worker').renewCopy(copy.keys))).toBe('not-allowed');
  expect(await faultOf(as('web').backup())).toBe('not-allowed');
  expect(await faultOf(as('owner').renewCopy('/nowhere'))).toBe('key-unknown');
  await as('owner').renewCopy(copy.keys);
  expect((await as('owner').health()).isShreddingPending).toBe(false);
  const before = readdirSync(backups).length;
  await as('owner').backup();
  expect(readdirSync(backups)).toHaveLength(before + 1);
});

it('a second service does not start over the same keys', async () => {
  const second = spawnService({ socket: join(folder, 'other.sock') });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(1);
  expect(await as('web').make(1)).toHaveLength(1);
});

it('a lock that names another process of the same number holds nobody back', async () => {
  await end(child, 'SIGKILL');
  // This process is alive, but is not the one that took the lock.
  writeFileSync(join(folder, 'lock'), `${process.pid} 1`);
  child = await start();
  expect(await as('web').make(1)).toHaveLength(1);
});

it('does not start over keys that do not open, and says why without a value', async () => {
  await sealOne(as('web'));
  await end(child, 'SIGTERM');
  writeFileSync(join(folder, 'root', 'root-0000000001'), Buffer.alloc(32));
  const spoilt = spawnService();
  let said = '';
  spoilt.stdout?.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise((resolve) => spoilt.once('close', resolve));
  expect(code).toBe(1);
  expect(said).toContain('does not open with the root key');
});

it('its log of uses says who asked for how much and nothing of what', async () => {
  const { key } = await sealOne(as('web'));
  await as('worker').fingerprint('name', ['muller anne']);
  await as('worker').shred([key]);
  await end(child, 'SIGTERM');
  const log = readFileSync(join(folder, 'uses.log'), 'utf8');
  expect(log).toContain(
    `"caller":"worker","ask":"shred","count":1,"outcome":"done","ids":["${key}"],"destroyed":1`,
  );
  for (const secret of [...Object.values(tokens), 'muller', 'Müller'])
    expect(log).not.toContain(secret);
});
