/** Whether one person alone could complete something under a roster and a policy, in sentences. */
import { digestOf } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { findSoloPath, type SoloPath } from '#lib/protocol/segregation.ts';
import { kindFacts } from '../kinds.ts';

export type SoloSentences = { sentence: string; steps: string[] };

/** Answers kept, newest last: the same draft is looked at again with every pause in typing. */
const answers = new Map<string, SoloPath | null>();
const answersMax = 32;

/** Large rosters take a second, so the same question is answered once. */
function soloPathOf(roster: Roster, policy: Policy): SoloPath | null {
  // Neither the version nor where it comes from changes the answer.
  const { version: _version, previous: _previous, ...rules } = policy;
  const question = `${digestOf(roster)} ${digestOf(rules)}`;
  const known = answers.get(question);
  if (known !== undefined) return known;
  const found = findSoloPath(roster, policy);
  answers.set(question, found);
  const [oldest] = answers.keys();
  if (answers.size > answersMax && oldest !== undefined) answers.delete(oldest);
  return found;
}

/** @param nameOf the name of a person by their id. */
export function findSolo(
  roster: Roster,
  policy: Policy,
  nameOf: (person: string) => string,
): SoloSentences | null {
  const found = soloPathOf(roster, policy);
  if (!found) return null;
  const what =
    found.operation === 'key-recovery'
      ? 'rebuild a key from its backups'
      : `complete a ${kindFacts[found.operation].noun}`;
  return {
    sentence: `${nameOf(found.person)} alone could ${what}, like this:`,
    steps: found.steps,
  };
}
