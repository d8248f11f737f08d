/** The liabilities trees of a snapshot, built from the books at its close; the same each time. */
import { buildTree, type AssetProof, type BuiltTree } from '#lib/ledger/liabilities/build-tree.ts';
import { withFileShelf } from '#lib/ledger/liabilities/file-shelf.ts';
import { clientAssetsAt, clientsAt } from '#lib/ledger/position-at.ts';
import type { Database } from '#lib/platform/db/client.ts';

export type SnapshotScope = {
  organisation: string;
  environment: string;
  snapshot: string;
  lastJournal: bigint;
  seed: Uint8Array;
  /** Ends the work before it is done. */
  signal?: AbortSignal | undefined;
};

/** One tree at a time, so that memory is that of one. */
async function treeOf(
  db: Database,
  { lastJournal, seed, organisation, environment, snapshot, signal }: SnapshotScope,
  { asset, proofsFor }: { asset: string; proofsFor: ReadonlySet<string> },
): Promise<BuiltTree> {
  return withFileShelf((shelf) =>
    buildTree({
      scope: { organisation, environment, snapshot, asset },
      seed,
      balances: () => clientsAt(db, { asset, lastJournal }),
      shelf,
      proofsFor,
      signal,
    }),
  );
}

/** Every asset's root, and how many balances are in them. @throws BalanceError */
export async function snapshotRoots(
  db: Database,
  scope: SnapshotScope,
): Promise<{ roots: BuiltTree['root'][]; balances: number }> {
  const roots: BuiltTree['root'][] = [];
  let balances = 0;
  for (const asset of await clientAssetsAt(db, scope.lastJournal)) {
    const tree = await treeOf(db, scope, { asset, proofsFor: new Set() });
    roots.push(tree.root);
    balances += tree.clients;
  }
  return { roots, balances };
}

/** The proofs of each client asked for, and the root that each has to fit. */
export type ProofsFound = ReadonlyMap<string, { proof: AssetProof; root: BuiltTree['root'] }[]>;

/**
 * The proofs of several clients in one pass: each asset's tree is built once, where one of them had a line.
 * A client without any is not in the answer. @throws BalanceError
 */
export async function clientProofs(
  db: Database,
  scope: SnapshotScope,
  clients: readonly string[],
): Promise<ProofsFound> {
  const found = new Map<string, { proof: AssetProof; root: BuiltTree['root'] }[]>();
  for (const asset of await clientAssetsAt(db, scope.lastJournal)) {
    const accounts = await db.account.findMany({
      where: { kind: 'client', clientId: { in: [...clients] }, asset },
      select: { clientId: true },
    });
    const holders = new Set(accounts.flatMap(({ clientId }) => clientId ?? []));
    if (holders.size === 0) continue;
    const { root, proofs } = await treeOf(db, scope, { asset, proofsFor: holders });
    for (const [client, proof] of proofs) {
      const others = found.get(client) ?? [];
      found.set(client, [...others, { proof, root }]);
    }
  }
  return found;
}
