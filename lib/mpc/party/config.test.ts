import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readPartyConfig } from './config.ts';
import { loadKek, parseKekSource } from './kek-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'cs-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Environment = Record<string, string>;
const sandbox: Environment = {
  COUNTERSIGN_PARTY_NAME: 'control',
  COUNTERSIGN_PARTY_DATA: join(folder, 'control'),
  COUNTERSIGN_PARTY_ORIGIN: 'http://localhost:3101',
};
const production: Environment = {
  ...sandbox,
  COUNTERSIGN_MODE: 'production',
  COUNTERSIGN_PARTY_ORIGIN: 'https://control.example',
  COUNTERSIGN_PARTY_LISTEN: '127.0.0.1:3101',
  COUNTERSIGN_PARTY_KEK: 'credential:kek',
};
const read = (environment: Environment) =>
  readPartyConfig(environment as unknown as NodeJS.ProcessEnv);

describe('settings of a party', () => {
  test('the sandbox needs three, the rest follows', () => {
    expect(read(sandbox)).toMatchObject({
      name: 'control',
      group: 'control',
      mode: 'sandbox',
      rpc: { kind: 'unix', path: join(folder, 'control', 'rpc.sock') },
      origin: { origin: 'http://localhost:3101', host: '127.0.0.1', port: 3101, tls: null },
      kek: { kind: 'file', path: join(folder, 'control', 'kek') },
    });
  });

  test('parties are asked each second, under the authorities of the system, unless it is said otherwise', () => {
    expect(read(sandbox)).toMatchObject({ peerInterval: 1000 });
    expect(read(sandbox).peerCa).toBeUndefined();
    const ca = join(folder, 'authority.pem');
    writeFileSync(ca, 'an authority');
    const told = {
      COUNTERSIGN_PARTY_PEER_CA: ca,
      COUNTERSIGN_PARTY_PEER_INTERVAL: '250',
    };
    expect(read({ ...sandbox, ...told })).toMatchObject({ peerInterval: 250, peerCa: ca });
  });

  test('production takes a complete set', () => {
    expect(read(production)).toMatchObject({ mode: 'production', kek: { kind: 'credential' } });
  });

  test.each<[string, Environment]>([
    ['COUNTERSIGN_MODE', { ...sandbox, COUNTERSIGN_MODE: 'Production' }],
    ['COUNTERSIGN_PARTY_NAME', { ...sandbox, COUNTERSIGN_PARTY_NAME: '../control' }],
    ['COUNTERSIGN_PARTY_GROUP', { ...sandbox, COUNTERSIGN_PARTY_GROUP: 'board' }],
    [
      'COUNTERSIGN_PARTY_ORIGIN',
      { ...sandbox, COUNTERSIGN_PARTY_ORIGIN: 'http://localhost:3101/' },
    ],
    ['COUNTERSIGN_PARTY_ORIGIN', { ...sandbox, COUNTERSIGN_PARTY_ORIGIN: 'ftp://localhost' }],
    [
      'COUNTERSIGN_PARTY_ORIGIN',
      { ...production, COUNTERSIGN_PARTY_ORIGIN: 'http://control.example' },
    ],
    ['COUNTERSIGN_PARTY_LISTEN', { ...sandbox, COUNTERSIGN_PARTY_LISTEN: 'everywhere:3101' }],
    ['COUNTERSIGN_PARTY_LISTEN', { ...sandbox, COUNTERSIGN_PARTY_LISTEN: '127.0.0.1:70000' }],
    ['COUNTERSIGN_PARTY_RPC', { ...sandbox, COUNTERSIGN_PARTY_RPC: 'http://localhost:1' }],
    ['COUNTERSIGN_PARTY_RPC', { ...sandbox, COUNTERSIGN_PARTY_RPC: `unix:/${'x'.repeat(120)}` }],
    ['COUNTERSIGN_PARTY_RPC_CERT', { ...sandbox, COUNTERSIGN_PARTY_RPC: 'https://localhost:4443' }],
    ['COUNTERSIGN_PARTY_ORIGIN_KEY', { ...sandbox, COUNTERSIGN_PARTY_ORIGIN_CERT: 'a.pem' }],
    [
      'COUNTERSIGN_PARTY_PEER_CA',
      { ...sandbox, COUNTERSIGN_PARTY_PEER_CA: join(folder, 'absent.pem') },
    ],
    ...['99', '10001', '1e3', '-250', '250 '].map((text): [string, Environment] => [
      'COUNTERSIGN_PARTY_PEER_INTERVAL',
      { ...sandbox, COUNTERSIGN_PARTY_PEER_INTERVAL: text },
    ]),
    ['COUNTERSIGN_PARTY_KEK', { ...sandbox, COUNTERSIGN_PARTY_KEK: 'secret' }],
    ['COUNTERSIGN_PARTY_KEK', { ...sandbox, COUNTERSIGN_PARTY_KEK: 'credential:../kek' }],
    ['COUNTERSIGN_PARTY_KEK', { ...production, COUNTERSIGN_PARTY_KEK: '' }],
    [
      'COUNTERSIGN_PARTY_KEK',
      { ...production, COUNTERSIGN_PARTY_KEK: `file:${join(folder, 'control', 'kek')}` },
    ],
    [
      'COUNTERSIGN_PARTY_CONFIG',
      { ...sandbox, COUNTERSIGN_PARTY_CONFIG: join(folder, 'absent.json') },
    ],
  ])('a wrong %s stops the start with its name', (name, environment) => {
    expect(() => read(environment)).toThrow(new RegExp(`^${name} must be `, 'u'));
  });

  test('a file may hold the settings, the environment wins, and unknown ones are refused', () => {
    const file = join(folder, 'control.json');
    writeFileSync(file, JSON.stringify({ ...sandbox, COUNTERSIGN_PARTY_NAME: 'custody' }));
    const fromFile = { COUNTERSIGN_PARTY_CONFIG: file };
    expect(read(fromFile)).toMatchObject({ name: 'custody' });
    expect(read({ ...fromFile, COUNTERSIGN_PARTY_NAME: 'recovery' })).toMatchObject({
      name: 'recovery',
    });
    writeFileSync(file, JSON.stringify({ ...sandbox, COUNTERSIGN_PARTY_COLOUR: 'blue' }));
    expect(() => read(fromFile)).toThrow('COUNTERSIGN_PARTY_CONFIG must be');
  });
});

