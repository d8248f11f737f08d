/** Whoever got hold of a vault's key: payments that the chain takes and no operation here has on record. */
import { addressOfOwner, bitcoinContextOf } from '#lib/chains/account-context.ts';
import { assemble } from '#lib/chains/bitcoin/assemble.ts';
import { buildPayment } from '#lib/chains/bitcoin/build.ts';
import { assemble as assembleTransfer } from '#lib/chains/ethereum/assemble.ts';
import { buildTransfer } from '#lib/chains/ethereum/build.ts';
import { findCoins } from '../execution/chains/bitcoin-coins.ts';
import type { OwnerDesk } from './owner-desk.ts';

/** Between what such a payment costs and what is too little to come back as change; satoshi. */
const nearlyNothing = 300n;

/**
 * Pays an owner's coins away, and sends it; a block is for the caller to make.
 * @param of.amount satoshi; null for all of them, so that no change comes back.
 * @returns its id.
 */
export async function takeBitcoin(
  desk: OwnerDesk,
  of: { client: string; to: string; amount: bigint | null },
): Promise<string> {
  const { bitcoin } = desk.context;
  if (!bitcoin) throw new Error('These books have no node of Bitcoin.');
  const account = bitcoinContextOf(desk.key, of.client);
  const coins = await findCoins(bitcoin, account);
  const all = coins.reduce((total, { amount }) => total + amount, 0n);
  const built = buildPayment({
    account,
    coins,
    to: of.to,
    amount: of.amount ?? all - nearlyNothing,
    rate: 1_000n,
    highestFee: 100_000n,
    replaces: null,
  });
  if (!built.ok) throw new Error(`Nothing to take: ${built.refusal}`);
  const { raw, txid } = assemble(built.unsigned, account, desk.sign(of.client, built.unsigned));
  const sent = await bitcoin.send(raw);
  if (sent.outcome !== 'accepted') throw new Error(`The node did not take it: ${sent.outcome}`);
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
