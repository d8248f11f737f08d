/** Which words of other people's names say by themselves who is meant. Pure. */
import { roleNames } from '#lib/identity/roles.ts';
import { fieldOf, personRoles } from '#lib/persons/field-map.ts';
import { searchValue } from '#lib/persons/search-value.ts';
import type { OwnValue } from '#lib/persons/texts/black-out.ts';

const wordsOfName = (name: string): string[] => searchValue('name', name).split(' ');

/** Particles of names and the plainest words of the languages that texts here are written in. */
const plainest =
  'and are but can for from has had her him his its not one our out she the they this was who with you your ' +
  'als auf aus bei das dem den der des die ein ist mit und von vom vor zum zur ' +
  'dal dei del della des dos las les los una van ten ter zu';

/** Words for people by what they do here and by the group that they are in, beside the names of roles. */
const parts = 'approver cosigner signer raiser board control recovery';

/**
 * Words that stand in texts without meaning anybody: those of roles and groups, and the plainest ones. A colleague may be
 * shown as "Guest data protection officer"; a copy in which every "data" and "officer" is blacked out says nothing.
 */
const common: ReadonlySet<string> = new Set(
  [plainest, parts, ...Object.values(roleNames), ...personRoles].flatMap(wordsOfName),
);

/**
 * Words of names that are nobody's but others': a surname alone says who is meant. What the person shares with them stays,
 * and so does what is a common word, which goes only as part of the whole name.
 */
export function loneWords(own: readonly OwnValue[], others: readonly OwnValue[]): OwnValue[] {
  const isName = ({ field }: OwnValue): boolean => fieldOf(field).shape === 'name';
  const wordsOf = (values: readonly OwnValue[]): string[] =>
    values.filter(isName).flatMap(({ value }) => wordsOfName(value));
  const mine = new Set(wordsOf(own));
  return [...new Set(wordsOf(others))]
    .filter((word) => word !== '' && !mine.has(word) && !common.has(word))
    .map((value) => ({ field: 'full-name', value }));
}
