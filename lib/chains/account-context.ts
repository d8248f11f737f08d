/**
 * What a decoder has to know to read the transactions of an owner's account, from the vault's public key.
 * Public values only; a party makes it from the key that it holds a share of, the console from the key on
 * record.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { accountPath, type AccountBranch } from '#lib/protocol/account-path.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { accountAddress, bitcoinKind } from './account-address.ts';
import { accountContext, type BitcoinContext } from './bitcoin/context.ts';
import { decode as decodeBitcoin } from './bitcoin/decode.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './bitcoin/networks.ts';
import { DecodeError, type Decoded } from './decoded.ts';
import { deriveKey } from './derive-key.ts';
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

/** @throws for a key that moves nothing on a Bitcoin chain: a broken invariant. */
export function bitcoinContextOf(
  { chain, suite, publicKey }: VaultKey,
  owner: Owner,
): BitcoinContext {
  const kind = bitcoinKind(suite);
  if ((chain !== BITCOIN_MAINNET && chain !== BITCOIN_REGTEST) || !kind)
    throw new Error(`A key of ${suite} moves nothing on ${chain}`);
  return accountContext({ chain, kind, vaultKey: hexToBytes(publicKey), owner });
}

/** @throws for a chain that is not in the registry: a broken invariant. */
export function ethereumContextOf({ chain, publicKey }: VaultKey, owner: Owner): EthereumContext {
  const path = accountPath(owner, 'receive');
  const derived = deriveKey(hexToBytes(publicKey), path);
  return {
    chain,
    account: { publicKey: bytesToHex(derived.publicKey), path },
    tokens: tokensOf(chainFacts(chain)),
  };
}

/** @throws for a chain without addresses here, or a key that moves nothing on it: a broken invariant. */
export function addressOfOwner(
  { chain, suite, publicKey }: VaultKey,
  owner: Owner,
  branch: AccountBranch = 'receive',
): string {
  const of = { chain, suite, publicKey: hexToBytes(publicKey), owner, branch };
  const address = accountAddress(of);
  if (address === null) throw new Error(`A key of ${suite} has no addresses on ${chain}`);
  return address;
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
