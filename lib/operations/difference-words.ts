/** Differences of two addresses in words, for who listens to a page or reads it out. Pure. */
import type { Difference } from './address-differences.ts';

/** Places told one by one, and characters of one place that are spelt. */
const placesMax = 6;
const speltMax = 4;

/** "small s", "capital S", "7": what a reader that does not tell capitals would leave out. */
function spelt(character: string): string {
  if (character.toLowerCase() === character.toUpperCase()) return character;
  return character === character.toLowerCase() ? `small ${character}` : `capital ${character}`;
}

const speltOut = (text: string): string => Array.from(text, spelt).join(', ');

const places = (at: number, length: number): string =>
  length === 1 ? `Character ${at + 1}` : `Characters ${at + 1} to ${at + length}`;

function placeWords({ at, here, otherAt, there }: Difference): string {
  if (here === '')
    return `${places(otherAt, there.length)} of the other, ${shown(there)}, missing here.`;
  if (there === '') return `${places(at, here.length)} here, ${shown(here)}, missing in the other.`;
  if (Math.max(here.length, there.length) > speltMax)
    return `${places(at, here.length)} are different ones.`;
  return `${places(at, here.length)}: ${speltOut(here)} here, ${speltOut(there)} in the other.`;
}

const shown = (text: string): string =>
  text.length > speltMax ? `${text.length} of them` : speltOut(text);

/** One sentence for each place; "here" is the address that is looked at. */
export function differenceWords(differences: readonly Difference[]): string[] {
  const told = differences.slice(0, placesMax).map(placeWords);
  const rest = differences.length - told.length;
  return rest > 0 ? [...told, `${rest} more ${rest === 1 ? 'place' : 'places'}.`] : told;
}
