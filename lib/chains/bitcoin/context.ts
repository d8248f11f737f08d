/**
 * What of an account the bytes don't say. A party makes it from the key that it holds a share of and the
 * account's path; nobody sends it one.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { accountPath, type AccountBranch } from '#lib/protocol/account-path.ts';
import { signingPart } from '../decoded.ts';
import { deriveKey } from '../derive-key.ts';
import { accountScript } from './address.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './networks.ts';
import type { AccountKind } from './script.ts';

const branch = z.strictObject({
  /** 33 bytes in hex, derived from the vault's public key by the path. */
  publicKey: z.string().regex(/^0[23][0-9a-f]{64}$/),
  path: signingPart.shape.path,
});

export const bitcoinContext = z.strictObject({
  chain: z.enum([BITCOIN_MAINNET, BITCOIN_REGTEST]),
  /** How outputs of the account are locked: it follows from the suite of the vault's key. */
  kind: z.enum(['p2tr', 'p2wpkh']),
  /** What others pay to. */
  receive: branch,
  /** Where the rest of an own payment goes. */
  change: branch,
});
export type BitcoinContext = z.infer<typeof bitcoinContext>;

/**
 * An owner's account within a vault.
 * @param of.vaultKey the vault's public key, 33 bytes, compressed.
 * @param of.owner a client's number, or null for the custodian itself.
 * @throws when the key is no point of secp256k1 or the owner no client's number: a broken invariant.
 */
export function accountContext(of: {
  chain: BitcoinContext['chain'];
  kind: AccountKind;
  vaultKey: Uint8Array;
  owner: string | null;
}): BitcoinContext {
  const branchAt = (name: AccountBranch): BitcoinContext[AccountBranch] => {
    const path = accountPath(of.owner, name);
    return { publicKey: bytesToHex(deriveKey(of.vaultKey, path).publicKey), path };
  };
  const { chain, kind } = of;
  return { chain, kind, receive: branchAt('receive'), change: branchAt('change') };
}

export type AccountScripts = { receive: Uint8Array; change: Uint8Array };

/** @throws when a key is no point of secp256k1: a broken invariant. */
export const accountScripts = ({ kind, receive, change }: BitcoinContext): AccountScripts => ({
  receive: accountScript(hexToBytes(receive.publicKey), kind),
  change: accountScript(hexToBytes(change.publicKey), kind),
});
