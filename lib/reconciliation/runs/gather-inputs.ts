/** Puts the inputs of one run together: the outside first, then a close of the books that covers it. */
import { setTimeout as pause } from 'node:timers/promises';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import { closeBooks, type Close } from '#lib/ledger/close-books.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { RunInputs } from '../matching/inputs.ts';
import { sumOf, type Item, type Side } from '../matching/item.ts';
import { rulesOf } from '../matching/rules.ts';
import type { Place } from '../place.ts';
import type { OutsideSource, SourceRefusal } from '../sources/outside-source.ts';
import { readLedger } from '../sources/read-ledger.ts';
import { readLiabilities } from '../sources/read-liabilities.ts';
import type { Carry } from './carry.ts';
import { sidesOfUnknown } from './gather-unknown.ts';

export type GatherRefusal =
  | SourceRefusal
  | 'books-busy'
  /** What the run was to go on from is no longer there. */
  | 'mark-gone';

export type Gathered = {
  inputs: RunInputs;
  /** Lines that the outside could not have seen yet. */
  later: Item[];
  lastJournal: string;
  mark: string | null;
};

const closeTries = 40;
const closeAgainMs = 100;

async function close(context: Pick<Context, 'db'>): Promise<Result<Close, 'books-busy'>> {
  for (let left = closeTries; left > 0; left -= 1) {
    const made = await closeBooks(context.db);
    if (made) return ok(made);
    await pause(closeAgainMs);
  }
  return refuse('books-busy', 'The books could not be closed for the run. Run it again.');
}

const frame = { type: 'countersign/reconciliation-inputs/v1' } as const;

/** The two sides of what is owed: both by the books, at one close. */
export async function gatherLiabilities(
  place: Place,
  context: Pick<Context, 'db' | 'clock'>,
): Promise<Result<Gathered, GatherRefusal>> {
  const closed = await close(context);
  if (!closed.ok) return closed;
  const { lastJournal } = closed.value;
  const { owed, there } = await readLiabilities(context.db, place.asset, lastJournal);
  const at = context.clock().toISOString();
  const inputs = { ...frame, ...place, at, graceSeconds: 0, rules: rulesOf(place.kind) };
  return ok({
    inputs: { ...inputs, ledger: owed, outside: there },
    later: [],
    lastJournal: lastJournal.toString(),
    mark: null,
  });
}

export async function gatherOutside(
  place: Place,
  source: OutsideSource,
  carry: Carry,
  context: Pick<Context, 'db' | 'clock'>,
): Promise<Result<Gathered, GatherRefusal>> {
  const reading = await source.read(place, {
    mark: carry.mark,
    balance: BigInt(carry.outsideBalance),
    open: carry.outside,
  });
  if (!reading.ok) return reading;
  // It stood before; lost since, the reading began at a height where another block is now, and its own mark would stand.
  const stands = carry.mark === null ? ok(true) : await source.stands?.(place, carry.mark);
  if (stands && !stands.ok) return stands;
  if (stands?.value === false)
    return refuse('mark-gone', 'The chain was reorganised while it was read. Run it again.');
  // Whatever the outside showed and the books had by then is in a close that comes after.
  const closed = await close(context);
  if (!closed.ok) return closed;
  const { lastJournal } = closed.value;
  if (isUnknownAsset(place.asset)) {
    const sides = await sidesOfUnknown(context.db, place, reading.value, closed.value);
    const at = context.clock().toISOString();
    return ok({
      inputs: { ...frame, ...place, at, graceSeconds: 0, rules: [], ...sides },
      later: [],
      lastJournal: lastJournal.toString(),
      mark: null,
    });
  }
  const range = { since: BigInt(carry.lastJournal), last: lastJournal };
  const books = await readLedger(context.db, place, source, range);
  if (!books.ok) return books;
  const { position } = reading.value;
  const all = [...carry.ledger, ...books.value.items];
  const isLater = (item: Item): boolean =>
    item.position !== null && source.isAfter(item.position, position);
  const later = all.filter(isLater);
  const ledger: Side = {
    source: 'ledger',
    position: lastJournal.toString(),
    balance: (books.value.balance - sumOf(later)).toString(),
    items: all.filter((item) => !isLater(item)),
    parts: [],
  };
  const outside: Side = {
    source: reading.value.source,
    position,
    balance: reading.value.balance.toString(),
    items: reading.value.items,
    parts: [],
  };
  const at = context.clock().toISOString();
  const { graceSeconds } = source;
  return ok({
    inputs: { ...frame, ...place, at, graceSeconds, rules: rulesOf(place.kind), ledger, outside },
    later,
    lastJournal: lastJournal.toString(),
    mark: reading.value.mark,
  });
}
