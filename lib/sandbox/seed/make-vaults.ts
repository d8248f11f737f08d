import { randomUUID } from 'node:crypto';
import { prepareKeyCeremony } from '#lib/operations/prepare-key-ceremony.ts';
import { raiseAs } from '../colleagues/colleague.ts';
import type { Team } from '../colleagues/team.ts';
import { waitFor, waitForEnd, type SeedContext } from './seed-context.ts';

const vaults = [
  { vault: 'warm-1', name: 'Warm 1', tier: 'warm' },
  { vault: 'hot-1', name: 'Hot 1', tier: 'hot' },
] as const;

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

async function makeVault(
  team: Team,
  wanted: { vault: string; name: string; tier: 'warm' | 'hot' },
  context: SeedContext,
): Promise<void> {
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
        prepareKeyCeremony(actor, { operation, ...wanted, chain: 'solana:sandbox' }, context),
      context,
    );
    if (!raised.ok) throw new Error(raised.refusal.sentence);
  }
  const carried = await team.carry(operation);
  if (!carried.ok && carried.refusal.code !== 'nothing-open')
    throw new Error(carried.refusal.sentence);
  await waitForEnd(context, operation);
  context.log(`key of ${wanted.name} made`);
}
