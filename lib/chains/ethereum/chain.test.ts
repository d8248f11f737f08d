import { getContractAddress } from 'viem/utils';
import { expect, test } from 'vitest';
import { chainIdOf, ethereumChains, EURC_SANDBOX, tokensOf } from './chain.ts';
import { ethereumContext } from './context.ts';

test('chain ids are read from names of Ethereum chains alone', () => {
  expect(chainIdOf('eip155:1')).toBe(1n);
  expect(chainIdOf('eip155:31337')).toBe(31_337n);
  for (const name of ['eip155:0', 'eip155:01', 'eip155:', 'eip155:-1', 'solana:1', 'eip155:1x'])
    expect(chainIdOf(name), name).toBeNull();
  expect(chainIdOf(`eip155:${'9'.repeat(16)}`)).toBeNull();
});

test('the tokens of every chain have contracts with their checksum, as a context takes them', () => {
  for (const facts of ethereumChains) {
    const context = {
      chain: facts.chain,
      account: { publicKey: `02${'11'.repeat(32)}`, path: [0, 0, 0, 0] },
      tokens: tokensOf(facts),
    };
    expect(ethereumContext.parse(context).tokens).toHaveLength(1);
    expect(facts.suites).toEqual(['DKLS23-secp256k1-SHA256-v1']);
  }
});

test("the sandbox's token lies where anvil's first account puts its first contract", () => {
  const from = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  expect(getContractAddress({ from, nonce: 0n })).toBe(EURC_SANDBOX);
});
