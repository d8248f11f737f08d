import { DataKeysError } from '#lib/platform/data-keys/data-keys.ts';
import { NamesErasedError } from './texts/names-erased.ts';
import { TextUnopenedError } from './texts/must-be-text.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';

export type KeysRefusal = 'keys-away' | 'keys-held-back' | 'names-erased' | 'text-unopened';

/**
 * Runs what needs people's keys; where they can't be reached, or a text that was to be kept names somebody whose data
 * were erased since, nothing was read or written, which people are told. What was changed in the store is no refusal: it
 * throws on.
 */
export async function keysRefusal<T>(work: () => Promise<T>): Promise<T | Refused<KeysRefusal>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DataKeysError && error.fault === 'unavailable')
      return refuse(
        'keys-away',
        'The service that keeps the keys of people’s data does not answer, so nothing was read or written. Try again in a minute.',
      );
    if (error instanceof DataKeysError && error.fault === 'too-many-made')
      return refuse(
        'keys-held-back',
        'More was written within an hour than the service that keeps the keys of people’s data takes, so nothing was written. Try again in an hour, and tell whoever runs this installation.',
      );
    if (error instanceof NamesErasedError)
      return refuse(
        'names-erased',
        'What you wrote names somebody whose data were erased meanwhile, so nothing was written. Write it anew without them.',
      );
    if (error instanceof TextUnopenedError)
      return refuse(
        'text-unopened',
        'A text that belongs to this does not open, so nothing was written. It is on record, and an incident says so. Write that text anew where you can, or ask whoever runs this installation.',
      );
    throw error;
  }
}
