/**
 * What other parties adopted and this one has not yet: it misses versions before it, or a second
 * party's word, or refuses. Memory only; after a restart it is read again.
 */
import type { PeerDecree } from '../wire/peer-decrees.ts';
import type { AdoptionReceipt } from '../wire/receipt.ts';

/** How much of one peer is kept, so that none can fill the memory of another. */
const KEPT_MAX = 200;
const KEPT_BYTES = 32 * 1024 * 1024;

export type Entry = Omit<PeerDecree, 'seq' | 'receipt'> & {
  /** Who brought it; the first one's room it takes. */
  bringers: Set<string>;
  /** Each other party's word that it adopted this. */
  receipts: Map<string, AdoptionReceipt>;
  bytes: number;
  /** When it arrived, in milliseconds. */
  since: number;
  /** How often it was tried, when last, and what was known then; null before the first try. */
  tried: { times: number; at: number; words: number; newest: number } | null;
};

/** By what makes two decrees the same; the oldest first. */
export type Inbox = Map<string, Entry>;

const idOf = ({ kind, operation, intentDigest, attempt }: PeerDecree): string =>
  `${kind} ${operation} ${intentDigest} ${attempt}`;

/**
 * Takes a decree in, or adds one more party's word to it.
 * @param receipt verified: that of the party that brings it.
 * @returns how many older ones of this peer had to make room.
 */
export function receive(
  inbox: Inbox,
  from: string,
  { seq: _seq, receipt, ...decree }: PeerDecree,
  now: number,
): number {
  const id = idOf({ seq: _seq, receipt, ...decree });
  const known = inbox.get(id);
  if (known) {
    known.bringers.add(from);
    if (receipt) known.receipts.set(from, receipt);
    return 0;
  }
  inbox.set(id, {
    ...decree,
    bringers: new Set([from]),
    receipts: new Map(receipt ? [[from, receipt]] : []),
    bytes: JSON.stringify(decree.document).length,
    since: now,
    tried: null,
  });
  return makeRoom(inbox, from);
}

function makeRoom(inbox: Inbox, from: string): number {
  const own = [...inbox].filter(
    ([
      ,
      {
        bringers: [first],
      },
    ]) => first === from,
  );
  let bytes = own.reduce((sum, [, entry]) => sum + entry.bytes, 0);
  let dropped = 0;
  while (own.length - dropped > KEPT_MAX || (bytes > KEPT_BYTES && own.length - dropped > 1)) {
    const oldest = own[dropped];
    if (!oldest) break;
    inbox.delete(oldest[0]);
    bytes -= oldest[1].bytes;
    dropped += 1;
  }
  return dropped;
}
