/**
 * Where the account of an owner lies within a vault: worked out from the vault's public key, by parties
 * and offline tools, on every chain they know (decision 24).
 */
import { accountPath, type AccountBranch } from '#lib/protocol/account-path.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { addressOf as bitcoinAddress } from './bitcoin/address.ts';
import { bitcoinNetwork } from './bitcoin/networks.ts';
import type { AccountKind } from './bitcoin/script.ts';
import { deriveKey } from './derive-key.ts';
import { addressOf as ethereumAddress } from './ethereum/address.ts';
import { isEthereumChain } from './ethereum/chain.ts';
import { suitesFor } from './registry.ts';
import { addressOf as solanaAddress } from './solana/address.ts';

/** How outputs on Bitcoin are locked for keys of a suite; null for one that can't spend there. */
export function bitcoinKind(suite: KeySuite): AccountKind | null {
  switch (suite) {
    case 'FROST-secp256k1-SHA256-TR-v1':
      return 'p2tr';
    case 'DKLS23-secp256k1-SHA256-v1':
      return 'p2wpkh';
    case 'FROST-ED25519-SHA512-v1':
      return null;
  }
}

/** True where a vault has one address for all, and a memo says whose a deposit is. */
export const isPooled = (chain: string): boolean => chain.startsWith('solana:');

/**
 * @param of.publicKey the vault's: 32 bytes on Ed25519, 33 on secp256k1.
 * @param of.owner a client's number, or null for the custodian, whose account is the vault's address.
 * @param of.branch on chains where the change of an own payment lies elsewhere.
 * @returns null for a chain without addresses here, or a suite that does not fit it. On Solana every
 * owner has the vault's one address.
 * @throws when the key is none of the suite's curve.
 */
export function accountAddress(of: {
  chain: string;
  suite: KeySuite;
  publicKey: Uint8Array;
  owner: string | null;
  branch?: AccountBranch;
}): string | null {
  const { chain, suite, publicKey, owner, branch = 'receive' } = of;
  if (!suitesFor(chain).includes(suite)) return null;
  if (isPooled(chain)) return solanaAddress(publicKey);
  const derived = () => deriveKey(publicKey, accountPath(owner, branch)).publicKey;
  if (isEthereumChain(chain)) return ethereumAddress(derived());
  const kind = bitcoinKind(suite);
  return bitcoinNetwork(chain) && kind
    ? bitcoinAddress({ publicKey: derived(), kind, chain })
    : null;
}
