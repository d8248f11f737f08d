/**
 * The record of processing (GDPR Art 30(1)). What the article asks for may be missing while the record is being
 * written; lib/privacy/registers/activity-gaps.ts says what is missing.
 */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { monthsAfter } from '../days.ts';
import type { About, Fault, KindRules, Naming, Standing } from '../records/kind-rules.ts';
import {
  activityReviewMonths,
  activityStates,
  automatedDecisions,
  dpiaNeeds,
} from './activity-words.ts';
import {
  country,
  day,
  line,
  list,
  maybeDay,
  maybeLine,
  maybeRecord,
  oneOf,
  paragraph,
  person,
  record,
} from './fields.ts';
import { dataCategories, legalBases, personCategories, retentionWords } from './privacy-words.ts';

const retention = z
  .string('Choose the rule.')
  .refine(
    (text) => Object.hasOwn(retentionWords, text),
    'There is no such rule. Choose one of the list.',
  );

export const activityFacts = z.strictObject({
  name: line('the name of the activity', 200),
  state: oneOf(keysOf(activityStates), 'where it stands'),
  owner: person('who answers for it'),
  controller: record('the controller'),
  jointControllers: list(record('the joint controller'), 'joint controllers', 20),
  representative: maybeRecord('the representative'),
  dpo: maybeRecord('the data protection officer'),
  purposes: list(
    z.strictObject({
      purpose: line('the purpose', 300),
      basis: oneOf(keysOf(legalBases), 'the legal basis'),
      /** The law of an obligation, or the interest; null where the basis says it all. */
      ground: maybeLine('the law or the interest', 300),
    }),
    'purposes',
    50,
  ),
  persons: list(oneOf(keysOf(personCategories), 'the categories of persons'), 'categories', 20),
  data: list(
    z.strictObject({
      category: oneOf(keysOf(dataCategories), 'the category of data'),
      /** The rule by which it is erased. */
      retention: retention.nullable().default(null),
      /** The time limit in words where no rule has it. */
      limit: maybeLine('the time limit', 300),
    }),
    'categories of data',
    50,
  ),
  recipients: list(
    z.strictObject({
      recipient: line('the category of recipients', 300),
      /** Null within the European Economic Area. */
      country: country('the country').nullable().default(null),
    }),
    'recipients',
    50,
  ),
  transfers: list(record('the transfer'), 'transfers', 50),
  processors: list(record('the processor'), 'processors', 50),
  systems: list(record('the system'), 'systems', 50),
  dpiaNeed: oneOf(keysOf(dpiaNeeds), 'whether an impact assessment is needed')
    .nullable()
    .default(null),
  /** Null where nobody has said it. */
  automated: oneOf(keysOf(automatedDecisions), 'whether machines alone decide')
    .nullable()
    .default(null),
  reviewedOn: maybeDay('the day of the last review'),
  reviewOn: day('the day of the next review'),
});
export type ActivityFacts = z.infer<typeof activityFacts>;

/** Fields that say when and by whom it is looked at, and nothing of what is processed. */
export const activityUpkeep = ['owner', 'reviewedOn', 'reviewOn'] as const;

function faultsOf(facts: ActivityFacts, { texts, today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  for (const [index, { basis, ground }] of facts.purposes.entries()) {
    if (basis === 'legal-obligation' && ground === null)
      no(`purposes.${index}.ground`, 'Name the law that obliges (Art 6(3)).');
    if (basis === 'legitimate-interests' && ground === null)
      no(`purposes.${index}.ground`, 'Name the interest that is pursued (Art 13(1)(d)).');
  }
  if (new Set(facts.persons).size < facts.persons.length)
    no('persons', 'A category of persons stands here twice.');
  const seen = new Set<string>();
  for (const [index, { category }] of facts.data.entries()) {
    if (seen.has(category)) no(`data.${index}.category`, 'This category stands here already.');
    seen.add(category);
  }
  if (facts.reviewedOn !== null && facts.reviewedOn > today)
    no('reviewedOn', 'This day lies ahead.');
  const latest = monthsAfter(facts.reviewedOn ?? today, activityReviewMonths);
  if (facts.state !== 'ended' && facts.reviewOn > latest)
    no('reviewOn', `An activity is looked at within ${activityReviewMonths} months: by ${latest}.`);
  if (facts.dpiaNeed === 'not-needed' && (texts['dpia-reason'] ?? '') === '')
    no('dpia-reason', 'Write why no high risk is likely (Art 35(1)).');
  if (facts.automated === 'yes' && (texts['automated-logic'] ?? '') === '')
    no('automated-logic', 'Write how it is decided, and what follows for people (Art 15(1)(h)).');
  return faults;
}

const several = (field: string, kind: Naming['kind'], ids: readonly string[]): Naming[] =>
  ids.map((to, index) => ({ path: `${field}.${index}`, to, kind }));
const maybe = (field: string, kind: Naming['kind'], id: string | null): Naming[] =>
  id === null ? [] : [{ path: field, to: id, kind }];

const standingOf = ({ state, reviewOn }: ActivityFacts): Standing => ({
  state,
  grade: null,
  dueOn: state === 'ended' ? null : reviewOn,
});

export const activityRules: KindRules<ActivityFacts> = {
  facts: activityFacts,
  texts: {
    measures: paragraph('the measures of security'),
    'dpia-reason': paragraph('why no impact assessment is needed'),
    'automated-logic': paragraph('how machines decide, and what follows for people'),
    note: paragraph('a note'),
  },
  refOf: ({ name }) => ({ field: 'name', ref: name }),
  namesOf: (facts) => [
    { path: 'controller', to: facts.controller, kind: 'party' },
    ...several('jointControllers', 'party', facts.jointControllers),
    ...maybe('representative', 'party', facts.representative),
    ...maybe('dpo', 'party', facts.dpo),
    ...several('transfers', 'transfer', facts.transfers),
    ...several('processors', 'processor', facts.processors),
    ...several('systems', 'asset', facts.systems),
  ],
  peopleOf: ({ owner }) => [{ path: 'owner', person: owner }],
  standingOf,
  faultsOf,
  becomesOf: () => [],
};
