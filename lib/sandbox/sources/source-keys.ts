/** Keys of the sandbox's sources, in files of the data folder. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { factBytes, type Fact, type SignedFact } from '#lib/protocol/signed-facts.ts';

export const sourceNames = {
  price: 'sandbox-prices',
  risk: 'sandbox-screening',
  standing: 'sandbox-compliance',
} as const;
export type SourceFact = keyof typeof sourceNames;
export const sourceFacts = Object.keys(sourceNames) as SourceFact[];

export type SourceKey = { key: KeyObject; publicKey: string };
export type SourceKeys = Readonly<Record<SourceFact, SourceKey>>;

/** Length of SubjectPublicKeyInfo in front of the 32 bytes of an Ed25519 key. */
const spkiHeader = 12;

const saved = z.object({ price: z.string(), risk: z.string(), standing: z.string() });
const savedBooks = z.object({ books: z.string() });

function keyOf(pem: string): SourceKey {
  const key = createPrivateKey(pem);
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return { key, publicKey: spki.subarray(spkiHeader).toString('hex') };
}

const newPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

function readOrMake(path: string, names: readonly string[]): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const made = Object.fromEntries(names.map((name) => [name, newPem()]));
  writeFileSync(path, JSON.stringify(made, null, 2), { mode: 0o600 });
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Reads the keys, or makes them at the first call. */
export function sourceKeys(path: string): SourceKeys {
  const { price, risk, standing } = saved.parse(readOrMake(path, sourceFacts));
  return { price: keyOf(price), risk: keyOf(risk), standing: keyOf(standing) };
}

/** The key of the source of shortfalls, in a file of its own: no other process needs to read it. */
export const booksKey = (path: string): SourceKey =>
  keyOf(savedBooks.parse(readOrMake(path, ['books'])).books);

/** What a source says, with its signature. */
export const signWith = (key: KeyObject, fact: Fact): SignedFact => ({
  fact,
  signature: sign(null, factBytes(fact), key).toString('hex'),
});

export const signFact = (keys: SourceKeys, fact: Fact & { fact: SourceFact }): SignedFact =>
  signWith(keys[fact.fact].key, fact);
