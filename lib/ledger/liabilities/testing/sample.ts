/** A snapshot with its proofs, made from given balances. For tests only. */
import { digestOf } from '#lib/protocol/intent.ts';
import type { LiabilityProof, ReservesSnapshot } from '#lib/protocol/reserves.ts';
import { buildTree, type BalanceSource } from '../build-tree.ts';
import type { TreeScope } from '../node.ts';
import { seedCommitmentOf, type Balance } from '../pieces.ts';
import { memoryShelf } from '../shelf.ts';

export const scope: TreeScope = {
  organisation: 'sample-custody',
  environment: 'sandbox',
  snapshot: '0a6f3f0e-8c0e-4a7e-9d0b-0f5f5a1f0a11',
  asset: 'SOL',
};

export const seed = new Uint8Array(32).fill(7);

/** @param partSize of the parts in which the balances come. */
export const sourceOf = (balances: readonly Balance[], partSize = 3): BalanceSource =>
  async function* parts() {
    for (let at = 0; at < balances.length; at += partSize)
      yield await Promise.resolve(balances.slice(at, at + partSize));
  };

/** Client numbers in the order in which a source must have them. */
export const clientsOf = (amounts: readonly bigint[]): Balance[] =>
  amounts.map((amount, index) => ({ client: `C-${10_000 + index}`, amount }));

export const buildFrom = (
  balances: readonly Balance[],
  options: { seed?: Uint8Array; scope?: TreeScope; partSize?: number; proofsFor?: string[] } = {},
) =>
  buildTree({
    scope: options.scope ?? scope,
    seed: options.seed ?? seed,
    balances: sourceOf(balances, options.partSize),
    shelf: memoryShelf(),
    proofsFor: new Set(options.proofsFor ?? balances.map(({ client }) => client)),
  });

/** Documents as they leave the house. */
export async function documentsFrom(
  balances: readonly Balance[],
): Promise<{ snapshot: ReservesSnapshot; proofs: Map<string, LiabilityProof> }> {
  const { root, proofs } = await buildFrom(balances);
  const { organisation, snapshot: id } = scope;
  const snapshot: ReservesSnapshot = {
    type: 'countersign/reserves-snapshot/v1',
    organisation,
    environment: 'sandbox',
    snapshot: id,
    close: { closedAt: '2026-11-28T00:00:00.000Z', lastJournal: '12' },
    seedCommitment: seedCommitmentOf(seed),
    liabilities: [root],
    unclaimed: [],
    reserves: [],
    elsewhere: [],
    blocks: [],
  };
  const snapshotDigest = digestOf(snapshot);
  return {
    snapshot,
    proofs: new Map(
      [...proofs].map(([client, proof]) => [
        client,
        { type: 'countersign/liability-proof/v1', snapshotDigest, client, assets: [proof] },
      ]),
    ),
  };
}
