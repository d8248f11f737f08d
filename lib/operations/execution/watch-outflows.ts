/**
 * Sounds the alarm when something leaves a vault on Solana that no operation here sent. The chain is asked
 * about each vault in every round of the worker, so an outflow is noted within seconds of being final.
 */
import { chainsOfFamily } from '#lib/chains/registry.ts';
import type { Movement } from '#lib/chains/solana/movement-reader.ts';
import { eachApart } from '../each-apart.ts';
import { isOurs, noteOutflow } from './note-outflow.ts';
import { readMovements } from './read-movements.ts';
import type { WorkerContext } from './worker-context.ts';

const chainAsset = 'SOL';
type Vault = { id: string; name: string; address: string; chain: string };

/** Reads each vault's history from where the last pass stopped. */
export async function watchOutflows(context: WorkerContext): Promise<void> {
  const vaults = await context.db.vault.findMany({
    where: { chain: { in: chainsOfFamily('solana') } },
  });
  await eachApart(
    vaults,
    ({ id }) => `outflows of vault ${id}`,
    (vault) =>
      readMovements({ chain: vault.chain, address: vault.address }, context, (movement) =>
        look(vault, movement, context),
      ),
  );
}

async function look(vault: Vault, movement: Movement, context: WorkerContext): Promise<void> {
  const { transactionId: txid, change, slot } = movement;
  if (change >= 0n || (await isOurs(vault, txid, context))) return;
  await noteOutflow({ vault, txid, asset: chainAsset, amount: -change, slot }, context);
}
