/**
 * What a session computes for every part of what it signs. Parts at the same place below the vault's key
 * share its derivation. A part that fails takes all the others with it.
 */
import type { SigningPart } from '#lib/chains/decoded.ts';
import { groupAt, keyAt, shareAt } from '../frost/derive.ts';
import { publicKeyOf, type GroupKey } from '../frost/group.ts';
import {
  aggregateShares,
  makeShare,
  type CommitmentPair,
  type OneTimeNonces,
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

/** Works a value out once for every place that parts lie at. */
function atEachPlace<T>(
  parts: readonly SigningPart[],
  make: (part: SigningPart) => T,
): Map<string, T> {
  const made = new Map<string, T>();
  for (const part of parts) if (!made.has(nameOf(part))) made.set(nameOf(part), make(part));
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

const groupsAt = (record: KeyRecord, parts: readonly SigningPart[]): Map<string, GroupKey> =>
  atEachPlace(parts, (part) => groupAt(suiteOf(record.suite), record.group, part));

/**
 * The own share for every part; the nonces of all are gone whatever happens.
 * @param of.signingShare of the vault's key; stays the caller's.
 */
export function makeShares(of: {
  record: KeyRecord;
  index: number;
  signingShare: Uint8Array;
  parts: readonly SigningPart[];
  nonces: readonly OneTimeNonces[];
  pairs: FromMembers<CommitmentPair>;
}): { ok: true; shares: Uint8Array[] } | PartFault<'commitment-invalid'> {
  const { record, index, parts, pairs } = of;
  const suite = suiteOf(record.suite);
  const groups = groupsAt(record, parts);
  const own = atEachPlace(parts, (part) => shareAt(suite, record.group, of.signingShare, part));
  const shares: Uint8Array[] = [];
  try {
    for (const [at, part] of parts.entries()) {
      const nonces = of.nonces[at];
      if (!nonces) throw new Error('There are nonces for every part.');
      const made = makeShare({
        scheme: schemeOf(record),
        group: placed(groups, part),
        index,
        signingShare: placed(own, part),
        nonces,
        pairs: forPart(pairs, at),
        message: fromHex(part.bytes),
      });
      if (!made.ok) {
        for (const share of shares) share.fill(0);
        return made;
      }
      shares.push(made.share);
    }
    return { ok: true, shares };
  } finally {
    for (const nonces of of.nonces) nonces.burn();
    for (const share of own.values()) share.fill(0);
  }
}

/** Adds the shares of every part up, and verifies each signature strictly; hex, in the parts' order. */
export function addSharesUp(of: {
  record: KeyRecord;
  parts: readonly SigningPart[];
  pairs: FromMembers<CommitmentPair>;
  shares: FromMembers<Uint8Array>;
}): { ok: true; signatures: string[] } | PartFault<'share-invalid'> {
  const { record, parts, pairs, shares } = of;
  const groups = groupsAt(record, parts);
  const signatures: string[] = [];
  for (const [at, part] of parts.entries()) {
    const added = aggregateShares({
      scheme: schemeOf(record),
      group: placed(groups, part),
      pairs: forPart(pairs, at),
      shares: forPart(shares, at),
      message: fromHex(part.bytes),
    });
    if (!added.ok) return added;
    signatures.push(toHex(added.signature));
  }
  return { ok: true, signatures };
}

/** Whether these are the signatures of all parts, in their order. */
export function verifyAll(
  record: KeyRecord,
  parts: readonly SigningPart[],
  signatures: readonly string[],
): boolean {
  const verify = verifierOf(record.suite);
  const suite = suiteOf(record.suite);
  const keys = atEachPlace(parts, (part) => keyAt(suite, publicKeyOf(record.group), part));
  return (
    parts.length > 0 &&
    signatures.length === parts.length &&
    parts.every((part, at) =>
      verify(placed(keys, part), fromHex(part.bytes), fromHex(signatures[at] ?? '')),
    )
  );
}
