/**
 * What a vault's key signs to show that it can, as people read it: the same words on every chain, each
 * in the envelope that its chain has for texts.
 */
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import { isPooled } from './account-address.ts';

/** Said where every owner has addresses of their own: the key that signs answers for all of them (decision 24). */
const OWN_ADDRESS =
  "It is the custodian's own; those of all owners in the vault are derived from the same key.";

/** One line of printable ASCII: every field of it has a strict format without spaces. */
export function controlText(intent: ProofOfControlIntent): string {
  const { block, snapshotDigest } = intent.challenge;
  return [
    'Countersign proof of control. This is no transaction and moves nothing.',
    `Organisation: ${intent.organisation} (${intent.environment}).`,
    `Vault: ${intent.vault}, key: ${intent.key}.`,
    `Address: ${intent.address} on ${intent.chain}.`,
    ...(isPooled(intent.chain) ? [] : [OWN_ADDRESS]),
    `Snapshot: ${snapshotDigest}.`,
    `Not before block ${block.height}, ${block.hash}.`,
    `Operation: ${intent.operation}, intent: ${intentDigest(intent)}.`,
  ].join(' ');
}
