/** A withdrawal that is new each time, out of a vault with a key of either kind. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { adopt, type PartyClient } from '../client/party-client.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import type { SignTransactionInput } from '../client/sign-transaction.ts';
import {
  accountOf,
  bitcoinListing,
  bitcoinWithdrawal,
  CLIENT,
  outside,
  paymentFor,
} from './bitcoin.ts';
import { must, randomAddress, randomNonce, transferFor, type Vault } from './custody.ts';
import {
  keyCeremonyIntent,
  listingIntent,
  solanaKey,
  withdrawalIntent,
  type KeyKind,
  type Organisation,
} from './organisation.ts';
import { accountAddress } from '#lib/chains/account-address.ts';

/** What a first policy allows, for tests of both kinds. */
export const bothCaps: Partial<Policy> = {
  caps: [
    { asset: 'SOL', perOperation: '500000000000' },
    { asset: 'BTC', perOperation: '100000000' },
  ],
};

/** Makes a key of this kind for `warm-1` and lists a destination at every party. */
export async function openVaultOf(
  kind: KeyKind,
  { organisation }: { organisation: Organisation },
  clients: readonly PartyClient[],
): Promise<Vault> {
  const names = clients.map(({ name }) => name);
  const intent = keyCeremonyIntent('key-warm-1', 'warm-1', names, kind);
  const { publicKey } = must(await runKeyCeremony(clients, organisation.bundle(intent)));
  const isSolana = kind === solanaKey;
  const destination = { id: 'acme-treasury', address: isSolana ? randomAddress() : outside() };
  const listing = isSolana
    ? listingIntent(destination)
    : bitcoinListing(destination.id, destination.address);
  for (const client of clients) must(await adopt(client, organisation.bundle(listing)));
  const key = new Uint8Array(Buffer.from(publicKey, 'hex'));
  const address = accountAddress({ ...kind, publicKey: key, owner: null });
  if (address === null) throw new Error('The vault has no address.');
  return { publicKey, address, destination };
}

let coins = 50_000n;

/** What to ask parties for. */
export function newWithdrawal(
  kind: KeyKind,
  { organisation }: { organisation: Organisation },
  vault: Vault,
): { bundle: OperationBundle; transaction: SignTransactionInput['transaction'] } {
  if (kind === solanaKey) {
    const intent = withdrawalIntent(vault.destination);
    const transaction = transferFor(vault, intent, randomNonce());
    return { bundle: organisation.bundle(intent), transaction };
  }
  coins += 10n;
  const amounts = [coins, coins + 1n, coins + 2n];
  const account = accountOf(vault.publicKey, CLIENT);
  return {
    bundle: organisation.bundle(bitcoinWithdrawal(vault.destination)),
    transaction: paymentFor(account, vault.destination.address, { amounts }),
  };
}
