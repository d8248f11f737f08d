/** Coins of a software key on the stand-in, and payments that spend them, for tests. */
import type { BitcoinSandboxControl } from '#lib/sandbox/bitcoin/control.ts';
import { signPayment, type TestCoin, type TestKey } from '#lib/sandbox/bitcoin/testing/signed.ts';
import type { BitcoinSource } from '../source.ts';

export const BTC = 100_000_000n;

/** A deposit in a block, as the source sees it. */
export async function fund(
  key: TestKey,
  kind: TestCoin['kind'],
  by: { control: BitcoinSandboxControl; source: BitcoinSource },
): Promise<TestCoin> {
  const txid = await by.control.deposit(key[kind].address, BTC);
  await by.control.mine(1);
  const coins = await by.source.utxos(key[kind].address);
  const coin = coins.find((one) => one.txid === txid);
  return { txid, vout: coin?.vout ?? -1, value: coin?.amount ?? 0n, kind };
}

/** Nearly all of a coin to the key's P2WPKH address. */
export const pay = (
  key: TestKey,
  coin: TestCoin,
  options: { fee?: bigint; sequence?: number } = {},
): Uint8Array =>
  Uint8Array.from(
    Buffer.from(
      signPayment(key, {
        coins: [coin],
        to: [{ address: key.segwit.address, value: coin.value - (options.fee ?? 1_000n) }],
        ...(options.sequence === undefined ? {} : { sequence: options.sequence }),
      }),
      'hex',
    ),
  );
