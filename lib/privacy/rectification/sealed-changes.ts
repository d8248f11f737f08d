/** Changes that wait for a second person: sealed under the key of the person, so that they go with it. */
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import type { Values } from '#lib/persons/write-person.ts';
import { changesText, readChangesText } from './changes.ts';

type Place = { id: string; personId: string };

const contextOf = ({ id, personId }: Place): string => `person-correction/${personId}/${id}`;

/** @throws DataKeysError where the key service can't be reached; nothing is kept in clear then. */
export async function sealChanges(
  key: string,
  place: Place,
  values: Values,
): Promise<Uint8Array<ArrayBuffer>> {
  const plain = new TextEncoder().encode(changesText(values));
  const [sealed] = await dataKeys().seal([{ key, context: contextOf(place), plain }]);
  if (!sealed) throw new Error('the key service sealed nothing');
  return sealed;
}

/** @returns null where the key is gone. */
export async function openChanges(place: Place, sealed: Uint8Array): Promise<Values | null> {
  const [opened] = await dataKeys().open([{ context: contextOf(place), sealed }]);
  return opened?.state === 'open'
    ? readChangesText(new TextDecoder('utf-8', { fatal: true }).decode(opened.plain))
    : null;
}
