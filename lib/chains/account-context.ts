/**
 * What follows from a vault's public key about the accounts of its owners: their addresses, and what a
 * decoder has to know to read their transactions. Public values only; a party makes it from the key that
 * it holds a share of, the console from the key on record.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { accountPath, type AccountBranch } from '#lib/protocol/account-path.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { addressOf as bitcoinAddress } from './bitcoin/address.ts';
import type { BitcoinContext } from './bitcoin/context.ts';
import { decode as decodeBitcoin } from './bitcoin/decode.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './bitcoin/networks.ts';
import type { DerivedKey } from './derive-key.ts';
import { deriveKey } from './derive-key.ts';
import { DecodeError, type Decoded } from './decoded.ts';
import { addressOf as ethereumAddress } from './ethereum/address.ts';
import { tokensOf } from './ethereum/chain.ts';
import type { EthereumContext } from './ethereum/context.ts';
import { decode as decodeEthereum } from './ethereum/decode.ts';
import { chainFacts } from './registry.ts';

export type VaultKey = {
  /** CAIP-2. */
  chain: string;
  suite: KeySuite;
  /** Of the group, hex: 33 bytes compressed on secp256k1. */
  publicKey: string;
};

/** A client's number, or null for the custodian. */
export type Owner = string | null;

/** How outputs of a Bitcoin vault are locked: BIP340 keys by taproot, ECDSA keys by P2WPKH. */
const kindOf = (suite: KeySuite): BitcoinContext['kind'] =>
  suite === 'FROST-secp256k1-SHA256-TR-v1' ? 'p2tr' : 'p2wpkh';

const derived = ({ publicKey }: VaultKey, owner: Owner, branch: AccountBranch): DerivedKey =>
  deriveKey(hexToBytes(publicKey), accountPath(owner, branch));

type Branch = { publicKey: string; path: number[] };

const branchOf = (key: VaultKey, owner: Owner, branch: AccountBranch): Branch => ({
  publicKey: bytesToHex(derived(key, owner, branch).publicKey),
  path: accountPath(owner, branch),
});

/** @throws for a chain that is none of Bitcoin's: a broken invariant. */
export function bitcoinContextOf(key: VaultKey, owner: Owner): BitcoinContext {
  const { chain, suite } = key;
  if (chain !== BITCOIN_MAINNET && chain !== BITCOIN_REGTEST)
    throw new Error(`${chain} is no Bitcoin chain`);
  return {
    chain,
    kind: kindOf(suite),
    receive: branchOf(key, owner, 'receive'),
    change: branchOf(key, owner, 'change'),
  };
}

/** @throws for a chain that is not in the registry: a broken invariant. */
export const ethereumContextOf = (key: VaultKey, owner: Owner): EthereumContext => ({
  chain: key.chain,
  account: branchOf(key, owner, 'receive'),
  tokens: tokensOf(chainFacts(key.chain)),
});

/**
 * Where an owner is paid to, or where the change of an own payment goes (Bitcoin alone).
 * @throws for a chain whose vaults have one address for all.
 */
export function accountAddress(
  key: VaultKey,
  owner: Owner,
  branch: AccountBranch = 'receive',
): string {
  const { publicKey } = derived(key, owner, branch);
  switch (chainFacts(key.chain).family) {
    case 'bitcoin':
      return bitcoinAddress({ publicKey, kind: kindOf(key.suite), chain: key.chain });
    case 'ethereum':
      return ethereumAddress(publicKey);
    case 'solana':
      throw new Error(`Vaults on ${key.chain} have one address for all owners`);
  }
}

/** Which branches an owner's account has on a chain. */
export const branchesOn = (chain: string): readonly AccountBranch[] =>
  chainFacts(chain).family === 'bitcoin' ? ['receive', 'change'] : ['receive'];

/**
 * Reads a transaction of an owner's account.
 * @throws DecodeError on anything that is not fully understood, and for chains without accounts by owner.
 */
export function decodeForOwner(key: VaultKey, owner: Owner, unsigned: Uint8Array): Decoded {
  switch (chainFacts(key.chain).family) {
    case 'bitcoin':
      return decodeBitcoin(unsigned, bitcoinContextOf(key, owner));
    case 'ethereum':
      return decodeEthereum(unsigned, ethereumContextOf(key, owner));
    case 'solana':
      throw new DecodeError('transaction-undecodable', 'no-accounts-by-owner');
  }
}
