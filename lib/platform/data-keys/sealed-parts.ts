/** Seals and opens values of any length: the service takes a mebibyte at once, so longer ones go in parts. */
import type { KeyId, ToOpen, ToSeal } from './data-keys.ts';
import { openEach } from './open-each.ts';
import { dataKeys } from './our-keys.ts';

/** Bytes of a part in the clear; each but the last has as many. */
export const PART_BYTES = 1_000_000;
/** What sealing adds to a part: form, key id, nonce and tag. */
const OVERHEAD_BYTES = 45;
/** Bytes of a part as it is kept; the list of sealed columns cuts by it in the database. */
export const SEALED_PART_BYTES = PART_BYTES + OVERHEAD_BYTES;
/** Well below what the service takes in one go, since bytes travel as base64. */
const BATCH_BYTES = 8_000_000;
const BATCH_ITEMS = 5_000;

/** What a part is and where it stands, by its place among the parts, from 1 on. */
export type ContextOf = (part: number) => string;
export type WholeToSeal = { key: KeyId; contextOf: ContextOf; plain: Uint8Array };
export type PartsToOpen = { contextOf: ContextOf; parts: readonly Uint8Array[] };

/**
 * Seals each value in parts, in order.
 * @throws DataKeysError where the key service can't be reached or a key is gone; nothing is kept in clear then.
 */
export async function sealWholes(
  wholes: readonly WholeToSeal[],
): Promise<Uint8Array<ArrayBuffer>[][]> {
  const items: (ToSeal & { whole: number })[] = wholes.flatMap(({ key, contextOf, plain }, whole) =>
    cut(plain, PART_BYTES).map((part, index) => ({
      whole,
      key,
      context: contextOf(index + 1),
      plain: part,
    })),
  );
  const sealed: Uint8Array<ArrayBuffer>[][] = wholes.map(() => []);
  for (const batch of batches(items, ({ plain }) => plain.length)) {
    const done = await dataKeys().seal(
      batch.map(({ key, context, plain }) => ({ key, context, plain })),
    );
    for (const [index, { whole }] of batch.entries()) {
      const bytes = done[index];
      if (!bytes) throw new Error('The key service sealed less than it was given.');
      sealed[whole]?.push(bytes);
    }
  }
  return sealed;
}

/**
 * Opens values, in order; null for one whose key was destroyed.
 * @throws DataKeysError where the key service can't be reached, or what is stored was changed.
 */
export async function openWholes(
  wholes: readonly PartsToOpen[],
): Promise<(Uint8Array<ArrayBuffer> | null)[]> {
  const items: (ToOpen & { whole: number })[] = wholes.flatMap(({ contextOf, parts }, whole) =>
    parts.map((sealed, index) => ({ whole, context: contextOf(index + 1), sealed })),
  );
  const plain: (Uint8Array[] | null)[] = wholes.map(() => []);
  for (const batch of batches(items, ({ sealed }) => sealed.length)) {
    const done = await dataKeys().open(batch.map(({ context, sealed }) => ({ context, sealed })));
    for (const [index, { whole }] of batch.entries()) {
      const one = done[index];
      if (!one) throw new Error('The key service opened less than it was given.');
      if (one.state === 'open') plain[whole]?.push(one.plain);
      else plain[whole] = null;
    }
  }
  return plain.map((parts) => parts && new Uint8Array(Buffer.concat(parts)));
}

/** What became of a value where some may be made up or damaged. */
export type WholeOpened =
  | { state: 'open'; plain: Uint8Array<ArrayBuffer> }
  /** Its key was destroyed. */
  | { state: 'shredded' }
  | { state: 'broken' };

/**
 * The same where one that does not open keeps none of the others.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function openEachWhole(wholes: readonly PartsToOpen[]): Promise<WholeOpened[]> {
  const items = wholes.flatMap(({ contextOf, parts }) =>
    parts.map((sealed, index) => ({ context: contextOf(index + 1), sealed })),
  );
  const opened = await openEach(dataKeys(), items);
  let next = 0;
  return wholes.map(({ parts }) => {
    const own = opened.slice(next, next + parts.length);
    next += parts.length;
    if (own.length < parts.length || own.some(({ state }) => state === 'broken'))
      return { state: 'broken' };
    const plain = own.flatMap((one) => (one.state === 'open' ? [one.plain] : []));
    return plain.length < parts.length
      ? { state: 'shredded' }
      : { state: 'open', plain: new Uint8Array(Buffer.concat(plain)) };
  });
}

/** Parts one after another, as one column keeps them. */
export const joinParts = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts));

/** The parts of what `joinParts` made. */
export const splitParts = (sealed: Uint8Array): Uint8Array[] => cut(sealed, SEALED_PART_BYTES);

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += size)
    parts.push(bytes.subarray(at, at + size));
  return parts;
}

/** Items in batches that the service takes in one go, in order. */
export function* batches<T>(items: readonly T[], sizeOf: (item: T) => number): Generator<T[]> {
  let batch: T[] = [];
  let size = 0;
  for (const item of items) {
    const more = sizeOf(item);
    if (batch.length > 0 && (size + more > BATCH_BYTES || batch.length >= BATCH_ITEMS)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(item);
    size += more;
  }
  if (batch.length > 0) yield batch;
}
