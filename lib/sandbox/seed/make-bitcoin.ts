/** A taproot vault on the sandbox's Bitcoin chain: its key, a client's coins in it and one payment out of it. */
import { createHash } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { addressOf } from '#lib/chains/bitcoin/address.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { createBitcoinSandboxControl } from '../bitcoin/control.ts';
import type { Team } from '../colleagues/team.ts';
import { compareFirst } from './compare-once.ts';
import { listAddress, waitForCoolDown, withdraw } from './make-history.ts';
import { makeVault } from './make-vaults.ts';
import { waitFor, type SeedContext } from './seed-context.ts';

const vault = { vault: 'btc-1', name: 'Bitcoin 1', tier: 'hot', chain: BITCOIN_REGTEST } as const;
const client = 'C-11903';
/** Satoshi, in two coins, so that a payment has two inputs. */
const deposits = [60_000_000n, 45_000_000n];

/** A wallet of the client's own, outside of the custodian. */
const wallet = (): string =>
  addressOf({
    publicKey: secp256k1.getPublicKey(
      createHash('sha256').update(`countersign sandbox bitcoin wallet of ${client}`).digest(),
    ),
    kind: 'p2tr',
    chain: BITCOIN_REGTEST,
  });

/** Nothing where the sandbox was started without that chain. */
export async function makeBitcoin(team: Team, context: SeedContext): Promise<void> {
  const node = context.settings.nodes?.bitcoin?.[0];
  if (node === undefined) return;
  if (!(await context.db.vault.findUnique({ where: { id: vault.vault } })))
    await makeVault(team, vault, context);
  await makeDeposits(node.replace(/^(?:core|esplora):/, ''), context);
  const address = wallet();
  const listed = { client, label: 'Own Bitcoin wallet', address, class: 'client-wallet' } as const;
  const evidence = {
    method: 'signed-message',
    note: 'Message of 4 March, signed with the address',
  } as const;
  await listAddress(team, { ...listed, evidence, chain: BITCOIN_REGTEST, asset: 'BTC' }, context);
  await waitForCoolDown(context);
  const made = await context.db.operation.count({
    where: { kind: 'withdrawal', vaultId: vault.vault },
  });
  if (made > 0) return;
  await compareFirst(team, { vault: vault.vault, asset: 'BTC' }, context);
  await withdraw(
    team,
    {
      client,
      amount: '0.075',
      reason: 'Client withdrawal 88216',
      until: 'confirmed',
      vault: vault.vault,
      asset: 'BTC',
      address,
    },
    context,
  );
}

/** Paid to the client's own address in the vault, and waited for until they are deep enough. */
async function makeDeposits(url: string, context: SeedContext): Promise<void> {
  const credited = () =>
    context.db.deposit.count({ where: { vaultId: vault.vault, clientId: client } });
  if ((await credited()) > 0) return;
  const account = await waitFor(`the address of ${client} in ${vault.name}`, 60_000, () =>
    context.db.vaultAccount.findFirst({
      where: { vaultId: vault.vault, clientId: client, branch: 'receive' },
    }),
  );
  const control = createBitcoinSandboxControl(url);
  for (const amount of deposits) await control.deposit(account.address, amount);
  await waitFor(`the Bitcoin deposits of ${client}`, 120_000, async () =>
    (await credited()) === deposits.length ? true : null,
  );
  context.log(`${deposits.length} Bitcoin deposits credited`);
}
