/**
 * What of an account the bytes don't say. A party makes it from the key that it holds a share of and the
 * account's path; nobody sends it one.
 */
import { hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { signingPart } from '../decoded.ts';
import { accountScript } from './address.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './networks.ts';

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

export type AccountScripts = { receive: Uint8Array; change: Uint8Array };

/** @throws when a key is no point of secp256k1: a broken invariant. */
export const accountScripts = ({ kind, receive, change }: BitcoinContext): AccountScripts => ({
  receive: accountScript(hexToBytes(receive.publicKey), kind),
  change: accountScript(hexToBytes(change.publicKey), kind),
});
