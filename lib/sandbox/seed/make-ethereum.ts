/** A vault on the sandbox's Ethereum chain: its ECDSA key, a client's ether and euro, and one payment of euro. */
import { createHash } from 'node:crypto';
import { softwareKey } from '#lib/chains/ethereum/software-key.ts';
import type { Team } from '../colleagues/team.ts';
import { createSandboxControl } from '../ethereum/control.ts';
import { compareFirst } from './compare-once.ts';
import { listAddress, waitForCoolDown, withdraw } from './make-history.ts';
import { makeVault } from './make-vaults.ts';
import { waitFor, type SeedContext } from './seed-context.ts';

const chain = 'eip155:31337';
const vault = { vault: 'eth-1', name: 'Ethereum 1', tier: 'hot', chain } as const;
const client = 'C-18822';
/** Wei and millionths of a euro. */
const ether = 2_000_000_000_000_000_000n;
const euro = 48_000_000_000n;

/** A wallet of the client's own, outside of the custodian. */
const wallet = (): string =>
  softwareKey(
    createHash('sha256').update(`countersign sandbox ethereum wallet of ${client}`).digest(),
  ).address;

/** Nothing where the sandbox was started without that chain. */
export async function makeEthereum(team: Team, context: SeedContext): Promise<void> {
  const node = context.settings.nodes?.ethereum?.[0];
  if (node === undefined) return;
  if (!(await context.db.vault.findUnique({ where: { id: vault.vault } })))
    await makeVault(team, vault, context);
  await makeDeposits(node, context);
  const address = wallet();
  const listed = { client, label: 'Own Ethereum wallet', address, class: 'client-wallet' } as const;
  const evidence = {
    method: 'signed-message',
    note: 'Message of 5 March, signed with the address',
  } as const;
  for (const asset of ['EURC', 'ETH'])
    await listAddress(team, { ...listed, evidence, chain, asset }, context);
  await waitForCoolDown(context);
  const made = await context.db.operation.count({
    where: { kind: 'withdrawal', vaultId: vault.vault },
  });
  if (made > 0) return;
  await compareFirst(team, { vault: vault.vault, asset: 'EURC' }, context);
  await withdraw(
    team,
    {
      client,
      amount: '7250.50',
      reason: 'Client withdrawal 88219',
      until: 'confirmed',
      vault: vault.vault,
      asset: 'EURC',
      address,
    },
    context,
  );
}

/** Paid to the client's own address in the vault, and waited for until their blocks are final. */
async function makeDeposits(url: string, context: SeedContext): Promise<void> {
  const credited = () =>
    context.db.deposit.count({ where: { vaultId: vault.vault, clientId: client } });
  if ((await credited()) > 0) return;
  const account = await waitFor(`the address of ${client} in ${vault.name}`, 60_000, () =>
    context.db.vaultAccount.findFirst({
      where: { vaultId: vault.vault, clientId: client, branch: 'receive' },
    }),
  );
  const control = createSandboxControl(url);
  await control.deposit(account.address, ether);
  await control.depositToken(account.address, euro);
  await waitFor(`the Ethereum deposits of ${client}`, 120_000, async () =>
    (await credited()) === 2 ? true : null,
  );
  context.log('2 Ethereum deposits credited');
}
