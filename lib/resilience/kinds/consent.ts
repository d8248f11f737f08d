/** Consents that are asked for: what for and in which words; who gave them stands in the vault of people (GDPR Art 7). */
import { z } from 'zod';
import { isFieldName } from '#lib/persons/field-map.ts';
import { keysOf } from '../codes.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import { consentStates } from './consent-words.ts';
import {
  asked,
  count,
  day,
  line,
  list,
  maybeDay,
  maybeRecord,
  oneOf,
  paragraph,
} from './fields.ts';

const people = (what: string) => count(what, 0, 100_000_000);

export const consentFacts = z.strictObject({
  name: line('the name of the consent', 200),
  state: oneOf(keysOf(consentStates), 'where it stands'),
  activity: maybeRecord('the activity'),
  notice: maybeRecord('the privacy notice'),
  /** Field of the vault that holds each answer. */
  field: line('the field of the vault', 60).refine(isFieldName, 'The vault has no such field.'),
  wordings: list(
    z.strictObject({
      version: line('the version of the wording', 50),
      usedFrom: day('the day from which it is used'),
    }),
    'wordings',
  ),
  given: people('how many gave it').nullable().default(null),
  withdrawn: people('how many took it back').nullable().default(null),
  countedOn: maybeDay('the day of the count'),
  reviewOn: day('the day of the next review'),
});
export type ConsentFacts = z.infer<typeof consentFacts>;

function faultsOf(facts: ConsentFacts, { today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  let before = '';
  for (const [index, one] of facts.wordings.entries()) {
    if (one.usedFrom <= before)
      no(
        `wordings.${index}.usedFrom`,
        'Wordings follow one another: each is used later than the last.',
      );
    before = one.usedFrom;
  }
  if (facts.state === 'active' && facts.wordings.length === 0)
    no('wordings', 'Name the version of the wording that is used (Art 7(1)).');
  const counts = [facts.given, facts.withdrawn, facts.countedOn];
  if (counts.some((one) => one === null) && counts.some((one) => one !== null))
    no('countedOn', 'Give both counts with their day, or none of them.');
  if (facts.countedOn !== null && facts.countedOn > today) no('countedOn', 'This day lies ahead.');
  return faults;
}

const standingOf = ({ state, reviewOn }: ConsentFacts): Standing => ({
  state,
  grade: null,
  dueOn: state === 'ended' ? null : reviewOn,
});

export const consentRules: KindRules<ConsentFacts> = {
  facts: consentFacts,
  texts: {
    purpose: asked(paragraph('what it is for', 1000)),
    wording: asked(paragraph('the words in which it is asked for (Art 7(2))')),
    withdrawal: asked(
      paragraph('how it is taken back, as easily as it was given (Art 7(3))', 1000),
    ),
    note: paragraph('a note'),
  },
  refOf: ({ name }) => ({ field: 'name', ref: name }),
  namesOf: ({ activity, notice }) => [
    ...(activity === null ? [] : [{ path: 'activity', to: activity, kind: 'activity' } as const]),
    ...(notice === null ? [] : [{ path: 'notice', to: notice, kind: 'notice' } as const]),
  ],
  peopleOf: () => [],
  standingOf,
  faultsOf,
  becomesOf: () => [],
};
