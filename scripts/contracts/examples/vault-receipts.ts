import { coldVault } from '#lib/protocol/testing/every-kind.ts';
import { VAULT_ADDRESS } from '#lib/protocol/testing/sample.ts';
import { receiptsOf, signReceipt, receiptOf } from '#lib/protocol/testing/vault-receipts.ts';
import type { SignedVaultReceipt } from '#lib/protocol/vault-receipt.ts';
import type { Examples } from './example.ts';

const cold = { vault: coldVault.id, chain: coldVault.chain, address: coldVault.address };
const warm = { vault: 'warm-1', chain: 'solana:sandbox', address: VAULT_ADDRESS };
const [control, custody, recovery] = receiptsOf(cold, ['control', 'custody', 'recovery']);
if (!control || !custody || !recovery) throw new Error('three parties hold the key');

/** The first three vouch for one vault together. Their keys are those of `rosterThatSigns`. */
export const vaultReceipts = {
  'cold-by-control': control,
  'cold-by-custody': custody,
  'cold-by-recovery': recovery,
  'warm-by-control': signReceipt(receiptOf(warm, { tier: 'warm' }), 'control'),
  'all-sign-together': signReceipt(receiptOf(warm, { tier: 'warm', threshold: 3 }), 'custody'),
} as const satisfies Examples<SignedVaultReceipt>;
