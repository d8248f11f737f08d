/** Where a party's key-encryption key comes from; `docs/party-keys.md` says which to choose. */
import { randomBytes, scryptSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { ConfigurationError } from './configuration-error.ts';
import { writeDurably } from './durable-file.ts';

/** Spelled `file:PATH`, `credential:NAME` or `passphrase` in the configuration. */
export type KekSource =
  | { kind: 'file'; path: string }
  | { kind: 'credential'; name: string }
  | { kind: 'passphrase' };

const KEK_BYTES = 32;
const SALT_BYTES = 16;
const PASSPHRASE_MIN = 12;
/** N = 2^17, r = 8: 128 MiB and about half a second for each guess. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

const expected = 'file:PATH, credential:NAME or passphrase';

export function parseKekSource(text: string): KekSource {
  if (text === 'passphrase') return { kind: 'passphrase' };
  const [kind, ...rest] = text.split(':');
  const value = rest.join(':');
  if (kind === 'file' && value !== '') return { kind: 'file', path: resolve(value) };
  if (kind === 'credential' && /^[A-Za-z0-9._-]{1,64}$/u.test(value) && !value.startsWith('.'))
    return { kind: 'credential', name: value };
  throw new ConfigurationError('COUNTERSIGN_PARTY_KEK', expected);
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function checkSecretFile(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o077) !== 0)
    throw new ConfigurationError(
      'COUNTERSIGN_PARTY_KEK',
      'a file that only its owner can read (chmod 600)',
    );
}

function fromFile(path: string): Uint8Array {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeDurably(path, randomBytes(KEK_BYTES));
  }
  checkSecretFile(path);
  return readKey(path);
}

function readKey(path: string): Uint8Array {
  const bytes = new Uint8Array(readFileSync(path));
  if (bytes.length !== KEK_BYTES)
    throw new ConfigurationError('COUNTERSIGN_PARTY_KEK', 'a file of exactly 32 random bytes');
  return bytes;
}

function fromCredential(name: string, environment: NodeJS.ProcessEnv): Uint8Array {
  const folder = environment['CREDENTIALS_DIRECTORY'];
  if (folder === undefined || !existsSync(join(folder, name)))
    throw new ConfigurationError(
      'COUNTERSIGN_PARTY_KEK',
      'the name of a credential that systemd passes (LoadCredentialEncrypted=)',
    );
  return readKey(join(folder, name));
}

function fromPassphrase(dataFolder: string, passphrase: string): Uint8Array {
  if (passphrase.length < PASSPHRASE_MIN)
    throw new ConfigurationError(
      'COUNTERSIGN_PARTY_KEK',
      `a passphrase of ${PASSPHRASE_MIN} characters or more on standard input`,
    );
  const saltFile = join(dataFolder, 'kek-salt');
  if (!existsSync(saltFile)) writeDurably(saltFile, randomBytes(SALT_BYTES));
  const salt = readFileSync(saltFile);
  return new Uint8Array(scryptSync(passphrase.normalize('NFKC'), salt, KEK_BYTES, SCRYPT));
}

/**
 * @param readPassphrase asked only when the source needs it.
 * @throws ConfigurationError with the name of the setting and what is expected.
 */
export async function loadKek(of: {
  source: KekSource;
  dataFolder: string;
  environment: NodeJS.ProcessEnv;
  readPassphrase: () => Promise<string>;
}): Promise<Uint8Array> {
  switch (of.source.kind) {
    case 'file':
      return fromFile(of.source.path);
    case 'credential':
      return fromCredential(of.source.name, of.environment);
    case 'passphrase':
      return fromPassphrase(of.dataFolder, await of.readPassphrase());
  }
}
