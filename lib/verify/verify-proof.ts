/**
 * Checks one client's proof against a snapshot. Needs nothing but the two documents: no database, no
 * network, no trust in whoever made them.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { climb } from '#lib/ledger/liabilities/grow.ts';
import { contextOf, leafNode } from '#lib/ledger/liabilities/node.ts';
import { SumError } from '#lib/ledger/liabilities/sum.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import {
  liabilityProof,
  reservesSnapshot,
  type AssetProof,
  type LiabilityProof,
  type LiabilityRoot,
  type ReservesSnapshot,
} from '#lib/protocol/reserves.ts';

export const proofRefusals = {
  'snapshot-malformed': 'The snapshot is not in the form of one.',
  'snapshot-asset-twice': 'The snapshot names an asset twice.',
  'proof-malformed': 'The proof is not in the form of one.',
  'proof-of-another-snapshot':
    'The proof belongs to another snapshot, or the snapshot was changed. Take the snapshot that came with it.',
  'asset-twice': 'The proof names an asset twice.',
  'asset-not-in-snapshot': 'The proof is about an asset that the snapshot does not have.',
  'piece-twice': 'The proof counts one leaf twice.',
  'pieces-do-not-add-up': 'The pieces do not add up to the balance that the proof states.',
  'path-length-wrong': 'A path has not the length of the tree.',
  'position-outside-tree': 'A leaf lies outside the tree.',
  'sum-out-of-range': 'A sum on a path is larger than any that can exist.',
  'root-differs': 'A leaf does not lead to the root in the snapshot: it was not counted as stated.',
} as const;
export type ProofRefusal = keyof typeof proofRefusals;

export type ProofAnswer =
  | { ok: true; client: string; balances: { asset: string; amount: string }[] }
  | { ok: false; refusal: ProofRefusal };

const no = (refusal: ProofRefusal): { ok: false; refusal: ProofRefusal } => ({
  ok: false,
  refusal,
});

const hasTwice = (values: readonly (string | number)[]): boolean =>
  new Set(values).size !== values.length;

type Ground = { snapshot: ReservesSnapshot; root: LiabilityRoot; client: string };

function findLeafFault(
  { piece, amount, salt, position, path }: AssetProof['pieces'][number],
  { snapshot, root, client }: Ground,
): ProofRefusal | null {
  if (path.length !== root.depth) return 'path-length-wrong';
  if (position >= 2 ** root.depth) return 'position-outside-tree';
  const context = contextOf({ ...snapshot, asset: root.asset });
  try {
    const leaf = leafNode(context, {
      client,
      piece,
      amount: BigInt(amount),
      salt: hexToBytes(salt),
    });
    const siblings = path.map(({ hash, sum }) => ({ hash: hexToBytes(hash), sum: BigInt(sum) }));
    const top = climb(leaf, position, siblings);
    const same = bytesToHex(top.hash) === root.hash && top.sum === BigInt(root.total);
    return same ? null : 'root-differs';
  } catch (error) {
    if (error instanceof SumError) return 'sum-out-of-range';
    throw error;
  }
}

function findAssetFault(proof: AssetProof, ground: Ground): ProofRefusal | null {
  const { pieces, amount } = proof;
  // One leaf that stood for two pieces would be counted once in the total.
  if (hasTwice(pieces.map(({ position }) => position))) return 'piece-twice';
  if (hasTwice(pieces.map(({ piece }) => piece))) return 'piece-twice';
  const sum = pieces.reduce((before, piece) => before + BigInt(piece.amount), 0n);
  if (sum !== BigInt(amount)) return 'pieces-do-not-add-up';
  for (const piece of pieces) {
    const fault = findLeafFault(piece, ground);
    if (fault) return fault;
  }
  return null;
}

function findFault(proof: LiabilityProof, snapshot: ReservesSnapshot): ProofRefusal | null {
  if (hasTwice(snapshot.liabilities.map(({ asset }) => asset))) return 'snapshot-asset-twice';
  if (proof.snapshotDigest !== digestOf(snapshot)) return 'proof-of-another-snapshot';
  if (hasTwice(proof.assets.map(({ asset }) => asset))) return 'asset-twice';
  for (const of of proof.assets) {
    const root = snapshot.liabilities.find(({ asset }) => asset === of.asset);
    if (!root) return 'asset-not-in-snapshot';
    const fault = findAssetFault(of, { snapshot, root, client: proof.client });
    if (fault) return fault;
  }
  return null;
}

/** @param candidate.snapshot and `candidate.proof` as parsed JSON; they may be anything. Never throws on them. */
export function verifyProof(candidate: { snapshot: unknown; proof: unknown }): ProofAnswer {
  const snapshot = reservesSnapshot.safeParse(candidate.snapshot);
  if (!snapshot.success) return no('snapshot-malformed');
  const proof = liabilityProof.safeParse(candidate.proof);
  if (!proof.success) return no('proof-malformed');
  const fault = findFault(proof.data, snapshot.data);
  if (fault) return no(fault);
  const { client, assets } = proof.data;
  return {
    ok: true,
    client,
    balances: assets.map(({ asset, amount }) => ({ asset, amount })),
  };
}
