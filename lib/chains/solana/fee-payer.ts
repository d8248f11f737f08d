/**
 * The custodian's own account that pays network fees. Its key lies in a file, because it guards
 * fees only: no vault's assets can move with it.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { addressBytes } from './address.ts';
import { decodeTransfer } from './decode.ts';
import { softwareKey, type SoftwareKey } from './software-key.ts';

export type FeePayer = SoftwareKey;

export type FeePayerKeyFault =
  | 'key-file-missing'
  | 'key-file-open-to-others'
  | 'key-file-malformed';

export class FeePayerKeyError extends Error {
  override name = 'FeePayerKeyError';
  readonly fault: FeePayerKeyFault;

  constructor(fault: FeePayerKeyFault, sentence: string) {
    super(sentence);
    this.fault = fault;
  }
}

const FILE_BYTES_MAX = 1024;

/**
 * Reads a key file in the format of Solana's own tools: a JSON array of 64 numbers, seed then
 * public key.
 * @throws FeePayerKeyError with a sentence that says what to do.
 */
export function loadFeePayer(path: string): FeePayer {
  const bytes = parseKeyFile(readKeyFile(path), path);
  const key = softwareKey(bytes.subarray(0, 32));
  const agrees = addressBytes(key.address).every((byte, index) => byte === bytes[32 + index]);
  bytes.fill(0);
  if (!agrees) throw malformed(path);
  return key;
}

/** Makes a new key file, readable by its owner only. @throws when the file exists. */
export function createFeePayerKey(path: string): FeePayer {
  const seed = randomBytes(32);
  const key = softwareKey(seed);
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, JSON.stringify([...seed, ...addressBytes(key.address)]));
    fsyncSync(file);
  } finally {
    closeSync(file);
    seed.fill(0);
  }
  return key;
}

/**
 * The fee payer's signature of a vault's transfer. Signs nothing that would move the fee payer's
 * own funds beyond the fee.
 * @throws when the message is no transfer that this account pays the fee of.
 */
export function signAsFeePayer(feePayer: FeePayer, message: Uint8Array, chain: string): Uint8Array {
  const decoded = decodeTransfer(message, chain);
  if (!decoded.ok) throw new Error(`The fee payer signs vault transfers only (${decoded.detail})`);
  if (decoded.transaction.feePayer !== feePayer.address)
    throw new Error('The message names another fee payer');
  return feePayer.sign(message);
}

function readKeyFile(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    throw new FeePayerKeyError(
      'key-file-missing',
      `The fee payer's key file ${path} can't be read. Check COUNTERSIGN_FEE_PAYER_KEY_FILE.`,
    );
  }
  try {
    const facts = fstatSync(file);
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0)
      throw new FeePayerKeyError(
        'key-file-open-to-others',
        `Others can read the fee payer's key file ${path}. Run: chmod 600 ${path}`,
      );
    if (!facts.isFile() || facts.size > FILE_BYTES_MAX) throw malformed(path);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function parseKeyFile(text: string, path: string): Uint8Array {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(path);
  }
  const isByte = (item: unknown): item is number =>
    Number.isInteger(item) && Number(item) >= 0 && Number(item) <= 255;
  if (!Array.isArray(value) || value.length !== 64 || !value.every(isByte)) throw malformed(path);
  return Uint8Array.from(value);
}

const malformed = (path: string): FeePayerKeyError =>
  new FeePayerKeyError(
    'key-file-malformed',
    `${path} is no Solana key file: a JSON array of 64 bytes is expected.`,
  );