describe('sources of the key-encryption key', () => {
  const load = (text: string, more: Partial<Parameters<typeof loadKek>[0]> = {}) =>
    loadKek({
      source: parseKekSource(text),
      dataFolder: folder,
      environment: {} as unknown as NodeJS.ProcessEnv,
      readPassphrase: () => Promise.reject(new Error('nobody was to be asked')),
      ...more,
    });

  test('a file is made once with 32 random bytes for its owner alone, and read ever after', async () => {
    const path = join(folder, 'made', 'kek');
    const first = await load(`file:${path}`);
    expect(first).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await load(`file:${path}`)).toEqual(first);
    chmodSync(path, 0o644);
    await expect(load(`file:${path}`)).rejects.toThrow('only its owner can read');
  });

  test('a file of another length is refused', async () => {
    const path = join(folder, 'short');
    writeFileSync(path, 'secret', { mode: 0o600 });
    await expect(load(`file:${path}`)).rejects.toThrow('32 random bytes');
  });

  test('a credential comes from the folder that systemd names', async () => {
    await expect(load('credential:kek')).rejects.toThrow('systemd');
    writeFileSync(join(folder, 'kek'), Buffer.alloc(32, 5), { mode: 0o600 });
    const environment = { CREDENTIALS_DIRECTORY: folder } as unknown as NodeJS.ProcessEnv;
    expect(await load('credential:kek', { environment })).toEqual(new Uint8Array(32).fill(5));
  });

  test('a passphrase gives the same key with its salt, another with another salt, and must be long', async () => {
    const readPassphrase = () => Promise.resolve('correct horse battery');
    const first = await load('passphrase', { readPassphrase });
    expect(await load('passphrase', { readPassphrase })).toEqual(first);
    expect(existsSync(join(folder, 'kek-salt'))).toBe(true);
    expect(readFileSync(join(folder, 'kek-salt'))).toHaveLength(16);
    rmSync(join(folder, 'kek-salt'));
    expect(await load('passphrase', { readPassphrase })).not.toEqual(first);
    await expect(
      load('passphrase', { readPassphrase: () => Promise.resolve('short') }),
    ).rejects.toThrow('12');
  });
});
