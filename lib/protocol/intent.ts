/**
 * Intents: the canonical, typed content of an operation. One digest of it is shown, signed,
 * logged, printed and recomputed by the parties.
 */
import { z } from 'zod';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { proofOfControlIntent } from './control-intent.ts';
import { intentCommon } from './intent-common.ts';
import { adoptedKind, isCoinKind, type AdoptedKind } from './intent-kinds.ts';
import {
  keyBackupIntent,
  keyCeremonyIntent,
  keyRefreshIntent,
  keyRepairIntent,
  type KeyCeremonyIntent,
} from './key-intents.ts';
import { policy } from './policy.ts';
import { roster } from './roster.ts';
import {
  address,
  amount,
  assetCode,
  chainId,
  clientId,
  destinationClass,
  digestHex,
  feeBearer,
  instant,
  positiveAmount,
  slug,
} from './scalars.ts';
import {
  destinationRemovalIntent,
  freezeIntent,
  releaseIntent,
  revocationIntent,
} from './stop-intents.ts';
import { vaultTransferIntent, type VaultTransferIntent } from './vault-transfer-intent.ts';

export const withdrawalIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('withdrawal'),
  client: clientId,
  vault: slug,
  chain: chainId,
  asset: assetCode,
  /** Smallest unit. */
  amount: positiveAmount,
  destination: z.strictObject({ id: slug, address }),
  /** Highest network fee, smallest unit of the chain's fee asset. */
  highestFee: amount,
  /** Absent in intents from before it was named: the custodian. */
  feeBearer: feeBearer.optional(),
  /** Written on the chain with the transfer; null for none. ASCII, so that it reads the same everywhere. */
  memo: z
    .string()
    .regex(/^[\x20-\x7e]{1,120}$/)
    .nullable(),
  /** Salted SHA-256 of the reason, whose text lives in a row that can be erased. */
  reasonCommitment: digestHex,
  /** Commitment to the travel-rule record, null where none is due. */
  travelRule: digestHex.nullable(),
});

export const rosterChangeIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('roster-change'),
  /** The whole next version; its `previous` is the digest of the version in force. */
  roster,
});

export const policyChangeIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('policy-change'),
  /** The whole next version; its `previous` is the digest of the version in force. */
  policy,
});

/** How the client showed that the address is theirs. */
export const ownershipEvidence = z.strictObject({
  method: z.enum(['signed-message', 'test-deposit', 'counterparty-letter', 'visit']),
  /** Salted SHA-256 of the evidence, which is kept where it can be erased. */
  commitment: digestHex,
});
export type OwnershipEvidence = z.infer<typeof ownershipEvidence>;

/**
 * Lists an address for a client. For an id that is listed already it is a recertification: only
 * expiry and evidence may differ.
 */
export const destinationListingIntent = z.strictObject({
  ...intentCommon,
  kind: z.literal('destination-listing'),
  destination: z.strictObject({
    id: slug,
    client: clientId,
    chain: chainId,
    asset: assetCode,
    address,
    class: destinationClass,
    evidence: ownershipEvidence.nullable(),
    /** After this instant nothing may be sent there until it is certified again. */
    expiresAt: instant,
  }),
});

export const intent = z.discriminatedUnion('kind', [
  withdrawalIntent,
  keyCeremonyIntent,
  keyRefreshIntent,
  keyRepairIntent,
  keyBackupIntent,
  rosterChangeIntent,
  policyChangeIntent,
  destinationListingIntent,
  destinationRemovalIntent,
  freezeIntent,
  releaseIntent,
  revocationIntent,
  proofOfControlIntent,
  vaultTransferIntent,
]);
export type Intent = z.infer<typeof intent>;

/** An operation that changes the parties' own records. */
export type Adoptable = Extract<Intent, { kind: AdoptedKind }>;
export const isAdoptable = (of: Intent): of is Adoptable => adoptedKind.safeParse(of.kind).success;

export type WithdrawalIntent = z.infer<typeof withdrawalIntent>;

