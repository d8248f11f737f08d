/** What a pair keeps: secret, of one epoch of one key, destroyed at the first failed check. */
import { KEY, TRANSFERS } from '../base-ot/instance.ts';
import { equalBytes, joined, readExactly, wipe } from '../bytes.ts';
import { digestOf } from '../hash.ts';
import { pairBase, type PairSubject } from './subject.ts';

export type PairSecrets = {
  /** Δ: own choice in each transfer, 16 bytes. */
  delta: Uint8Array;
  /** Own keys of these, 128 times 32 bytes. */
  chosenKeys: Uint8Array;
  /** Both keys of each transfer the other way, 128 times 64 bytes. */
  bothKeys: Uint8Array;
  /** What both sides draw the shares of zero from, 32 bytes. */
  zeroSeed: Uint8Array;
};

const VERSION = 1;
const SIZES = {
  delta: TRANSFERS / 8,
  chosenKeys: TRANSFERS * KEY,
  bothKeys: TRANSFERS * 2 * KEY,
  zeroSeed: 32,
} as const;
/** Bytes of a state: version, owner, id, and the secrets. */
export const PAIR_STATE =
  1 + 32 + 32 + SIZES.delta + SIZES.chosenKeys + SIZES.bothKeys + SIZES.zeroSeed;

/** Sessions that a state remembers; older ones are kept apart by the signers' fresh nonces alone. */
export const SESSIONS_REMEMBERED = 65_536;

/** Names the subject and the side of it that the state belongs to. */
const ownerOf = (subject: PairSubject): Uint8Array =>
  digestOf('countersign/dkls/pair-owner/v1', pairBase(subject), subject.self.index);

export class PairState {
  readonly self: number;
  readonly peer: number;
  /** Hash of the set-up's transcript, 32 bytes; equal on both sides and no secret. */
  readonly id: Uint8Array;
  readonly #owner: Uint8Array;
  #secrets: PairSecrets | null;
  readonly #sessions = new Set<string>();

  constructor(subject: PairSubject, id: Uint8Array, secrets: PairSecrets) {
    this.self = subject.self.index;
    this.peer = subject.peer.index;
    this.id = id;
    this.#owner = ownerOf(subject);
    this.#secrets = secrets;
  }

  get isErased(): boolean {
    return this.#secrets === null;
  }

  /** @throws when the state was erased. */
  secrets(): PairSecrets {
    if (!this.#secrets) throw new Error('The state of this pair was erased.');
    return this.#secrets;
  }

  /**
   * Enters a session. One id twice would stretch one key to one stream twice, and two messages
   * under one stream give choices and inputs away.
   * @returns false when the state remembers that session
   */
  claim(session: Uint8Array): boolean {
    const id = Buffer.from(session).toString('hex');
    if (this.#sessions.has(id)) return false;
    const [oldest] = this.#sessions;
    if (this.#sessions.size >= SESSIONS_REMEMBERED && oldest !== undefined)
      this.#sessions.delete(oldest);
    this.#sessions.add(id);
    return true;
  }

  /** For good. The caller destroys the sealed copy. */
  erase(): void {
    if (this.#secrets) wipe(...Object.values(this.#secrets));
    this.#secrets = null;
  }

  /** The one spelling of the state, to be sealed: 12,401 secret bytes. @throws when it was erased. */
  serialise(): Uint8Array {
    const { delta, chosenKeys, bothKeys, zeroSeed } = this.secrets();
    return joined(
      Uint8Array.of(VERSION),
      this.#owner,
      this.id,
      delta,
      chosenKeys,
      bothKeys,
      zeroSeed,
    );
  }
}

/** @returns null unless the bytes are a state of exactly this pair, seen from this side. */
export function parsePair(bytes: Uint8Array, subject: PairSubject): PairState | null {
  const read = readExactly(bytes, PAIR_STATE, (reader) => ({
    version: reader.takeByte(),
    owner: reader.take(32),
    id: reader.take(32),
    secrets: {
      delta: reader.take(SIZES.delta),
      chosenKeys: reader.take(SIZES.chosenKeys),
      bothKeys: reader.take(SIZES.bothKeys),
      zeroSeed: reader.take(SIZES.zeroSeed),
    },
  }));
  if (!read || read.version !== VERSION || !equalBytes(read.owner, ownerOf(subject))) return null;
  return new PairState(subject, read.id, read.secrets);
}
