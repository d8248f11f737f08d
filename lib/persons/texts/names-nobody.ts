/** What stays where nobody can take it back names no person: memos on a chain, and names that people give to things. */
import type { Database } from '#lib/platform/db/client.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { keysRefusal, type KeysRefusal } from '../keys-refusal.ts';
import { peopleIn } from './people-in.ts';

/**
 * Whether a short text names somebody whom the vault knows, by name, address or number. A first name alone is not seen.
 * @param stays what the text is and why it can't be erased, as a whole sentence.
 * @returns the refusal, also where the keys that names are compared with can't be reached; null where it names nobody.
 */
export async function refuseNames(
  db: Database,
  text: string,
  stays: string,
): Promise<Refused<'names-somebody' | KeysRefusal> | null> {
  if (text.trim() === '') return null;
  return keysRefusal(async () => {
    const [people = []] = await peopleIn(db, [text]);
    return people.length === 0
      ? null
      : refuse(
          'names-somebody',
          `${stays} It names somebody we know: leave names, addresses and numbers of people out.`,
        );
  });
}
