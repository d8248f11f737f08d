import { chainsIn } from '#lib/chains/registry.ts';
import type { Settings } from '#lib/platform/context.ts';

/** CAIP-2 id of the Solana chain that an installation in this mode uses. */
export function solanaChainOf(mode: Settings['mode']): string {
  const found = chainsIn(mode).find(({ family }) => family === 'solana');
  if (!found) throw new Error(`No Solana chain for mode ${mode}`);
  return found.chain;
}
