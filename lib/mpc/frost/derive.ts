/**
 * Keys and shares below a vault's key on secp256k1: BIP32 steps, then perhaps BIP341's tweak. Each adds a
 * scalar that depends on public values alone. Added to every Shamir share, to the first commitment and to
 * every verifying share it gives the same sharing of the key that is so much further, because Lagrange
 * weights at zero add up to one (decision 25).
 */
import { deriveKey, taprootKey } from '#lib/chains/derive-key.ts';
import type { SigningPart } from '#lib/chains/decoded.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import { publicKeyOf, type GroupKey } from './group.ts';
import type { Suite } from './suite.ts';

/** What is done to every share: negate first, then add. */
type Move = { isNegated: boolean; scalar: bigint };

/** Where below a vault's key a part is signed. */
export type Place = Pick<SigningPart, 'path' | 'tweak'>;

/** The place of a vault's key itself. */
const isRoot = ({ path, tweak }: Place): boolean => path.length === 0 && tweak === 'none';

function moveGroup({ arithmetic }: Suite, group: GroupKey, move: Move): GroupKey {
  const { addPoints, commitTo, pointHex, pointOf } = arithmetic;
  const turned = (hex: string) => (move.isNegated ? pointOf(hex).negate() : pointOf(hex));
  const added = move.scalar === 0n ? [] : [commitTo(move.scalar)];
  const moved = (hex: string): string => pointHex(addPoints([turned(hex), ...added]));
  return {
    threshold: group.threshold,
    commitments: group.commitments.map((hex, degree) =>
      degree === 0 ? moved(hex) : pointHex(turned(hex)),
    ),
    shares: group.shares.map(({ index, verifyingShare }) => ({
      index,
      verifyingShare: moved(verifyingShare),
    })),
  };
}

function moveShare({ arithmetic }: Suite, share: Uint8Array, move: Move): Uint8Array {
  const { addScalars, negateScalar, scalarBytes, scalarOf } = arithmetic;
  const own = scalarOf(share);
  return scalarBytes(addScalars([move.isNegated ? negateScalar(own) : own, move.scalar]));
}

function movesTo(group: GroupKey, { path, tweak }: Place): Move[] {
  const child = deriveKey(fromHex(publicKeyOf(group)), path);
  const derived: Move = { isNegated: false, scalar: child.scalar };
  return tweak === 'none' ? [derived] : [derived, taprootKey(child.publicKey)];
}

/**
 * The public key at a place, as hex of 33 bytes; for taproot the output key, of which x alone is on the
 * chain. On Ed25519 there is only the vault's own key.
 * @throws on a place below a key that has none.
 */
export function keyAt(suite: Suite, publicKey: string, place: Place): string {
  if (isRoot(place)) return publicKey;
  requirePlaces(suite);
  const child = deriveKey(fromHex(publicKey), place.path).publicKey;
  return toHex(place.tweak === 'none' ? child : taprootKey(child).publicKey);
}

function requirePlaces({ pointBytes, name }: Suite): void {
  if (pointBytes !== 33) throw new Error(`Nothing is derived from keys of suite ${name}.`);
}

/**
 * The key at a place as a group key of its own, without the share.
 * @throws on a place below a key that has none.
 */
export function groupAt(suite: Suite, group: GroupKey, place: Place): GroupKey {
  if (isRoot(place)) return group;
  requirePlaces(suite);
  return movesTo(group, place).reduce((at, move) => moveGroup(suite, at, move), group);
}

/**
 * The own share of the key at a place; a copy, which the caller wipes.
 * @throws on a place below a key that has none.
 */
export function shareAt(
  suite: Suite,
  group: GroupKey,
  signingShare: Uint8Array,
  place: Place,
): Uint8Array {
  if (isRoot(place)) return signingShare.slice();
  requirePlaces(suite);
  let share: Uint8Array = signingShare.slice();
  for (const move of movesTo(group, place)) {
    const moved = moveShare(suite, share, move);
    share.fill(0);
    share = moved;
  }
  return share;
}
