/** The stand-in's chain: transactions that wait, blocks that hold them, and a past that outlives the process. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DiskFault, LogFile } from '../log-file.ts';
import { judge, type Verdict } from './acceptance.ts';
import { mineBlock, readBlock, type Block } from './block.ts';
import { Branch } from './branch.ts';
import { Faucet } from './faucet.ts';
import { noFaults } from './faults.ts';
import { logLines, type LogLine, type StoredBlock } from './log-lines.ts';
import { Mempool } from './mempool.ts';
import { readTxHex, type Tx } from './wire.ts';

/** Blocks that a new chain begins with, so that the faucet has coins that stay through a reorganization. */
const FIRST_BLOCKS = 10;
const BLOCK_WEIGHT_MAX = 3_900_000;

export class Chain {
  readonly faults = noFaults();
  readonly branch = new Branch();
  readonly mempool = new Mempool();
  readonly faucet: Faucet;
  readonly #log: LogFile<LogLine>;
  readonly #path: string;

  /** Opens the chain in a folder, or starts a new one there. @throws DiskFault */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = join(folder, 'chain.jsonl');
    this.#log = new LogFile(this.#path, logLines);
    const lines = this.#log.lines();
    this.faucet = new Faucet(this.#faucetKey(lines.next().value?.line));
    for (const { line } of lines) this.#replay(line);
    if (this.branch.height < FIRST_BLOCKS) this.mine(FIRST_BLOCKS - this.branch.height);
  }

  /** What would become of a transaction; changes nothing. */
  test(tx: Tx): Verdict {
    return judge(tx, this.branch, this.mempool, { checkScripts: true });
  }

  /** Takes a transaction that was just judged good; on the disk before this returns. @throws DiskFault */
  take(tx: Tx, verdict: Extract<Verdict, { ok: true }>): void {
    const time = now();
    this.#log.append({ kind: 'transaction', hex: tx.hex, time });
    this.#enter(tx, verdict, time);
  }

  /** @param script who is paid; the faucet unless said otherwise. @throws DiskFault */
  mine(count: number, script = this.faucet.script): Block[] {
    const mined: Block[] = [];
    for (let left = count; left > 0; left -= 1) {
      const block = this.#nextBlock(this.#waiting(), script);
      this.#log.append({ kind: 'block', block: store(block) });
      this.branch.connect(block);
      this.mempool.settle(block.transactions);
      mined.push(block);
    }
    return mined;
  }

  /**
   * Replaces the newest blocks by one more than they were. Their transactions go back to the
   * mempool where they are still possible.
   * @param reverse true to put in what contradicts the faucet's payments in those blocks, so that
   * they never come back.
   * @param instead transactions that the first of the new blocks has, as a miner who saw others first.
   * @throws RangeError when there are not so many blocks, or one can't be in a block there; DiskFault.
   */
  reorganize(depth: number, reverse: boolean, instead: readonly Tx[] = []): Block[] {
    if (depth < 1 || depth > this.branch.height - FIRST_BLOCKS)
      throw new RangeError(`There are ${this.branch.height - FIRST_BLOCKS} blocks to replace`);
    const orphaned = this.#disconnect(depth);
    const fault = instead
      .map((tx) => judge(tx, this.branch, new Mempool(), { checkScripts: true }))
      .find(({ ok }) => !ok);
    if (fault) {
      for (const block of orphaned) this.branch.connect(block);
      throw new RangeError('A transaction has no place in the new blocks');
    }
    const payments = orphaned.flatMap(({ transactions }) => transactions.slice(1));
    const against = reverse
      ? payments.flatMap((payment) => this.faucet.contradict(payment, this.branch) ?? [])
      : [];
    const first = [...against, ...instead];
    const blocks: Block[] = [];
    for (let left = depth + 1; left > 0; left -= 1) {
      const block = this.#nextBlock(blocks.length === 0 ? first : [], this.faucet.script);
      this.branch.connect(block);
      blocks.push(block);
    }
    this.#log.append({ kind: 'reorg', depth, blocks: blocks.map(store) });
    this.#resurrect(orphaned);
    return blocks;
  }

