/** The chain as the node shows it: its newest state, or an older one when it was told to lag. */
import type { Block } from './block.ts';
import type { Chain } from './chain.ts';
import { orLie } from './faults.ts';
import type { Entry } from './mempool.ts';
import { outpointOf, type Tx, type TxOutput } from './wire.ts';

export type Placed = {
  tx: Tx;
  /** Null while it waits in the mempool. */
  block: Block | null;
};

/** A transaction, and which of its inputs spends what was asked about. */
export type Spend = Placed & { vin: number };

export type Unspent = {
  txid: string;
  vout: number;
  value: bigint;
  script: string;
  block: Block | null;
  isCoinbase: boolean;
};

export class View {
  readonly chain: Chain;
  readonly height: number;
  readonly #isLate: boolean;

  constructor(chain: Chain) {
    this.chain = chain;
    this.height = Math.max(0, chain.branch.height - chain.faults.lag);
    this.#isLate = chain.faults.lag > 0;
  }

  get tip(): Block {
    return this.chain.branch.at(this.height);
  }

  /** Null above the tip. */
  at(height: number): Block | null {
    return height >= 0 && height <= this.height ? this.chain.branch.at(height) : null;
  }

  /** The hash that the node says; false when it was told to lie. */
  hashAt(height: number): string | null {
    const block = this.at(height);
    return (
      block && orLie(this.chain.faults, 'block-hash', block.hash, (hash) => reversedText(hash))
    );
  }

  byHash(hash: string): Block | null {
    const height = this.chain.branch.heightOf(hash);
    return height === null ? null : this.at(height);
  }

  waiting(): Entry[] {
    return this.#isLate ? [] : this.chain.mempool.all();
  }

  find(txid: string): Placed | null {
    const confirmed = this.chain.branch.find(txid);
    if (confirmed)
      return confirmed.height <= this.height
        ? { tx: confirmed.tx, block: this.chain.branch.at(confirmed.height) }
        : null;
    const entry = this.#isLate ? null : this.chain.mempool.find(txid);
    return entry && { tx: entry.tx, block: null };
  }

  /** A transaction's bytes as the node gives them; false when it was told to lie. */
  hexOf({ hex }: Tx): string {
    return orLie(this.chain.faults, 'bytes', hex, (honest) => {
      const bytes = Buffer.from(honest, 'hex');
      // In the lock time: a witness could change without changing the transaction's id.
      const at = bytes.length - 1;
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      return bytes.toString('hex');
    });
  }

  /** What a script can spend; what the mempool spends already is left out unless it is not looked at. */
  unspent(script: string, withMempool: boolean): Unspent[] {
    const { branch, faults } = this.chain;
    const confirmed = branch.touching(script).flatMap((txid) => {
      const found = branch.find(txid);
      return (found?.tx.outputs ?? []).flatMap((output, vout): Unspent[] => {
        const coin = output.script === script ? branch.coin(txid, vout, this.height) : null;
        return coin
          ? [{ ...output, txid, vout, block: branch.at(coin.height), isCoinbase: coin.isCoinbase }]
          : [];
      });
    });
    const waiting = this.waiting().flatMap(({ tx }) =>
      tx.outputs.flatMap((output, vout): Unspent[] =>
        output.script === script
          ? [{ ...output, txid: tx.txid, vout, block: null, isCoinbase: false }]
          : [],
      ),
    );
    const shown = withMempool
      ? [...confirmed, ...waiting].filter(
          (coin) => this.#isLate || this.chain.mempool.spender(coin) === null,
        )
      : confirmed;
    return shown.map((coin) => ({
      ...coin,
      value: orLie(faults, 'amount', coin.value, (honest) => honest + 1n),
    }));
  }

  /** Everything that pays a script or spends from it, the newest first. */
  history(script: string): Placed[] {
    const { branch } = this.chain;
    const confirmed = branch.touching(script).flatMap((txid) => this.find(txid) ?? []);
    confirmed.sort((a, b) => (b.block?.height ?? 0) - (a.block?.height ?? 0));
    const waiting = this.waiting()
      .filter(
        ({ tx }) =>
          tx.outputs.some((output) => output.script === script) ||
          tx.inputs.some((input) => this.spentOutput(input)?.script === script),
      )
      .map(({ tx }): Placed => ({ tx, block: null }))
      .reverse();
    return [...waiting, ...confirmed];
  }

  /** What spends an output, in a block or waiting. */
  spend(outpoint: { txid: string; vout: number }): Spend | null {
    const waiting = this.#isLate ? null : this.chain.mempool.spender(outpoint);
    const txid = this.chain.branch.spender(outpoint) ?? waiting;
    const found = txid === null ? null : this.find(txid);
    if (!found) return null;
    const vin = found.tx.inputs.findIndex((one) => outpointOf(one) === outpointOf(outpoint));
    return { ...found, vin };
  }

  /** The output that an input spends, wherever it is. */
  spentOutput(outpoint: { txid: string; vout: number }): TxOutput | null {
    return this.chain.branch.spentOutput(outpoint) ?? this.chain.mempool.output(outpoint);
  }
}

const reversedText = (text: string): string => text.split('').reverse().join('');
