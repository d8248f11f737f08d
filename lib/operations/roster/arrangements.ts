/** What changes about delegations and custodians between two rosters, in sentences. Pure. */
import { canonicalize } from '#lib/protocol/intent.ts';
import type { Roster, RosterBackup, RosterDelegation } from '#lib/protocol/roster.ts';
import { groupName } from '../group-names.ts';
import { endText } from './end-text.ts';

export type ArrangementChange = {
  how: 'added' | 'changed' | 'removed';
  about: 'delegation' | 'custodians';
  sentence: string;
};

type NameOf = (person: string) => string;

/** "Ada Hofmann stands in for Marek Kowalski, for Control, until …" */
export function delegationText(
  { from, to, notAfter }: RosterDelegation,
  { people }: Pick<Roster, 'people'>,
  nameOf: NameOf,
): string {
  const group = people.find(({ id }) => id === from)?.group ?? null;
  const what = group === null ? 'for no group' : `for ${groupName(group)}`;
  return `${nameOf(to)} stands in for ${nameOf(from)}, ${what}, ${endText(notAfter)}`;
}

/** "Any 2 of …, … and … open the share of party control, sealed to key …" */
export const custodiansText = (
  { id, party, threshold, custodians, publicKey }: RosterBackup,
  nameOf: NameOf,
): string =>
  `Group ${id}: any ${threshold} of ${custodians.map((person) => `${nameOf(person)} (${person})`).join(', ')} open the share of party ${party}, which is sealed to key ${publicKey}`;

/** By a name that both lists know. What is lent follows from the giver, so sentences are compared too. */
function compare<T>(
  about: ArrangementChange['about'],
  lists: { before: readonly T[]; after: readonly T[] },
  of: { nameOf: (item: T) => string; was: (item: T) => string; is: (item: T) => string },
): ArrangementChange[] {
  const had = new Map(lists.before.map((item) => [of.nameOf(item), item]));
  const has = new Set(lists.after.map(of.nameOf));
  return [
    ...lists.after.flatMap((item): ArrangementChange[] => {
      const old = had.get(of.nameOf(item));
      const now = of.is(item);
      if (!old) return [{ how: 'added', about, sentence: `${now}.` }];
      const was = of.was(old);
      const isSame = was === now && canonicalize(old) === canonicalize(item);
      return isSame ? [] : [{ how: 'changed', about, sentence: `${now}. Was: ${was}.` }];
    }),
    ...lists.before
      .filter((item) => !has.has(of.nameOf(item)))
      .map((item): ArrangementChange => ({ how: 'removed', about, sentence: `${of.was(item)}.` })),
  ];
}

export function arrangementChanges(
  before: Roster,
  after: Roster,
  nameOf: NameOf,
): ArrangementChange[] {
  return [
    ...compare(
      'delegation',
      { before: before.delegations ?? [], after: after.delegations ?? [] },
      {
        nameOf: ({ from, to }) => `${from} ${to}`,
        was: (one) => delegationText(one, before, nameOf),
        is: (one) => delegationText(one, after, nameOf),
      },
    ),
    ...compare(
      'custodians',
      { before: before.backups ?? [], after: after.backups ?? [] },
      {
        nameOf: ({ party }) => party,
        was: (one) => custodiansText(one, nameOf),
        is: (one) => custodiansText(one, nameOf),
      },
    ),
  ];
}
