/** Books tokens that lie in vaults and that the registry does not know: to suspense, as they are on the chain. */
import { chainsOfFamily } from '#lib/chains/registry.ts';
import { getTokenBalances } from '#lib/chains/solana/token-balances.ts';
import { unknownAssetCode } from '#lib/chains/unknown-asset-code.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { eachApart } from '../each-apart.ts';
import { bookUnknown } from './book-unknown.ts';
import { notYet, type NotYet } from '../worker/not-yet.ts';
import { watchEthereumTokens } from './watch-ethereum-tokens.ts';
import type { WorkerContext } from './worker-context.ts';

const lookEveryMs = 60_000;
/** Booked of one vault in one look; the next goes on from there. Anybody can make tokens and send them. */
const bookedMax = 50;

type Vault = { id: string; address: string; chain: string };

/** Remembers when it looked last: what nobody trades in can wait a minute. */
export class TokenWatch {
  #lookedAt = -Infinity;

  async look(context: WorkerContext): Promise<NotYet | undefined> {
    const now = context.clock().getTime();
    if (now - this.#lookedAt < lookEveryMs) return notYet;
    this.#lookedAt = now;
    await eachApart(
      [watchTokens, watchEthereumTokens],
      ({ name }) => name,
      (watch) => watch(context),
    );
    return undefined;
  }
}

export async function watchTokens(context: WorkerContext): Promise<void> {
  const vaults = await context.db.vault.findMany({
    where: { chain: { in: chainsOfFamily('solana') } },
  });
  await eachApart(
    vaults,
    ({ id }) => `tokens of vault ${id}`,
    (vault) => bookTokens(vault, context),
  );
}

async function bookTokens(vault: Vault, context: WorkerContext): Promise<void> {
  const { slot, tokens } = await getTokenBalances(context.solana.connection, vault.address);
  const held = new Map(
    tokens.map(({ mint, amount }) => [unknownAssetCode(vault.chain, mint), { mint, amount }]),
  );
  const accounts = await context.db.account.findMany({
    where: { vaultId: vault.id, asset: { startsWith: 'UNK' } },
  });
  const booked = new Map(
    accounts
      .filter(({ asset }) => isUnknownAsset(asset))
      .map((account) => [account.asset, unitsOf(account.debits) - unitsOf(account.credits)]),
  );
  const changes = [...new Set([...held.keys(), ...booked.keys()])].flatMap((asset) => {
    const change = (held.get(asset)?.amount ?? 0n) - (booked.get(asset) ?? 0n);
    return change === 0n ? [] : [{ asset, change, mint: held.get(asset)?.mint ?? null }];
  });
  for (const change of changes.slice(0, bookedMax))
    await bookUnknown(vault, { ...change, slot }, context);
}
