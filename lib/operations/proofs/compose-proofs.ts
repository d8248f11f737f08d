/** Clients' proofs of one snapshot, made from the books and the seed and held against what was stated. */
import type { Database } from '#lib/platform/db/client.ts';
import { liabilityProof, reservesSnapshot, type LiabilityProof } from '#lib/protocol/reserves.ts';
import { clientProofs } from './snapshot-trees.ts';

/** The books and the seed no longer give what the snapshot states. */
export class BooksDifferError extends Error {
  override name = 'BooksDifferError';
}

/**
 * One pass over the books for all of them together.
 * @returns a proof for each client who had a line by then; nothing for the others.
 * @throws BooksDifferError, BalanceError
 */
export async function composeProofs(
  db: Database,
  row: { document: string; digest: string; seed: Uint8Array; signal?: AbortSignal },
  clients: readonly string[],
): Promise<ReadonlyMap<string, LiabilityProof>> {
  const { organisation, environment, snapshot, close, liabilities } = reservesSnapshot.parse(
    JSON.parse(row.document),
  );
  const lastJournal = BigInt(close.lastJournal);
  const { seed, signal } = row;
  const scope = { organisation, environment, snapshot, lastJournal, seed, signal };
  const found = await clientProofs(db, scope, clients);
  const stated = new Map(liabilities.map(({ asset, hash }) => [asset, hash]));
  const made = new Map<string, LiabilityProof>();
  for (const [client, assets] of found) {
    if (assets.some(({ root }) => stated.get(root.asset) !== root.hash))
      throw new BooksDifferError(`Snapshot ${snapshot} can't be built again from the books.`);
    const proof = liabilityProof.parse({
      type: 'countersign/liability-proof/v1',
      snapshotDigest: row.digest,
      client,
      assets: assets.map((of) => of.proof),
    });
    made.set(client, proof);
  }
  return made;
}
