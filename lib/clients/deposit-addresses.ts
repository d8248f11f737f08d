/**
 * Where a client pays in. Every address is worked out here from the vault's key, so what stands in the table of
 * addresses is only compared with it: nobody is shown an address that somebody wrote there.
 */
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { pendingDeposits } from '#lib/ledger/deposits/pending-deposits.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import { servedChains } from '#lib/operations/served-chains.ts';
import type { Context } from '#lib/platform/context.ts';
import { accountPath } from '#lib/protocol/account-path.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { keySuite } from '#lib/protocol/suites.ts';

/**
 * `watched`: what comes is seen. `not-watched`: the worker has not written it down yet. `no-node`: nothing here reads the
 * chain. `differs`: the record says another address than the key does.
 */
export type DepositState = 'watched' | 'not-watched' | 'no-node' | 'differs';

export type DepositAddress = {
  vault: string;
  vaultName: string;
  tier: string;
  chain: string;
  /** Codes of what may be sent there. */
  assets: string[];
  address: string;
  /** What a transfer must carry, so that it is known whose it is; null where the address is this client's alone. */
  memo: string | null;
  /** BIP32 steps from the vault's key, such as `m/5/0/20418/0`; null where the address is the key's own. */
  path: string | null;
  state: DepositState;
};

export type ClientDeposits = {
  addresses: DepositAddress[];
  hasMoreAddresses: boolean;
  /** Seen in a block and not credited yet, newest first. */
  pending: {
    vault: string;
    asset: string;
    txid: string;
    place: string;
    /** Exact decimal text. */
    amount: string;
    height: string;
    /** Blocks, its own included, until it is credited; null where the chain itself says when it is final. */
    blocksNeeded: number | null;
    seenAt: string;
  }[];
  hasMorePending: boolean;
};

/** Working an address out takes a millisecond or two. */
const vaultsMax = 100;
const pendingMax = 50;

/** @param client the number of one that is on record. */
export async function loadDepositAddresses(
  client: string,
  { db, settings }: Pick<Context, 'db' | 'settings'>,
): Promise<ClientDeposits> {
  const [vaults, pending] = await Promise.all([
    db.vault.findMany({
      include: {
        key: true,
        chainAccounts: {
          where: { clientId: client, branch: 'receive' },
          select: { address: true },
        },
      },
      orderBy: [{ chain: 'asc' }, { id: 'asc' }],
      take: vaultsMax + 1,
    }),
    pendingDeposits(db, { client }, pendingMax + 1),
  ]);
  const served = new Set(servedChains(settings).map(({ chain }) => chain));
  const chainOf = new Map(vaults.map(({ id, chain }) => [id, chain]));
  const addresses = vaults.slice(0, vaultsMax).map((vault): DepositAddress => {
    const { id, name, tier, chain, key } = vault;
    const { accounts, assets } = chainFacts(chain);
    const isPooled = accounts === 'pooled';
    const address = addressOfOwner(
      { chain, suite: keySuite.parse(key.suite), publicKey: key.publicKey },
      client,
    );
    const recorded = isPooled ? [vault.address] : vault.chainAccounts.map((row) => row.address);
    return {
      vault: id,
      vaultName: shownText(name),
      tier,
      chain,
      assets: assets.map(({ asset }) => asset),
      address,
      memo: isPooled ? client : null,
      path: isPooled ? null : ['m', ...accountPath(client, 'receive')].join('/'),
      state: stateOf(address, recorded, served.has(chain)),
    };
  });
  return {
    addresses,
    hasMoreAddresses: vaults.length > vaultsMax,
    pending: pending.slice(0, pendingMax).map((one) => {
      const chain = chainOf.get(one.vault);
      return {
        vault: one.vault,
        asset: one.asset,
        txid: one.txid,
        place: one.place,
        amount: amountText(one.amount, one.asset),
        height: one.height,
        blocksNeeded: chain === undefined ? null : chainFacts(chain).confirmations,
        seenAt: one.seenAt,
      };
    }),
    hasMorePending: pending.length > pendingMax,
  };
}

/** @param recorded addresses of the client in the vault by the record: one, or none yet. */
function stateOf(address: string, recorded: readonly string[], isServed: boolean): DepositState {
  if (recorded.some((other) => other !== address)) return 'differs';
  if (!isServed) return 'no-node';
  return recorded.length === 0 ? 'not-watched' : 'watched';
}
