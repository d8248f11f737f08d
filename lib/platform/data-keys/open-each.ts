/**
 * Opens values of which some may be made up or damaged. The service opens all of a batch or says what is wrong with one of
 * them; whoever looks through everything there is must go past that one.
 */
import { DataKeysError, type DataKeys, type Opened, type ToOpen } from './data-keys.ts';

/** `broken`: it is no value that was sealed for this place, although its key may be there. */
export type OpenedEach = Opened | { state: 'broken' };

/** Nothing longer was ever sealed in one piece; a longer one would only end the connection to the service. */
const BYTES_MAX = 1024 * 1024 + 100;
/** What is asked in one go, with room for how it is written on the way. */
const BATCH_BYTES = 6 * 1024 * 1024;
const BATCH_ITEMS = 5_000;

/**
 * Opens values, in order.
 * @throws DataKeysError where the key service can't be reached, or this process may not ask: nothing is said of any then.
 */
export async function openEach(
  keys: Pick<DataKeys, 'open'>,
  items: readonly ToOpen[],
): Promise<OpenedEach[]> {
  const done: OpenedEach[] = [];
  let batch: ToOpen[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) done.push(...(await openSome(keys, batch)));
    batch = [];
    bytes = 0;
  };
  for (const item of items) {
    const { length } = item.sealed;
    if (length > BYTES_MAX || bytes + length > BATCH_BYTES || batch.length >= BATCH_ITEMS)
      await flush();
    if (length > BYTES_MAX) {
      done.push({ state: 'broken' });
      continue;
    }
    batch.push(item);
    bytes += length;
  }
  await flush();
  return done;
}

/** Halves what fails until it is one that does. */
async function openSome(
  keys: Pick<DataKeys, 'open'>,
  items: readonly ToOpen[],
): Promise<OpenedEach[]> {
  try {
    return await keys.open(items);
  } catch (error) {
    if (!isOfValue(error)) throw error;
    if (items.length <= 1) return items.map(() => ({ state: 'broken' }));
    const half = Math.ceil(items.length / 2);
    const first = await openSome(keys, items.slice(0, half));
    return [...first, ...(await openSome(keys, items.slice(half)))];
  }
}

/** Whether what was asked for is at fault, and not the way to the service. */
const isOfValue = (error: unknown): boolean =>
  error instanceof DataKeysError && (error.fault === 'seal-broken' || error.fault === 'too-much');
