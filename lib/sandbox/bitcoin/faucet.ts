/** Sandbox money: ordinary payments by the miner of every block, signed with bitcore-lib. */
import bitcore from 'bitcore-lib';
import type { Branch } from './branch.ts';
import type { Mempool } from './mempool.ts';
import { readTx, type Tx, type TxOutput } from './wire.ts';

type FaucetCoin = { txid: string; vout: number; output: TxOutput };

/** More than any payment of the faucet costs at 1 satoshi per virtual byte. */
const FEE = 1_000n;
const NETWORK = 'regtest';

export class Faucet {
  /** Hex of the script that blocks pay. */
  readonly script: string;
  readonly #key: InstanceType<typeof bitcore.PrivateKey>;
  readonly #address: InstanceType<typeof bitcore.Address>;

  /** @param key hex, 32 bytes. */
  constructor(key: string) {
    this.#key = new bitcore.PrivateKey(key, NETWORK);
    this.#address = this.#key.toAddress(NETWORK, 'witnesspubkeyhash');
    this.script = bitcore.Script.fromAddress(this.#address).toHex();
  }

  get address(): string {
    return this.#address.toString();
  }

  /** @returns null when no single coin of the faucet is large enough. */
  pay(branch: Branch, mempool: Mempool, to: { script: string; value: bigint }): Tx | null {
    const coin = this.#coins(branch, mempool).find(({ output }) => output.value >= to.value + FEE);
    return coin ? this.#sign([coin], to) : null;
  }

  /** A payment to itself of what a payment of its own spends, which can't both be in one chain. */
  contradict(payment: Tx, branch: Branch): Tx | null {
    const coins = payment.inputs.flatMap(({ txid, vout }): FaucetCoin[] => {
      const output = branch.coin(txid, vout);
      return output?.script === this.script ? [{ txid, vout, output }] : [];
    });
    if (coins.length < payment.inputs.length) return null;
    return this.#sign(coins, null);
  }

  /** Oldest first, so that a reorganization leaves its payments valid; then change in the mempool. */
  #coins(branch: Branch, mempool: Mempool): FaucetCoin[] {
    const confirmed = branch.touching(this.script).flatMap((txid) => {
      const outputs = branch.find(txid)?.tx.outputs ?? [];
      return [...outputs.keys()].flatMap((vout): FaucetCoin[] => {
        const output = branch.coin(txid, vout);
        return output && !(output.isCoinbase && output.height >= branch.height)
          ? [{ txid, vout, output }]
          : [];
      });
    });
    const waiting = mempool
      .all()
      .flatMap(({ tx }) =>
        tx.outputs.map((output, vout): FaucetCoin => ({ txid: tx.txid, vout, output })),
      );
    return [...confirmed, ...waiting].filter(
      (coin) => coin.output.script === this.script && mempool.spender(coin) === null,
    );
  }

  #sign(coins: readonly FaucetCoin[], to: { script: string; value: bigint } | null): Tx {
    const transaction = new bitcore.Transaction();
    for (const { txid, vout, output } of coins)
      transaction.from({
        txId: txid,
        outputIndex: vout,
        script: output.script,
        satoshis: Number(output.value),
      });
    if (to)
      transaction.addOutput(
        new bitcore.Transaction.Output({
          script: new bitcore.Script(Buffer.from(to.script, 'hex')),
          satoshis: Number(to.value),
        }),
      );
    transaction.change(this.#address).fee(Number(FEE));
    return readTx(transaction.sign(this.#key).toBuffer());
  }
}
