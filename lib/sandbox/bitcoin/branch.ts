/** The best chain: its blocks, and who spent what in them. */
import { genesisBlock, isCoinbase, type Block } from './block.ts';
import { outpointOf, type Tx, type TxOutput } from './wire.ts';

export type Confirmed = { tx: Tx; height: number };

/** An unspent output; `height` of the block it is in. */
export type Coin = TxOutput & { height: number; isCoinbase: boolean };

export class Branch {
  readonly #blocks: Block[] = [genesisBlock()];
  readonly #heights = new Map<string, number>([[genesisBlock().hash, 0]]);
  readonly #found = new Map<string, Confirmed>();
  /** The spender and its height, by outpoint. */
  readonly #spent = new Map<string, { by: string; height: number }>();
  readonly #byScript = new Map<string, Set<string>>();

  get tip(): Block {
    return this.at(this.height);
  }

  get height(): number {
    return this.#blocks.length - 1;
  }

  /** @throws RangeError on a height above the tip. */
  at(height: number): Block {
    const block = this.#blocks[height];
    if (!block) throw new RangeError(`No block at height ${height}`);
    return block;
  }

  /** Null for a hash that is not of the best chain. */
  heightOf(hash: string): number | null {
    return this.#heights.get(hash) ?? null;
  }

  find(txid: string): Confirmed | null {
    return this.#found.get(txid) ?? null;
  }

  /** Ids of the transactions that pay a script or spend from it, in their order. */
  touching(script: string): string[] {
    return [...(this.#byScript.get(script) ?? [])];
  }

  /** The output as it was after the block of a height. */
  coin(txid: string, vout: number, height = this.height): Coin | null {
    const found = this.#found.get(txid);
    const output = found?.tx.outputs[vout];
    if (!found || !output || found.height > height) return null;
    const spent = this.#spent.get(outpointOf({ txid, vout }));
    if (spent && spent.height <= height) return null;
    return { ...output, height: found.height, isCoinbase: isCoinbase(found.tx) };
  }

  /** The output that an input of a transaction here spends. */
  spentOutput({ txid, vout }: { txid: string; vout: number }): TxOutput | null {
    return this.#found.get(txid)?.tx.outputs[vout] ?? null;
  }

  /** Id of the transaction that spends an output. */
  spender(outpoint: { txid: string; vout: number }): string | null {
    return this.#spent.get(outpointOf(outpoint))?.by ?? null;
  }

  /** Median of the times of eleven blocks (BIP113), up to a height. */
  medianTime(height = this.height): number {
    const times = this.#blocks.slice(Math.max(0, height - 10), height + 1).map(({ time }) => time);
    return times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
  }

  /** @throws RangeError when the block does not follow, or spends what is not there. */
  connect(block: Block): void {
    if (block.previous !== this.tip.hash) throw new RangeError('The block follows another one');
    for (const tx of block.transactions) {
      if (!isCoinbase(tx))
        for (const input of tx.inputs) {
          // What it spends may have been made earlier in the same block.
          if (!this.coin(input.txid, input.vout, block.height))
            throw new RangeError(`${tx.txid} spends what is not there`);
          this.#spent.set(outpointOf(input), { by: tx.txid, height: block.height });
        }
      this.#found.set(tx.txid, { tx, height: block.height });
      for (const script of this.#scriptsOf(tx)) this.#index(script, tx.txid);
    }
    this.#blocks.push(block);
    this.#heights.set(block.hash, block.height);
  }

  /** Takes the newest block off again. @throws RangeError at the first block. */
  disconnect(): Block {
    const block = this.tip;
    if (block.height === 0) throw new RangeError('The first block stays');
    for (const tx of [...block.transactions].reverse()) {
      for (const script of this.#scriptsOf(tx)) this.#byScript.get(script)?.delete(tx.txid);
      this.#found.delete(tx.txid);
      if (!isCoinbase(tx)) for (const input of tx.inputs) this.#spent.delete(outpointOf(input));
    }
    this.#blocks.pop();
    this.#heights.delete(block.hash);
    return block;
  }

  #scriptsOf(tx: Tx): Set<string> {
    const spent = tx.inputs.flatMap((input) => this.spentOutput(input)?.script ?? []);
    return new Set([...spent, ...tx.outputs.map(({ script }) => script)]);
  }

  #index(script: string, txid: string): void {
    const known = this.#byScript.get(script);
    if (known) known.add(txid);
    else this.#byScript.set(script, new Set([txid]));
  }
}
