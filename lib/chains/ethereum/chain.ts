/** Names of Ethereum chains: CAIP-2 with the namespace `eip155` and the chain id of EIP-155. */
import type { ChainFacts } from '../chain-facts.ts';

/** No chain in use comes near it, and it keeps ids within what numbers hold exactly. */
const ethereumChain = /^eip155:([1-9]\d{0,14})$/;

/** The asset that pays fees. */
export const ETHER = 'ETH';

/** @returns the chain id that transactions name, or null where the chain is no Ethereum one. */
export function chainIdOf(chain: string): bigint | null {
  const digits = ethereumChain.exec(chain)?.[1];
  return digits === undefined ? null : BigInt(digits);
}

/** Hash of mainnet's first block. */
const MAINNET_GENESIS = '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3';

/** Hash of a chain's first block, where it is known before a node is asked. */
export const genesisOf = (chain: string): string | null =>
  chain === 'eip155:1' ? MAINNET_GENESIS : null;

/** The euro token's contract on mainnet, by Circle; six decimals. Its first name stayed when its symbol changed. */
const EURC_MAINNET = '0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c';
/** In the sandbox: where the first contract of anvil's first account comes to lie. */
export const EURC_SANDBOX = '0x5FbDB2315678afecb367f032d93F642f64180aa3';

const ethereum = {
  family: 'ethereum',
  feeAsset: ETHER,
  suites: ['DKLS23-secp256k1-SHA256-v1'],
  accounts: 'by-owner',
  takesMemo: false,
  feePaidBy: 'sender',
  // The chain calls a block final itself, two epochs after it was made.
  confirmations: null,
  // Wei. A token transfer with 100,000 gas at 200 gwei.
  highestFee: 20_000_000_000_000_000n,
} as const;

/** Ethereum, as data. */
export const ethereumChains: readonly ChainFacts[] = [
  {
    ...ethereum,
    chain: 'eip155:31337',
    name: 'Ethereum, sandbox',
    environment: 'sandbox',
    assets: [
      { asset: ETHER, token: null },
      { asset: 'EURC', token: EURC_SANDBOX, names: ['EURC (sandbox, worth nothing)'] },
    ],
  },
  {
    ...ethereum,
    chain: 'eip155:1',
    name: 'Ethereum mainnet',
    environment: 'production',
    assets: [
      { asset: ETHER, token: null },
      { asset: 'EURC', token: EURC_MAINNET, names: ['Euro Coin', 'EURC'] },
    ],
  },
];

/** Tokens of a chain in the form that a decoder's context has. */
export const tokensOf = (facts: ChainFacts): { asset: string; contract: string }[] =>
  facts.assets.flatMap(({ asset, token }) => (token === null ? [] : [{ asset, contract: token }]));

export const isEthereumChain = (chain: string): boolean => chainIdOf(chain) !== null;
