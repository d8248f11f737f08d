/** Ids of people of the vault as a form about a breach gives them, apart by blanks, commas or lines. Pure. */
import { z } from 'zod';
import { anyPersonId } from '#lib/persons/ids.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';

const idsMax = { most: 10_000, chars: 250_000 } as const;
export const idsField = z.string().max(idsMax.chars, 'Give at most 10,000 ids at once.');

/** Each once, in their order; none is no fault. */
export function readIds(text: string): Result<string[]> {
  const given = [...new Set(text.split(/[\s,;]+/u).filter(Boolean))];
  const wrong = given.find((one) => !anyPersonId.safeParse(one).success);
  if (wrong !== undefined)
    return refuse('person-invalid', `“${wrong.slice(0, 40)}” is no id of a person.`);
  return given.length > idsMax.most
    ? refuse('persons-missing', 'Give at most 10,000 ids of people at once.')
    : ok(given);
}
