/**
 * Blockhashes of the sandbox: one a slot, each a hash of a secret seed and the slot, so that none
 * ever comes twice (nonce values are made from them) and a restart needs to remember none.
 */
import { createHash } from 'node:crypto';
import { base58 } from '@scure/base';

/** A transaction may name a blockhash this many slots old, as on a real cluster. */
export const BLOCKHASH_AGE_MAX = 150;

export type Blockhashes = {
  genesisHash: string;
  at(slot: number): string;
  /** The slot of a blockhash that is still young enough at `now`; null when it is not. */
  slotOf(blockhash: string, now: number): number | null;
};

export function makeBlockhashes(seed: Uint8Array): Blockhashes {
  const recent = new Map<string, number>();
  const known = new Map<number, string>();

  const at = (slot: number): string => {
    const cached = known.get(slot);
    if (cached !== undefined) return cached;
    return base58.encode(createHash('sha256').update(seed).update(`slot ${slot}`).digest());
  };
  const remember = (slot: number): void => {
    if (known.has(slot)) return;
    const hash = at(slot);
    known.set(slot, hash);
    recent.set(hash, slot);
  };
  const forgetBefore = (oldest: number): void => {
    // Slots are remembered in ascending order, so the stale ones come first.
    for (const [slot, hash] of known) {
      if (slot >= oldest) return;
      known.delete(slot);
      recent.delete(hash);
    }
  };

  return {
    genesisHash: base58.encode(createHash('sha256').update(seed).update('genesis').digest()),
    at,
    slotOf(blockhash, now) {
      const oldest = Math.max(0, now - BLOCKHASH_AGE_MAX);
      forgetBefore(oldest);
      for (let slot = oldest; slot <= now; slot += 1) remember(slot);
      return recent.get(blockhash) ?? null;
    },
  };
}

/** The value a nonce account takes when it advances at this blockhash, as on a real cluster. */
export function nonceValueAt(blockhash: string): Uint8Array {
  return createHash('sha256').update('DURABLE_NONCE').update(base58.decode(blockhash)).digest();
}
