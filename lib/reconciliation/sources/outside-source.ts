/** Who else says what a place holds. One file per kind of source; a run knows no more than this. */
import type { Result } from '#lib/platform/result.ts';
import type { Item } from '../matching/item.ts';
import type { Place } from '../place.ts';

/** Where the run before this one stopped. */
export type Since = {
  /** Name of the last movement it saw; null for the first run. */
  mark: string | null;
  /** What the outside stood at there, smallest unit. */
  balance: bigint;
  /** Movements of the outside that found no other side until now. */
  open: readonly Item[];
};

export type OutsideReading = {
  /** Such as `solana:mainnet`, or the name of a bank. */
  source: string;
  /** A slot, the height of a block, or the number of a statement. */
  position: string;
  /** Smallest unit, at that position. */
  balance: bigint;
  /** `since.open`, looked at again, and what came after the mark, up to the position. */
  items: Item[];
  /** For the next reading. */
  mark: string | null;
};

export type SourceRefusal =
  | 'source-unreachable'
  /** Two nodes of one chain give different answers. */
  | 'sources-differ'
  /** An address has more coins than a node gives out, so there is no sum. */
  | 'too-many-coins'
  /** A token's contract is not what our data say. */
  | 'token-differs'
  | 'too-many-items'
  | 'nothing-to-read';

/** By what the outside knows a journal of the place. */
export type JournalName = {
  transaction: string | null;
  reference: string | null;
  position: string | null;
};

export type OutsideSource = {
  /** Every place it can speak about, and whether it is looked at each hour rather than each day. */
  places(): Promise<{ place: Place; isHourly: boolean }[]>;
  /** The accounts of the books that this place is kept in. */
  accounts(place: Place): readonly string[];
  /** How long the other side may take, in seconds. */
  graceSeconds: number;
  read(place: Place, since: Since): Promise<Result<OutsideReading, SourceRefusal>>;
  /** Whether what was shown up to a mark still is so; left out where nothing that was shown changes. */
  stands?(place: Place, mark: string): Promise<Result<boolean, SourceRefusal>>;
  /** By journal number; a journal that the outside can't know is left out. */
  namesOf(place: Place, journals: readonly bigint[]): Promise<ReadonlyMap<string, JournalName>>;
  /** Whether a journal at this position came after the cut, so that it is for the next run. */
  isAfter(position: string, cut: string): boolean;
};

/** Movements that one run looks at on one side; more means that runs were left out for very long. */
export const itemsMax = 200_000;
