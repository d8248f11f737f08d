/** Transactions that wait for a block, and how they hang together. */
import { outpointOf, type Tx, type TxOutput } from './wire.ts';

export type Entry = {
  tx: Tx;
  fee: bigint;
  /** Unix seconds. */
  time: number;
  /** Height of the chain when it came. */
  height: number;
};

export class Mempool {
  readonly #entries = new Map<string, Entry>();
  readonly #spenders = new Map<string, string>();

  get size(): number {
    return this.#entries.size;
  }

  find(txid: string): Entry | null {
    return this.#entries.get(txid) ?? null;
  }

  /** In the order they came, so that parents come before their children. */
  all(): Entry[] {
    return [...this.#entries.values()];
  }

  output({ txid, vout }: { txid: string; vout: number }): TxOutput | null {
    return this.#entries.get(txid)?.tx.outputs[vout] ?? null;
  }

  /** Id of the transaction here that spends an output. */
  spender(outpoint: { txid: string; vout: number }): string | null {
    return this.#spenders.get(outpointOf(outpoint)) ?? null;
  }

  /** Transactions here that spend something that this one spends. */
  conflictsOf(tx: Tx): Entry[] {
    const ids = new Set(tx.inputs.flatMap((input) => this.spender(input) ?? []));
    ids.delete(tx.txid);
    return [...ids].flatMap((id) => this.#entries.get(id) ?? []);
  }

  /** Everything here that rests on these, themselves included. */
  withDescendants(ids: Iterable<string>): Set<string> {
    const all = new Set<string>();
    const open = [...ids];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const entry = this.#entries.get(id);
      if (!entry || all.has(id)) continue;
      all.add(id);
      const txid = id;
      for (const vout of entry.tx.outputs.keys()) {
        const spender = this.spender({ txid, vout });
        if (spender !== null) open.push(spender);
      }
    }
    return all;
  }

  /** Everything here that a transaction rests on. */
  ancestorsOf(tx: Tx): Set<string> {
    const all = new Set<string>();
    const open = tx.inputs.map(({ txid }) => txid);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const entry = this.#entries.get(id);
      if (!entry || all.has(id)) continue;
      all.add(id);
      open.push(...entry.tx.inputs.map(({ txid }) => txid));
    }
    return all;
  }

  add(entry: Entry): void {
    this.#entries.set(entry.tx.txid, entry);
    for (const input of entry.tx.inputs) this.#spenders.set(outpointOf(input), entry.tx.txid);
  }

  remove(ids: Iterable<string>): void {
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (!entry) continue;
      for (const input of entry.tx.inputs) this.#spenders.delete(outpointOf(input));
      this.#entries.delete(id);
    }
  }

  /** Takes out what a block has confirmed, and what can't follow because of it. */
  settle(transactions: readonly Tx[]): void {
    this.remove(transactions.map(({ txid }) => txid));
    for (const tx of transactions)
      this.remove(this.withDescendants(this.conflictsOf(tx).map((entry) => entry.tx.txid)));
  }
}