  close(): void {
    this.#log.close();
  }

  #faucetKey(first: LogLine | undefined): string {
    if (first?.kind === 'genesis') return first.faucetKey;
    if (first)
      throw new DiskFault(`${this.#path} does not begin with a genesis. Run npm run reset.`);
    const faucetKey = randomBytes(32).toString('hex');
    this.#log.append({ kind: 'genesis', sandbox: true, faucetKey });
    return faucetKey;
  }

  #replay(line: LogLine): void {
    try {
      if (line.kind === 'genesis') throw new RangeError('a second genesis');
      if (line.kind === 'transaction') this.#replayTransaction(line.hex, line.time);
      if (line.kind === 'block') {
        const block = this.#read(line.block);
        this.branch.connect(block);
        this.mempool.settle(block.transactions);
      }
      if (line.kind === 'reorg') {
        const orphaned = this.#disconnect(line.depth);
        for (const block of line.blocks) this.branch.connect(this.#read(block));
        this.#resurrect(orphaned);
      }
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new DiskFault(
        `${this.#path} does not fit together (${what}). Run npm run reset to start a new sandbox.`,
      );
    }
  }

  /** Scripts were judged before it was written down. */
  #replayTransaction(hex: string, time: number): void {
    const tx = readTxHex(hex);
    const verdict = judge(tx, this.branch, this.mempool, { checkScripts: false });
    if (!verdict.ok) throw new RangeError(`a transaction with ${verdict.reject.reason}`);
    this.#enter(tx, verdict, time);
  }

  #read({ header, transactions }: StoredBlock): Block {
    return readBlock(this.branch.height + 1, header, transactions.map(readTxHex));
  }

  #enter(tx: Tx, verdict: Extract<Verdict, { ok: true }>, time: number): void {
    this.mempool.remove(verdict.evicted);
    this.mempool.add({ tx, fee: verdict.fee, time, height: this.branch.height });
  }

  /** @returns the blocks taken off, the oldest first. */
  #disconnect(depth: number): Block[] {
    const orphaned: Block[] = [];
    for (let left = depth; left > 0; left -= 1) orphaned.unshift(this.branch.disconnect());
    return orphaned;
  }

  #resurrect(orphaned: readonly Block[]): void {
    const waiting = this.mempool.all();
    this.mempool.remove(waiting.map(({ tx }) => tx.txid));
    const again = orphaned.flatMap(({ transactions, time }) =>
      transactions.slice(1).map((tx) => ({ tx, time })),
    );
    for (const { tx, time } of [...again, ...waiting]) {
      if (this.branch.find(tx.txid)) continue;
      const verdict = judge(tx, this.branch, this.mempool, { checkScripts: false });
      if (verdict.ok) this.#enter(tx, verdict, time);
    }
  }

  #waiting(): Tx[] {
    let weight = 0;
    const chosen: Tx[] = [];
    for (const { tx } of this.mempool.all()) {
      // Whatever rests on what is left out comes after it, so nothing is chosen without its parents.
      if (weight + tx.weight > BLOCK_WEIGHT_MAX) break;
      weight += tx.weight;
      chosen.push(tx);
    }
    return chosen;
  }

  #nextBlock(transactions: readonly Tx[], script: string): Block {
    const fees = transactions.reduce(
      (sum, { txid }) => sum + (this.mempool.find(txid)?.fee ?? 0n),
      0n,
    );
    const time = Math.max(now(), this.branch.medianTime() + 1);
    return mineBlock(this.branch.tip, { transactions, fees, script, time });
  }
}

const store = ({ header, transactions }: Block): StoredBlock => ({
  header,
  transactions: transactions.map(({ hex }) => hex),
});

const now = (): number => Math.floor(Date.now() / 1000);
