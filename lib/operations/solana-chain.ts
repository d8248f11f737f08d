import { assets } from '#lib/chains/assets.ts';
import type { Settings } from '#lib/platform/context.ts';

/** CAIP-2 id of the Solana chain that an installation in this mode uses. */
export function solanaChainOf(mode: Settings['mode']): string {
  const chains = assets.flatMap((asset) => asset.chains);
  const found = chains.find(
    (chain) => chain.startsWith('solana:') && chain.endsWith(':sandbox') === (mode === 'sandbox'),
  );
  if (found === undefined) throw new Error(`No Solana chain for mode ${mode}`);
  return found;
}
