/** Whoever got hold of a vault's key: payments that the chain takes and no operation here has on record. */
import { addressOfOwner, bitcoinContextOf } from '#lib/chains/account-context.ts';
import { assemble } from '#lib/chains/bitcoin/assemble.ts';
import { buildPayment } from '#lib/chains/bitcoin/build.ts';
import { outpointOf } from '#lib/chains/bitcoin/conflict-key.ts';
import { assemble as assembleTransfer } from '#lib/chains/ethereum/assemble.ts';
import { buildTransfer } from '#lib/chains/ethereum/build.ts';
import { findCoins } from '../execution/chains/bitcoin-coins.ts';
import type { OwnerDesk } from './owner-desk.ts';

/** Between what such a payment costs and what is too little to come back as change; satoshi. */
const nearlyNothing = 300n;

type Theft = {
  client: string;
  to: string;
  /** Satoshi; null for all of the coins, so that no change comes back. */
  amount: bigint | null;
  /** The one coin, as `txid:vout`, that it may come from; any of them unless said. */
  from?: string;
};

/** A payment of an owner's coins, signed and not sent. */
export async function signTheft(
  desk: OwnerDesk,
  { client, to, amount, from }: Theft,
): Promise<{ raw: Uint8Array; txid: string }> {
  const { bitcoin } = desk.context;
  if (!bitcoin) throw new Error('These books have no node of Bitcoin.');
  const account = bitcoinContextOf(desk.key, client);
  const coins = (await findCoins(bitcoin, account)).filter(
    (coin) => from === undefined || outpointOf(coin) === from,
  );
  const all = coins.reduce((total, coin) => total + coin.amount, 0n);
  const built = buildPayment({
    account,
    coins,
    to,
    amount: amount ?? all - nearlyNothing,
    rate: 1_000n,
    highestFee: 100_000n,
    replaces: null,
  });
  if (!built.ok) throw new Error(`Nothing to take: ${built.refusal}`);
  return assemble(built.unsigned, account, desk.sign(client, built.unsigned));
}

/** Sends it as well; a block is for the caller to make. @returns its id. */
export async function takeBitcoin(desk: OwnerDesk, of: Theft): Promise<string> {
  const { raw, txid } = await signTheft(desk, of);
  const sent = await desk.context.bitcoin?.send(raw);
  if (sent?.outcome !== 'accepted')
    throw new Error(`The node did not take it: ${JSON.stringify(sent ?? 'no node')}`);
  return txid;
}

/** @param of.token its contract; null for ether. @returns its hash. */
export async function takeEther(
  desk: OwnerDesk,
  of: { client: string; to: string; amount: bigint; token: string | null },
): Promise<string> {
  const { ethereum } = desk.context;
  if (!ethereum) throw new Error('These books have no node of Ethereum.');
  const { chain } = desk.key;
  const account = addressOfOwner(desk.key, of.client);
  const message = buildTransfer({
    chain,
    nonce: await ethereum.getNonce(account, 'latest'),
    to: of.to,
    amount: of.amount,
    token: of.token,
    gasLimit: of.token === null ? 21_000n : 100_000n,
    maxFeePerGas: 20_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
  });
  const [signature] = desk.sign(of.client, message);
  if (!signature) throw new Error('A transfer has one signature.');
  const { raw, hash } = assembleTransfer(message, signature, account);
  const sent = await ethereum.sendTransaction(raw);
  if (sent.outcome !== 'accepted') throw new Error(`The node did not take it: ${sent.outcome}`);
  return hash;
}
