/** A source of prices whose key only it has. */
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { factBytes, type PriceFact, type SignedFact } from '#lib/protocol/signed-facts.ts';
import type { FactSource } from '#lib/protocol/policy.ts';

export type Prices = {
  source: FactSource;
  /** A signed price. @param of.at milliseconds that the source's clock is ahead of the real one. */
  word(of?: { at?: number; changes?: Partial<PriceFact>; by?: KeyObject }): SignedFact;
  /** A key that no policy names. */
  stranger: KeyObject;
};

export function openPrices(): Prices {
  const { privateKey } = generateKeyPairSync('ed25519');
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    source: {
      name: 'prices',
      fact: 'price',
      publicKey: raw.subarray(-32).toString('hex'),
      maxAgeSeconds: 60,
    },
    stranger: generateKeyPairSync('ed25519').privateKey,
    word: ({ at = 0, changes = {}, by = privateKey } = {}) => {
      const fact: PriceFact = {
        type: 'countersign/fact/v1',
        organisation: 'sample-custody',
        environment: 'sandbox',
        source: 'prices',
        observedAt: new Date(Date.now() + at).toISOString(),
        fact: 'price',
        asset: 'SOL',
        decimals: 9,
        microEur: '150000000',
        ...changes,
      };
      return { fact, signature: sign(null, factBytes(fact), by).toString('hex') };
    },
  };
}
