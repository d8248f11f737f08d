/** A vault with a key of any kind, and a withdrawal out of it that is new each time. */
import { accountAddress, bitcoinKind } from '#lib/chains/account-address.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Intent } from '#lib/protocol/intent.ts';
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
import { etherAccount, etherListing } from './ethereum.ts';
import { openLocalCustody, type LocalCustody } from './in-process.ts';
import {
  etherKey,
  keyCeremonyIntent,
  listingIntent,
  solanaKey,
  withdrawalIntent,
  type KeyKind,
  type Organisation,
} from './organisation.ts';

/** What a first policy allows, for keys of every kind. */
export const everyCap: Partial<Policy> = {
  caps: [
    { asset: 'SOL', perOperation: '500000000000' },
    { asset: 'BTC', perOperation: '100000000' },
    { asset: 'ETH', perOperation: '100000000000000000000' },
  ],
};

type CeremonyOptions = NonNullable<Parameters<typeof runKeyCeremony>[2]>;

/** A destination on the key's chain, and the intent that lists it. */
function listed(
  kind: KeyKind,
  publicKey: string,
): Pick<Vault, 'destination'> & { listing: Intent } {
  const id = 'acme-treasury';
  if (kind === solanaKey) {
    const destination = { id, address: randomAddress() };
    return { destination, listing: listingIntent(destination) };
  }
  const [address, listing] =
    kind === etherKey
      ? [etherAccount(publicKey, 'C-31337'), etherListing]
      : [outside(), bitcoinListing];
  return { destination: { id, address }, listing: listing(id, address) };
}

/** Makes a key of this kind for `warm-1` and lists a destination at every party. */
export async function openVaultOf(
  kind: KeyKind,
  { organisation }: { organisation: Organisation },
  clients: readonly PartyClient[],
  options: CeremonyOptions = {},
): Promise<Vault> {
  const names = clients.map(({ name }) => name);
  const intent = keyCeremonyIntent('key-warm-1', 'warm-1', names, kind);
  const { publicKey } = must(await runKeyCeremony(clients, organisation.bundle(intent), options));
  const { destination, listing } = listed(kind, publicKey);
  const bundle = organisation.bundle(listing);
  for (const client of clients) must(await adopt(client, bundle));
  const key = new Uint8Array(Buffer.from(publicKey, 'hex'));
  const address = accountAddress({ ...kind, publicKey: key, owner: null });
  if (address === null) throw new Error('The vault has no address.');
  return { publicKey, address, destination };
}

/** Parties under `everyCap`, with such a vault. */
export async function openCustodyOf(
  kind: KeyKind,
  options: CeremonyOptions = {},
): Promise<{ custody: LocalCustody; vault: Vault }> {
  const custody = openLocalCustody(undefined, undefined, everyCap);
  const clients = custody.parties.map(({ client }) => client);
  return { custody, vault: await openVaultOf(kind, custody, clients, options) };
}

let coins = 50_000n;

/** What `bitcoinWithdrawal` asks for, of coins that nothing else here spends. */
export function freshPayment(kind: KeyKind, { publicKey, destination }: Vault) {
  coins += 10n;
  const amounts = [coins, coins + 1n, coins + 2n];
  const account = accountOf(publicKey, CLIENT, bitcoinKind(kind.suite) ?? 'p2tr');
  return paymentFor(account, destination.address, { amounts });
}

/** What to ask parties for, with a key for Solana or Bitcoin. */
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
  return {
    bundle: organisation.bundle(bitcoinWithdrawal(vault.destination)),
    transaction: freshPayment(kind, vault),
  };
}
