/**
 * Makes blocks: while something waits, then until it is final, and now and then so that the chain is
 * seen to live. A chain that makes one every second all day would only fill memory and disk.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { BLOCKS_UNTIL_FINAL } from './anvil.ts';
import type { Ask } from './anvil-rpc.ts';

const HEARTBEAT_MS = 60_000;
const quantity = z
  .string()
  .regex(/^0x[0-9a-f]+$/)
  .transform(BigInt);
const pool = z.object({ pending: quantity });

export class Miner {
  readonly #ask: Ask;
  readonly #blockMs: number;
  readonly #keep: () => Promise<void>;
  #isPaused = false;
  #emptyLeft = 0;
  #lastBlock = 0;

  /** @param keep writes the state down; called when something has happened, never twice at once. */
  constructor(of: { ask: Ask; blockMs: number; keep: () => Promise<void> }) {
    this.#ask = of.ask;
    this.#blockMs = of.blockMs;
    this.#keep = of.keep;
  }

  /** Blocks come only by `mine` until it is called with false. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  /** Makes blocks at once. */
  async mine(count: number): Promise<void> {
    for (let left = count; left > 0; left -= 1) {
      await this.#ask('evm_mine');
      // Asked of the block and not of what waited before: more may have come in between.
      const inside = await this.#ask('eth_getBlockTransactionCountByNumber', 'latest');
      this.#emptyLeft =
        quantity.parse(inside) > 0n ? BLOCKS_UNTIL_FINAL : Math.max(0, this.#emptyLeft - 1);
    }
    this.#lastBlock = performance.now();
    await this.#keep();
  }

  /** Runs until the signal; rejects when the node fails. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#beat();
      await delay(this.#blockMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #beat(): Promise<void> {
    if (this.#isPaused) return;
    const { pending } = pool.parse(await this.#ask('txpool_status'));
    const isQuiet = performance.now() - this.#lastBlock > HEARTBEAT_MS;
    if (pending === 0n && this.#emptyLeft === 0 && !isQuiet) return;
    await this.mine(1);
  }
}
