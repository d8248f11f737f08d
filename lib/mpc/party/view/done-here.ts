import { isAdoptable } from '#lib/protocol/intent.ts';
import { keysOf, type Party } from '../party.ts';
import { decreedAt } from '../store/decrees.ts';
import { tiesOf } from '../store/operations.ts';
import type { Presented } from '../store/presented.ts';
import { utc } from './section.ts';

export type Done = {
  /** For a list. */
  word: string;
  sentence: string;
};

/** What this party did about the operation already, or null. */
export function doneHere(party: Party, shown: Presented): Done | null {
  const { intent } = shown.bundle;
  const { operation, intentDigest } = shown;
  const adopted = isAdoptable(intent)
    ? decreedAt(party.database, intent.kind, operation, intentDigest)
    : null;
  if (adopted !== null)
    return { word: 'carried out', sentence: `Carried out here at ${utc(adopted)}.` };
  if (tiesOf(party.database, operation).some(({ signatures }) => signatures !== null))
    return { word: 'signed', sentence: 'This party has signed it together with another one.' };
  const key = keysOf(party).find((record) => record.operation === operation);
  if (intent.kind === 'key-ceremony' && key?.state === 'usable')
    return { word: 'done', sentence: `This party holds its share of the key ${key.key}.` };
  return null;
}