/** An operation whose parties sign a transaction that moves coins out of a vault. */
export type MovingIntent = WithdrawalIntent | VaultTransferIntent;
export const movesCoins = (of: Intent): of is MovingIntent => isCoinKind(of.kind);

export type { KeyCeremonyIntent };
export type RosterChangeIntent = z.infer<typeof rosterChangeIntent>;
export type PolicyChangeIntent = z.infer<typeof policyChangeIntent>;
export type DestinationListingIntent = z.infer<typeof destinationListingIntent>;

/** Why a value has no canonical form. */
export type CanonicalFault =
  | 'undefined'
  | 'non-finite-number'
  | 'bigint'
  | 'lone-surrogate'
  | 'not-plain-data'
  | 'array-hole'
  | 'too-deep';

export class CanonicalError extends Error {
  override name = 'CanonicalError';
  readonly fault: CanonicalFault;
  readonly path: string;

  constructor(fault: CanonicalFault, path: string) {
    super(`No canonical JSON: ${fault} at ${path}`);
    this.fault = fault;
    this.path = path;
  }
}

const DEPTH_MAX = 64;

/**
 * RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16 code units, numbers and
 * strings as ECMAScript prints them, no white space. Takes plain data only: what `JSON.parse`
 * could have returned, and nothing that `JSON.stringify` would drop, call or convert.
 * @throws CanonicalError on what JSON can't carry exactly.
 */
export function canonicalize(value: unknown): string {
  try {
    return write(value, '$', 0);
  } catch (error) {
    // Only a proxy that throws when it is read gives another error, and it is no plain data.
    throw error instanceof CanonicalError ? error : new CanonicalError('not-plain-data', '$');
  }
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > DEPTH_MAX) throw new CanonicalError('too-deep', path);
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalError('non-finite-number', path);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'undefined':
      throw new CanonicalError('undefined', path);
    case 'bigint':
      throw new CanonicalError('bigint', path);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value)
        ? writeArray(value, path, depth)
        : writeObject(value, path, depth);
    default:
      throw new CanonicalError('not-plain-data', path);
  }
}

function writeString(text: string, path: string): string {
  if (!text.isWellFormed()) throw new CanonicalError('lone-surrogate', path);
  return JSON.stringify(text);
}

function writeArray(value: readonly unknown[], path: string, depth: number): string {
  if (Object.getPrototypeOf(value) !== Array.prototype)
    throw new CanonicalError('not-plain-data', path);
  const items: string[] = [];
  for (let index = 0; index < value.length; index += 1) {
    const place = `${path}[${index}]`;
    if (!Object.hasOwn(value, index)) throw new CanonicalError('array-hole', place);
    items.push(write(readMember(value, String(index), place), place, depth + 1));
  }
  // Every index is there, so anything beyond them and `length` is a property JSON would drop.
  if (Reflect.ownKeys(value).length !== value.length + 1)
    throw new CanonicalError('not-plain-data', path);
  return `[${items.join(',')}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new CanonicalError('not-plain-data', path);
  const keys = Reflect.ownKeys(value).map((key) => {
    if (typeof key === 'symbol') throw new CanonicalError('not-plain-data', path);
    return key;
  });
  const members = keys.sort().map((key) => {
    const place = `${path}.${key}`;
    return `${writeString(key, path)}:${write(readMember(value, key, place), place, depth + 1)}`;
  });
  return `{${members.join(',')}}`;
}

/** Reads a member without running code: a getter could answer differently each time. */
function readMember(value: object, key: string, path: string): unknown {
  const member = Object.getOwnPropertyDescriptor(value, key);
  if (!member || !('value' in member) || !member.enumerable)
    throw new CanonicalError('not-plain-data', path);
  return member.value;
}

/** Lower-case hex SHA-256 of the canonical text of any document that has one. */
export function digestOf(document: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(document))));
}

/** *The* digest of an operation: lower-case hex SHA-256 of the intent's canonical text. */
export function intentDigest(candidate: unknown): string {
  return digestOf(candidate);
}
