/** What makes a party refuse: one way to each refusal, for the test that finds all of them reached. */
import { decideNo } from '../../decide-no.ts';
import { decide } from '../../decide.ts';
import type { DecideInput } from '../../decide-input.ts';
import type { Intent } from '../../intent.ts';
import type { PartyRefusal } from '../../refusals.ts';
import type { Roster, RosterPerson } from '../../roster.ts';
import { acceptedInput } from '../every-kind.ts';
import { personIdOf, roster, withdrawal, type Name } from '../sample.ts';

/** What the decision answers, null for yes. */
export type Case = () => PartyRefusal | null;

/** Decides on an intent that is accepted but for these changes. */
export const on =
  (
    intent: Intent,
    changes: Partial<DecideInput> | ((input: DecideInput) => Partial<DecideInput>),
  ): Case =>
  () => {
    const input = acceptedInput(intent);
    const changed = typeof changes === 'function' ? changes(input) : changes;
    const answer = decide({ ...input, ...changed });
    return answer.ok ? null : answer.refusal;
  };

/** The same on the sample withdrawal. */
export const onWithdrawal = (changes: Parameters<typeof on>[1]): Case => on(withdrawal, changes);

/** Decides at a party that holds something else than usual. */
export const holding = (
  changes: Partial<DecideInput['party']>,
  intent: Intent = withdrawal,
): Case => on(intent, ({ party }) => ({ party: { ...party, ...changes } }));

/** A "no" that comes by itself. */
export const byItself =
  (candidate: unknown): Case =>
  () => {
    const answer = decideNo(candidate, acceptedInput(withdrawal));
    return answer.ok ? null : answer.refusal;
  };

/** The sample roster with one person changed. */
export const rosterWith = (
  name: Name,
  change: (person: RosterPerson) => Partial<RosterPerson>,
  of: Roster = roster,
): Roster => ({
  ...of,
  people: of.people.map((person) =>
    person.id === personIdOf(name) ? { ...person, ...change(person) } : person,
  ),
});

/** The sample roster with each key of one person changed. */
export const rosterWithKey = (
  name: Name,
  changes: Partial<RosterPerson['credentials'][number]>,
  of: Roster = roster,
): Roster =>
  rosterWith(
    name,
    ({ credentials }) => ({ credentials: credentials.map((key) => ({ ...key, ...changes })) }),
    of,
  );
