/** Books with a vault on a chain where every owner has an account, and that chain, running. */
import { addressOfOwner, type VaultKey } from '#lib/chains/account-context.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { SANDBOX_CHAIN } from '#lib/sandbox/ethereum/testing/account-fixture.ts';
import { bookDeposit, openOwnerDesk, type OwnerDesk } from './owner-desk.ts';
import {
  startBitcoin,
  startEthereum,
  type BitcoinChain,
  type EthereumChain,
} from './running-chains.ts';

/** `close` ends the chain as well. */
export type BitcoinDesk = OwnerDesk & BitcoinChain;
export type EthereumDesk = OwnerDesk & EthereumChain;

/** @param of.suite of the vault's key: taproot unless said otherwise. */
export async function openBitcoinDesk(of: {
  clients: readonly string[];
  suite?: KeySuite;
}): Promise<BitcoinDesk> {
  const { clients, suite = 'FROST-secp256k1-SHA256-TR-v1' } = of;
  const running = await startBitcoin();
  const node = { bitcoin: running.node };
  const desk = await openOwnerDesk({ chain: BITCOIN_REGTEST, suite, clients, node });
  return { ...running, ...desk, close: () => closeBoth(desk, running) };
}

export async function openEthereumDesk({
  clients,
}: {
  clients: readonly string[];
}): Promise<EthereumDesk> {
  const running = await startEthereum();
  const node = { ethereum: running.node };
  const suite = 'DKLS23-secp256k1-SHA256-v1';
  const desk = await openOwnerDesk({ chain: SANDBOX_CHAIN, suite, clients, node });
  return { ...running, ...desk, close: () => closeBoth(desk, running) };
}

type Closing = { close(): Promise<void> };

async function closeBoth(desk: Closing, running: Closing): Promise<void> {
  try {
    await desk.close();
  } finally {
    await running.close();
  }
}

/** Somebody else's address on the chain: the custodian's of a vault that nobody has. */
export const outsideOf = ({ chain, suite }: Omit<VaultKey, 'publicKey'>): string =>
  addressOfOwner(
    {
      chain,
      suite,
      publicKey: '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    },
    null,
  );

/** A coin for each client, which the chain and the books have. */
export async function openFundedDesk(
  clients: readonly string[],
  amount: bigint,
): Promise<BitcoinDesk> {
  const desk = await openBitcoinDesk({ clients });
  for (const client of clients) {
    await desk.control.deposit(addressOfOwner(desk.key, client), amount);
    await bookDeposit(desk, { client, asset: 'BTC', amount });
  }
  await desk.control.mine(2);
  return desk;
}
