/** Deposits on every chain where owners have addresses of their own and this worker has a node. */
import { chainsIn } from '#lib/chains/registry.ts';
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { eachApart } from '../../each-apart.ts';
import type { WorkerContext } from '../worker-context.ts';
import { BalanceWatch } from './explain-balances.ts';
import { ownAccountsOn } from './own-accounts.ts';
import { BitcoinWatch } from './watch-bitcoin.ts';
import { watchEthereum } from './watch-ethereum.ts';

/** What one worker remembers from pass to pass. */
export class OwnerDeposits {
  readonly #bitcoin = new Map<string, BitcoinWatch>();
  readonly #balances = new Map<string, BalanceWatch>();

  /** A chain whose node is away keeps none of the others from its turn. */
  async look(context: WorkerContext): Promise<void> {
    await eachApart(
      chainsIn(context.settings.mode),
      ({ chain }) => `deposits on ${chain}`,
      (facts) => this.#lookOn(facts, context),
    );
  }

  async #lookOn(facts: ChainFacts, context: WorkerContext): Promise<void> {
    const { bitcoin, ethereum } = context;
    if (facts.family === 'bitcoin' && bitcoin) {
      const watch = this.#bitcoin.get(facts.chain) ?? new BitcoinWatch(facts);
      this.#bitcoin.set(facts.chain, watch);
      await watch.look(bitcoin, context);
    }
    if (facts.family === 'ethereum' && ethereum) {
      await watchEthereum(facts, ethereum, context);
      const balances = this.#balances.get(facts.chain) ?? new BalanceWatch(facts);
      this.#balances.set(facts.chain, balances);
      await balances.look(ethereum, await ownAccountsOn(context.db, facts.chain), context);
    }
  }
}
