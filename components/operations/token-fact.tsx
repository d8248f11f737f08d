import { findChain } from '#lib/chains/registry.ts';
import type { Description } from '../ui/description-list.tsx';
import { AddressFact, chainName } from './address-fact.tsx';

/** The contract that an asset is a token of; null for a chain's own asset. */
export const tokenOf = ({ chain, asset }: { chain: string; asset: string }): string | null =>
  findChain(chain)?.assets.find((entry) => entry.asset === asset)?.token ?? null;

/**
 * Which contract a token is, where the asset is named: whoever states must not have to wait for the transaction to be
 * built to compare it. Nothing for a chain's own asset.
 */
export function tokenFact(of: { chain: string; asset: string }): Description[] {
  const token = tokenOf(of);
  if (token === null) return [];
  return [
    {
      term: 'Token',
      detail: (
        <AddressFact address={token}>
          The contract of {of.asset} on {chainName(of.chain)}. You sign the asset’s code and its
          chain; each party has the contract in its own data and signs a call of no other.
        </AddressFact>
      ),
    },
  ];
}
