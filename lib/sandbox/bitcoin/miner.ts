/** When a block is due: soon where there is something to confirm, seldom where nothing happens. */
import type { Chain } from './chain.ts';

/** Empty blocks that follow at the usual pace, so that what was confirmed gets deep enough. */
const FOLLOWING = 12;
/** An idle chain takes one turn in so many, so that its file does not grow for nothing. */
const IDLE_TURNS = 60;

export class Miner {
  readonly #chain: Chain;
  #empty = 0;
  #turns = 0;

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  /** One turn of the clock. @throws DiskFault */
  turn(): void {
    this.#turns += 1;
    const isIdle = this.#chain.mempool.size === 0 && this.#empty >= FOLLOWING;
    if (isIdle && this.#turns % IDLE_TURNS !== 0) return;
    const [block] = this.#chain.mine(1);
    this.#empty = block && block.transactions.length > 1 ? 0 : this.#empty + 1;
  }
}
