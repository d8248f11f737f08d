import { expect, test } from 'vitest';
import { bitcoinChains } from './chain.ts';
import { bitcoinContext } from './context.ts';
import { bitcoinNetwork } from './networks.ts';

test('every chain has addresses of its own, a context, and the suites that its signatures need', () => {
  for (const { chain, suites } of bitcoinChains) {
    expect(bitcoinNetwork(chain)?.chain).toBe(chain);
    expect(bitcoinContext.shape.chain.safeParse(chain).success).toBe(true);
    // Taproot takes BIP340 signatures, P2WPKH takes ECDSA.
    expect(suites).toEqual(['FROST-secp256k1-SHA256-TR-v1', 'DKLS23-secp256k1-SHA256-v1']);
  }
  const networks = bitcoinChains.map(({ chain }) => bitcoinNetwork(chain));
  expect(new Set(networks.map((network) => network?.prefix)).size).toBe(bitcoinChains.length);
});

test('another test network is none of them', () => {
  expect(bitcoinNetwork('bip122:000000000933ea01ad0ee984209779ba')).toBeNull();
  expect(bitcoinNetwork('solana:mainnet')).toBeNull();
});
