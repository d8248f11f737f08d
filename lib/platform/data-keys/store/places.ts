/**
 * Copies that were whole once. Where such a copy is empty its disk is away, and what is destroyed meanwhile is still on
 * it: so a new one is not simply begun in its place, which would look as if everything were destroyed everywhere.
 */
import { join } from 'node:path';
import { readIfThere, writeWhole, type Durability } from './durable-files.ts';

export const PLACES_NAME = 'places';

/** @param keys the folder of keys. */
export async function readPlaces(keys: string): Promise<Set<string>> {
  const bytes = await readIfThere(join(keys, PLACES_NAME));
  return new Set(bytes?.toString('utf8').split('\n').filter(Boolean) ?? []);
}

export const writePlaces = (
  keys: string,
  places: ReadonlySet<string>,
  durability: Durability,
): Promise<void> =>
  writeWhole(join(keys, PLACES_NAME), Buffer.from([...places].join('\n'), 'utf8'), durability);
