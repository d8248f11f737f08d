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
};

/** One tree at a time, so that memory is that of one. */
async function treeOf(
  db: Database,
  { lastJournal, seed, organisation, environment, snapshot }: SnapshotScope,
  { asset, proofsFor }: { asset: string; proofsFor: ReadonlySet<string> },
): Promise<BuiltTree> {
  return withFileShelf((shelf) =>
    buildTree({
      scope: { organisation, environment, snapshot, asset },
      seed,
      balances: () => clientsAt(db, { asset, lastJournal }),
      shelf,
      proofsFor,
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

export type ClientProof = { proof: AssetProof; root: BuiltTree['root'] };

/** One client's proofs, for each asset in which they had a line. @throws BalanceError */
export async function clientProofs(
  db: Database,
  scope: SnapshotScope,
  client: string,
): Promise<ClientProof[]> {
  const found: ClientProof[] = [];
  for (const asset of await clientAssetsAt(db, scope.lastJournal)) {
    const account = await db.account.findFirst({
      where: { kind: 'client', clientId: client, asset },
      select: { id: true },
    });
    if (!account) continue;
    const { root, proofs } = await treeOf(db, scope, { asset, proofsFor: new Set([client]) });
    const proof = proofs.get(client);
    if (proof) found.push({ proof, root });
  }
  return found;
}
