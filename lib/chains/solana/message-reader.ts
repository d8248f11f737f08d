/** Reads legacy Solana messages byte by byte. Decoding only: nothing here is shared with building. */

export type RawInstruction = { program: number; accounts: number[]; data: Uint8Array };

export type RawMessage = {
  signers: number;
  readonlySigners: number;
  readonlyOthers: number;
  keys: Uint8Array[];
  anchor: Uint8Array;
  instructions: RawInstruction[];
};

/** Largest message that fits a packet beside one signature. */
export const MESSAGE_BYTES_MAX = 1232 - 1 - 64;

/** Why bytes are no legacy message. */
export class MessageFault extends Error {
  override name = 'MessageFault';
}

class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(count: number): Uint8Array {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new MessageFault('ends-too-early');
    const part = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return part;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new MessageFault('ends-too-early');
    this.#at += 1;
    return value;
  }

  /** Compact-u16: seven bits a byte, least significant first, and only the shortest spelling. */
  count(): number {
    let value = 0;
    for (let place = 0; place < 3; place += 1) {
      const next = this.byte();
      value |= (next & 0x7f) << (7 * place);
      if (next >= 0x80) continue;
      if (next === 0 && place > 0) throw new MessageFault('count-not-canonical');
      if (value > 0xffff) throw new MessageFault('count-too-large');
      return value;
    }
    throw new MessageFault('count-too-large');
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new MessageFault('trailing-bytes');
  }
}

/** @throws MessageFault on anything but one whole legacy message in its only spelling. */
export function readMessage(bytes: Uint8Array): RawMessage {
  if (bytes.length > MESSAGE_BYTES_MAX) throw new MessageFault('too-large');
  const cursor = new Cursor(bytes);
  const signers = cursor.byte();
  if (signers >= 0x80) throw new MessageFault('versioned-message');
  const readonlySigners = cursor.byte();
  const readonlyOthers = cursor.byte();

  const keys: Uint8Array[] = [];
  for (let left = cursor.count(); left > 0; left -= 1) keys.push(cursor.take(32));
  const anchor = cursor.take(32);

  const instructions: RawInstruction[] = [];
  for (let left = cursor.count(); left > 0; left -= 1) {
    const program = cursor.byte();
    const accounts = [...cursor.take(cursor.count())];
    const data = cursor.take(cursor.count());
    instructions.push({ program, accounts, data });
  }
  cursor.end();
  return { signers, readonlySigners, readonlyOthers, keys, anchor, instructions };
}
