/**
 * One byte changed in one field of one message of a party in hostile hands, which signs it all the same:
 * what may be changed is taken from a fair run, so a field that is added later is changed as well.
 */
import { createHash } from 'node:crypto';
import { decodeBase64url, encodeBase64url } from '../wire/encoding.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import type { PartyIdentity } from '../wire/identity.ts';
import { openPrivate, privatePayloadOf, sealPrivate } from '../wire/private-payload.ts';
import { resealed, type Tamper } from './tampering.ts';

/** Where in a payload a value stands; `plain` last for what is inside of a box. */
export type Leaf = readonly (string | number)[];

export type Mutation = {
  /** Of the method by which the message arrives. */
  path: string;
  leaf: Leaf;
  /** Which byte of the value, from 0 to 1 of its length, and which bit of it. */
  place: number;
  bit: number;
};

const INSIDE = 'plain';
const boxed = privatePayloadOf(16_384);
const HEX = /^(?:[0-9a-f]{2})+$/u;

type Json = null | string | number | boolean | Json[] | { [name: string]: Json };

/** Every place of a value that holds no others; an empty list is one. */
export function leavesOf(payload: unknown): Leaf[] {
  const walk = (value: Json, at: Leaf): Leaf[] => {
    if (Array.isArray(value) && value.length > 0)
      return value.flatMap((one, place) => walk(one, [...at, place]));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.entries(value).flatMap(([name, one]) => walk(one, [...at, name]));
    return [at];
  };
  const leaves = walk(payload as Json, []);
  return boxed.safeParse(payload).success ? [...leaves, [INSIDE]] : leaves;
}

function flipped(bytes: Uint8Array, { place, bit }: Mutation): Uint8Array {
  const at = Math.min(bytes.length - 1, Math.floor(place * bytes.length));
  return bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit));
}

/** Another value of the same form where there is one. */
function changed(value: Json, mutation: Mutation): Json {
  if (value === null) return 'ab'.repeat(32);
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  // Only an empty list is a leaf.
  if (typeof value === 'object') return ['ab'.repeat(32)];
  if (HEX.test(value))
    return Buffer.from(flipped(Buffer.from(value, 'hex'), mutation)).toString('hex');
  const bytes = mutation.leaf.at(-1) === 'box' ? decodeBase64url(value) : null;
  if (bytes) return encodeBase64url(flipped(bytes, mutation));
  const at = Math.min(value.length - 1, Math.floor(mutation.place * value.length));
  return `${value.slice(0, at)}${value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`;
}

function withChange(value: Json, leaf: Leaf, mutation: Mutation): Json {
  const [first, ...rest] = leaf;
  if (first === undefined) return changed(value, mutation);
  if (Array.isArray(value))
    return value.map((one, place) => (place === first ? withChange(one, rest, mutation) : one));
  if (typeof value !== 'object' || value === null) throw new Error('There is no such field.');
  return { ...value, [first]: withChange(value[first] ?? null, rest, mutation) };
}

/** The box opened by its receiver, changed inside and sealed for it again. */
function changedInside(
  sent: SignedEnvelope,
  receiver: PartyIdentity,
  mutation: Mutation,
): Record<string, unknown> {
  const { payload, ...header } = sent.envelope;
  const { exchangeKey, agreementKey } = receiver;
  const plain = openPrivate(exchangeKey, agreementKey, header, boxed.parse(payload));
  if (!plain) throw new Error('The box is fair.');
  return sealPrivate(exchangeKey, header, flipped(plain, mutation));
}

/** Changes that byte for every receiver, and counts how often it did. */
export function mutating(
  mutation: Mutation,
  identityOf: (name: string) => PartyIdentity,
  onChange: () => void,
): Tamper {
  return ({ path, receiver, sent }) => {
    if (path !== mutation.path) return [sent];
    onChange();
    const { leaf } = mutation;
    const payload =
      leaf[0] === INSIDE
        ? changedInside(sent, identityOf(receiver), mutation)
        : (withChange(sent.envelope.payload as Json, leaf, mutation) as Record<string, unknown>);
    return [resealed(identityOf(sent.envelope.from), sent, { payload })];
  };
}

/** A number from 0 to 1 and a bit, the same for a seed and a run on every machine. */
export function drawn(seed: string, run: number): Pick<Mutation, 'place' | 'bit'> {
  const hash = createHash('sha256').update(`${seed} ${run}`).digest();
  return { place: hash.readUInt32BE(0) / 2 ** 32, bit: hash.readUInt8(4) & 7 };
}
