/** Parties of the sample whose identity keys can sign, and what they say of a vault. */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { OwnVault } from '../policy.ts';
import type { Roster } from '../roster.ts';
import { receiptBytes } from '../vault-proof.ts';
import type { SignedVaultReceipt, VaultReceipt } from '../vault-receipt.ts';
import { roster } from './sample.ts';

/** PKCS#8 of RFC 8410 without the 32 secret bytes. */
const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same for a name in each run. */
const identityOf = (party: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([PREFIX, createHash('sha256').update(`identity of ${party}`).digest()]),
    format: 'der',
    type: 'pkcs8',
  });

const publicHex = (party: string): string =>
  Buffer.from(
    createPublicKey(identityOf(party)).export({ format: 'jwk' }).x ?? '',
    'base64url',
  ).toString('hex');

/** The sample roster with identity keys for which {@link signReceipt} signs. */
export const rosterThatSigns: Roster = {
  ...roster,
  parties: roster.parties.map((party) => ({ ...party, identityKey: publicHex(party.name) })),
};

/** What every holder says of the vault; anything can be changed. */
export const receiptOf = (
  { vault, chain, address }: OwnVault,
  changes: Partial<VaultReceipt> = {},
): VaultReceipt => ({
  type: 'countersign/vault-receipt/v1',
  organisation: roster.organisation,
  environment: roster.environment,
  vault,
  tier: 'cold',
  chain,
  address,
  key: `key-${vault}`,
  suite: 'FROST-ED25519-SHA512-v1',
  threshold: 2,
  holders: roster.parties.map(({ name }) => name),
  ...changes,
});

/** Signed by one party, whichever it is said to be of. */
export const signReceipt = (
  receipt: VaultReceipt,
  by: string,
  party: string = by,
): SignedVaultReceipt => ({
  receipt,
  party,
  signature: sign(null, receiptBytes(receipt), identityOf(by)).toString('hex'),
});

/** The same said by several. */
export const receiptsOf = (
  named: OwnVault,
  parties: readonly string[],
  changes: Partial<VaultReceipt> = {},
): SignedVaultReceipt[] => parties.map((party) => signReceipt(receiptOf(named, changes), party));
