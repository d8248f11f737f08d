/**
 * Checks the signatures by which the keys of vaults answer for a snapshot. Each text is made anew from
 * its intent, so a signature over anything else counts for nothing.
 */
import { hexToBytes } from '@noble/hashes/utils.js';
import { accountAddress } from '#lib/chains/account-address.ts';
import { controlToSign, isControlProven } from '#lib/chains/control-proof.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import {
  reservesPublication,
  type ControlProof,
  type ReservesPublication,
  type ReservesSnapshot,
  type VaultPublicKey,
} from '#lib/protocol/reserves.ts';

export const controlRefusals = {
  'publication-malformed': 'The file is not in the form of a snapshot with its signatures.',
  'control-twice': 'Two signatures are given for one vault.',
  'control-of-another-snapshot': 'A signature names another snapshot.',
  'control-of-another-house': 'A signature was made for another organisation or environment.',
  'control-of-no-reserve': 'A signature is for an address that the snapshot does not list.',
  'control-of-another-block': 'A signature names a block that the snapshot does not.',
  'control-unsignable': 'A signature is for an address on a chain for which no text is known.',
  'vault-key-of-another':
    'A public key is listed from which the address of its vault does not follow.',
  'control-signature-invalid':
    'A signature does not verify under the key of its address: whoever made it does not hold that key.',
} as const;
export type ControlRefusal = keyof typeof controlRefusals;

export type ControlsAnswer =
  | {
      ok: true;
      digest: string;
      /** Vaults whose key signed, and those of which no signature is there. */
      proved: string[];
      unproved: string[];
    }
  | { ok: false; refusal: ControlRefusal; vault: string | null };

function findControlFault(
  { intent, signature }: ControlProof,
  snapshot: ReservesSnapshot,
): ControlRefusal | null {
  const { organisation, environment } = snapshot;
  if (intent.organisation !== organisation || intent.environment !== environment)
    return 'control-of-another-house';
  const { snapshotDigest, block } = intent.challenge;
  if (snapshotDigest !== digestOf(snapshot)) return 'control-of-another-snapshot';
  const isListed = snapshot.reserves.some(
    ({ vault, chain, address }) =>
      vault === intent.vault && chain === intent.chain && address === intent.address,
  );
  if (!isListed) return 'control-of-no-reserve';
  const isAnchored = snapshot.blocks.some(
    ({ chain, height, hash }) =>
      chain === intent.chain && height === block.height && hash === block.hash,
  );
  if (!isAnchored) return 'control-of-another-block';
  if (!controlToSign(intent)) return 'control-unsignable';
  return isControlProven(intent, signature) ? null : 'control-signature-invalid';
}

/**
 * Whether the vault's address is the custodian's own account under the key. It binds the key: another one with
 * the same address would be a second preimage of a hash.
 */
function isKeyOf({ vault, suite, publicKey }: VaultPublicKey, snapshot: ReservesSnapshot): boolean {
  const reserves = snapshot.reserves.filter((entry) => entry.vault === vault);
  try {
    return (
      reserves.length > 0 &&
      reserves.every(({ chain, address }) => {
        const own = { chain, suite, publicKey: hexToBytes(publicKey), owner: null };
        return accountAddress(own) === address;
      })
    );
  } catch {
    // Thrown for bytes that are no point of the curve.
    return false;
  }
}

/** Each signature of a publication that has its form, and each key that is listed. */
export function checkControls({
  snapshot,
  controls,
  keys = [],
}: ReservesPublication): ControlsAnswer {
  const proved = controls.map(({ intent }) => intent.vault);
  const twice = proved.find((vault, at) => proved.indexOf(vault) !== at);
  if (twice !== undefined) return { ok: false, refusal: 'control-twice', vault: twice };
  for (const control of controls) {
    const refusal = findControlFault(control, snapshot);
    if (refusal) return { ok: false, refusal, vault: control.intent.vault };
  }
  const foreign = keys.find((key) => !isKeyOf(key, snapshot));
  if (foreign) return { ok: false, refusal: 'vault-key-of-another', vault: foreign.vault };
  const vaults = [...new Set(snapshot.reserves.map(({ vault }) => vault))];
  const unproved = vaults.filter((vault) => !proved.includes(vault));
  return { ok: true, digest: digestOf(snapshot), proved, unproved };
}

/** @param candidate a publication as parsed JSON; it may be anything. Never throws on it. */
export function verifyControls(candidate: unknown): ControlsAnswer {
  const publication = reservesPublication.safeParse(candidate);
  return publication.success
    ? checkControls(publication.data)
    : { ok: false, refusal: 'publication-malformed', vault: null };
}
