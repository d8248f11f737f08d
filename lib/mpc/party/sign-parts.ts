/**
 * What a session computes for every part of what it signs, in steps of one part. Parts at the same place
 * below the vault's key share its derivation. A part that fails takes all the others with it.
 */
import type { SigningPart } from '#lib/chains/decoded.ts';
import type { Steps } from '../dkls/steps.ts';
import { groupAt, keyAt, shareAt } from '../frost/derive.ts';
import { publicKeyOf } from '../frost/group.ts';
import {
  aggregateOneByOne,
  combineShares,
  makeShare,
  OneTimeNonces,
  type CommitmentPair,
} from '../frost/signing.ts';
import { suiteOf } from '../frost/suite.ts';
import { verifierOf } from '../frost/verifier.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import { schemeOf } from './signing-session.ts';
import type { KeyRecord } from './store/keys.ts';

/** What members sent for all parts, by their index; each list is as long as that of the parts. */
export type FromMembers<T> = ReadonlyMap<number, readonly T[]>;

type PartFault<C extends string> = { ok: false; refusal: C; culprit: number | null };

/** @returns the first member whose list is not one for each part. */
export function findMiscounted<T>(
  parts: readonly SigningPart[],
  sent: FromMembers<T>,
): number | null {
  const wrong = [...sent].find(([, list]) => list.length !== parts.length);
  return wrong?.[0] ?? null;
}

const nameOf = ({ path, tweak }: SigningPart): string => `${path.join('/')} ${tweak}`;

/** Works a value out once for every place that parts lie at; each is a step. */
function* atEachPlace<T>(
  parts: readonly SigningPart[],
  make: (part: SigningPart) => T,
): Steps<Map<string, T>> {
  const made = new Map<string, T>();
  for (const part of parts) {
    if (made.has(nameOf(part))) continue;
    made.set(nameOf(part), make(part));
    yield;
  }
  return made;
}

function placed<T>(places: ReadonlyMap<string, T>, part: SigningPart): T {
  const found = places.get(nameOf(part));
  if (found === undefined) throw new Error('Every place of a part was worked out.');
  return found;
}

/** What the members sent for one part. */
const forPart = <T>(sent: FromMembers<T>, at: number): Map<number, T> =>
  new Map([...sent].flatMap(([index, list]) => list.slice(at, at + 1).map((one) => [index, one])));

/** The public key at the place of each part, hex. */
const keysAt = (
  { suite, group }: KeyRecord,
  parts: readonly SigningPart[],
): Steps<Map<string, string>> =>
  atEachPlace(parts, (part) => keyAt(suiteOf(suite), publicKeyOf(group), part));

/** Fresh nonces for every part, into the list: whoever holds it burns what is there. */
export function* makeNonces(of: {
  record: KeyRecord;
  index: number;
  signingShare: Uint8Array;
  parts: readonly SigningPart[];
  into: OneTimeNonces[];
}): Steps<void> {
  for (const _ of of.parts) {
    of.into.push(new OneTimeNonces(schemeOf(of.record), of.index, of.signingShare));
    yield;
  }
}

export type MadeShares = { ok: true; shares: Uint8Array[] } | PartFault<'commitment-invalid'>;

/**
 * The own share for every part; the nonces of all are gone whatever happens.
 * @param of.signingShare of the vault's key; stays the caller's.
 */
export function* makeShares(of: {
  record: KeyRecord;
  index: number;
  signingShare: Uint8Array;
  parts: readonly SigningPart[];
  nonces: readonly OneTimeNonces[];
  pairs: FromMembers<CommitmentPair>;
}): Steps<MadeShares> {
  const { record, index, parts, pairs } = of;
  const { group } = record;
  const own = new Map<string, Uint8Array>();
  const shares: Uint8Array[] = [];
  try {
    const keys = yield* keysAt(record, parts);
    for (const [at, part] of parts.entries()) {
      const nonces = of.nonces[at];
      if (!nonces) throw new Error('There are nonces for every part.');
      const name = nameOf(part);
      const signingShare =
        own.get(name) ?? shareAt(suiteOf(record.suite), group, of.signingShare, part);
      own.set(name, signingShare);
      const made = makeShare({
        scheme: schemeOf(record),
        group: { ...group, commitments: [placed(keys, part)] },
        index,
        signingShare,
        nonces,
        pairs: forPart(pairs, at),
        message: fromHex(part.bytes),
      });
      if (!made.ok) {
        for (const share of shares) share.fill(0);
        return made;
      }
      shares.push(made.share);
      yield;
    }
    return { ok: true, shares };
  } finally {
    for (const nonces of of.nonces) nonces.burn();
    for (const share of own.values()) share.fill(0);
  }
}

/** Adds the shares of every part up, and verifies each signature strictly; hex, in the parts' order. */
export function* addSharesUp(of: {
  record: KeyRecord;
  parts: readonly SigningPart[];
  pairs: FromMembers<CommitmentPair>;
  shares: FromMembers<Uint8Array>;
}): Steps<{ ok: true; signatures: string[] } | PartFault<'share-invalid'>> {
  const { record, parts } = of;
  const scheme = schemeOf(record);
  const keys = yield* keysAt(record, parts);
  const signatures: string[] = [];
  for (const [at, part] of parts.entries()) {
    const ofPart = {
      scheme,
      pairs: forPart(of.pairs, at),
      shares: forPart(of.shares, at),
      message: fromHex(part.bytes),
    };
    const quick = combineShares({ ...ofPart, publicKey: placed(keys, part) });
    if (quick) {
      signatures.push(toHex(quick));
    } else {
      // Only to tell whose share is bad does anybody's verifying share have to be known.
      const group = groupAt(suiteOf(record.suite), record.group, part);
      const added = aggregateOneByOne({ ...ofPart, group });
      if (!added.ok) return added;
      signatures.push(toHex(added.signature));
    }
    yield;
  }
  return { ok: true, signatures };
}

/** Whether these are the signatures of all parts, in their order. */
export function* verifyAll(
  record: KeyRecord,
  parts: readonly SigningPart[],
  signatures: readonly string[],
): Steps<boolean> {
  if (parts.length === 0 || signatures.length !== parts.length) return false;
  const verify = verifierOf(record.suite);
  const keys = yield* keysAt(record, parts);
  for (const [at, part] of parts.entries()) {
    if (!verify(placed(keys, part), fromHex(part.bytes), fromHex(signatures[at] ?? '')))
      return false;
    yield;
  }
  return true;
}
