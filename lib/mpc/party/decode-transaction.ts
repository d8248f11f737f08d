/**
 * The party's own reading of a transaction; one decoder per family of chains. What the bytes don't say
 * of an account the party derives itself, from the key it holds a share of.
 */
import { bitcoinKind } from '#lib/chains/account-address.ts';
import { accountContext, bitcoinContext } from '#lib/chains/bitcoin/context.ts';
import { decode as decodeBitcoin } from '#lib/chains/bitcoin/decode.ts';
import { DecodeError, type Decoded } from '#lib/chains/decoded.ts';
import { deriveKey } from '#lib/chains/derive-key.ts';
import { ethereumChains, tokensOf } from '#lib/chains/ethereum/chain.ts';
import { decode as decodeEthereum } from '#lib/chains/ethereum/decode.ts';
import { decode as decodeSolana } from '#lib/chains/solana/decode.ts';
import { accountPath } from '#lib/protocol/account-path.ts';
import { publicKeyOf } from '../frost/group.ts';
import type { Refusal } from '../refusals.ts';
import { fromHex, toHex } from '../wire/encoding.ts';
import type { KeyRecord } from './store/keys.ts';

/** Whose account in which vault, as the intent names both. */
export type AccountInVault = {
  /** The vault's key in force at this party; null where it has none on the chain. */
  record: KeyRecord | null;
  /** A client, or null for the custodian. */
  owner: string | null;
};

type Reading = { ok: true; transaction: Decoded } | { ok: false; refusal: Refusal };

/** @returns null where the party can't know the account, for want of the vault's key. */
type Decode = (unsigned: Uint8Array, chain: string, of: AccountInVault) => Decoded | null;

const readBitcoin: Decode = (unsigned, chain, { record, owner }) => {
  const kind = record && bitcoinKind(record.suite);
  if (!record || !kind) return null;
  const known = bitcoinContext.shape.chain.safeParse(chain);
  if (!known.success) throw new DecodeError('transaction-undecodable', 'not-a-bitcoin-chain');
  const vaultKey = fromHex(publicKeyOf(record.group));
  return decodeBitcoin(unsigned, accountContext({ chain: known.data, kind, vaultKey, owner }));
};

const readEthereum: Decode = (unsigned, chain, { record, owner }) => {
  if (record?.suite !== 'DKLS23-secp256k1-SHA256-v1') return null;
  const facts = ethereumChains.find((one) => one.chain === chain);
  if (!facts) throw new DecodeError('transaction-undecodable', 'not-an-ethereum-chain');
  const path = accountPath(owner, 'receive');
  const { publicKey } = deriveKey(fromHex(publicKeyOf(record.group)), path);
  const account = { publicKey: toHex(publicKey), path };
  return decodeEthereum(unsigned, { chain, account, tokens: tokensOf(facts) });
};

/** By CAIP-2 namespace. */
const decoders: Readonly<Record<string, Decode>> = {
  solana: (unsigned, chain) => decodeSolana(unsigned, { chain }),
  bip122: readBitcoin,
  eip155: readEthereum,
};

export function decodeTransaction(
  chain: string,
  unsigned: Uint8Array,
  of: AccountInVault,
): Reading {
  const [namespace = ''] = chain.split(':');
  const read = Object.hasOwn(decoders, namespace) ? decoders[namespace] : undefined;
  if (!read) return { ok: false, refusal: 'transaction-undecodable' };
  try {
    const transaction = read(unsigned, chain, of);
    return transaction ? { ok: true, transaction } : { ok: false, refusal: 'vault-unknown' };
  } catch (error) {
    if (error instanceof DecodeError) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
