/** The Bitcoin chains the console knows: data, so that adding one touches no code. */

export type BitcoinNetwork = {
  /** CAIP-2 id: the first 32 digits of the hash of the first block (BIP122). */
  chain: string;
  /** Prefix of segwit addresses (BIP173). */
  prefix: string;
  /** First byte of base58 addresses: of a key's hash and of a script's. */
  keyHashVersion: number;
  scriptHashVersion: number;
};

export const BITCOIN_MAINNET = 'bip122:000000000019d6689c085ae165831e93';
/** Bitcoin Core's chain for tests, which the sandbox runs. */
export const BITCOIN_REGTEST = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';

const MAINNET_SECOND_BLOCK = '00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048';

/** Hash of the block after the first where it is known before a node is asked; every regtest has its own. */
export const secondBlockOf = (chain: string): string | null =>
  chain === BITCOIN_MAINNET ? MAINNET_SECOND_BLOCK : null;

const networks: readonly BitcoinNetwork[] = [
  { chain: BITCOIN_MAINNET, prefix: 'bc', keyHashVersion: 0x00, scriptHashVersion: 0x05 },
  { chain: BITCOIN_REGTEST, prefix: 'bcrt', keyHashVersion: 0x6f, scriptHashVersion: 0xc4 },
];

/** @returns null for a chain that is none of them; another test network is one. */
export const bitcoinNetwork = (chain: string): BitcoinNetwork | null =>
  networks.find((network) => network.chain === chain) ?? null;
