import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

/**
 * Runs what needs people's keys; where they can't be reached nothing was read or written, which people are told. What
 * was changed in the store is no refusal: it throws on.
 */
export async function keysRefusal<T>(work: () => Promise<T>): Promise<T | Refused<'keys-away'>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DataKeysError && error.fault === 'unavailable')
      return refuse(
        'keys-away',
        'The service that keeps the keys of people’s data does not answer, so nothing was read or written. Try again in a minute.',
      );
    throw error;
  }
}
