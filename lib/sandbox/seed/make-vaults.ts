import { randomUUID } from 'node:crypto';
import { prepareKeyCeremony } from '#lib/operations/prepare-key-ceremony.ts';
import { raiseAs } from '../colleagues/colleague.ts';
import type { Team } from '../colleagues/team.ts';
import { waitFor, waitForEnd, type SeedContext } from './seed-context.ts';

const vaults = [
  { vault: 'warm-1', name: 'Warm 1', tier: 'warm' },
  { vault: 'hot-1', name: 'Hot 1', tier: 'hot' },
] as const;

export type WantedVault = {
  vault: string;
  name: string;
  tier: 'warm' | 'hot' | 'cold';
  /** CAIP-2; Solana's where left out. */
  chain?: string;
};

export const coldVault = { vault: 'cold-1', name: 'Cold 1', tier: 'cold' } as const;

/** One key ceremony per vault, with one person of each group that holds a share. */
export async function makeVaults(team: Team, context: SeedContext): Promise<void> {
  for (const { vault, name, tier } of vaults) {
    if (!(await context.db.vault.findUnique({ where: { id: vault } })))
      await makeVault(team, { vault, name, tier }, context);
    await waitFor(`nonce accounts of ${name}`, 60_000, () =>
      context.db.nonceAccount.findFirst({ where: { vaultId: vault } }),
    );
  }
}

export async function makeVault(
  team: Team,
  wanted: WantedVault,
  context: SeedContext,
): Promise<void> {
  await waitForEnd(context, await stateVault(team, wanted, context));
  context.log(`key of ${wanted.name} made`);
}

/** Has a vault's key ceremony raised, approved and co-signed. @returns its operation. */
export async function stateVault(
  team: Team,
  wanted: WantedVault,
  context: SeedContext,
): Promise<string> {
  const earlier = await context.db.operation.findFirst({
    where: {
      kind: 'key-ceremony',
      vaultId: wanted.vault,
      state: { notIn: ['expired', 'rejected', 'cancelled', 'failed'] },
    },
  });
  const operation = earlier?.id ?? randomUUID();
  if (!earlier) {
    const raised = await raiseAs(
      await team.signIn('ada'),
      (actor) =>
        prepareKeyCeremony(actor, { operation, chain: 'solana:sandbox', ...wanted }, context),
      context,
    );
    if (!raised.ok) throw new Error(raised.refusal.sentence);
  }
  const carried = await team.carry(operation);
  if (!carried.ok && carried.refusal.code !== 'nothing-open')
    throw new Error(carried.refusal.sentence);
  return operation;
}
