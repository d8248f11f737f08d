/**
 * Processing on behalf (GDPR Art 28). A record of its own beside the contract: it is written by whoever works on data
 * protection, who may not change the register of information, and one contract may hold several or none.
 */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import {
  asked,
  day,
  line,
  list,
  maybeDay,
  maybeLine,
  maybeRecord,
  maybeYesNo,
  oneOf,
  paragraph,
  record,
} from './fields.ts';
import { dataCategories, personCategories } from './privacy-words.ts';
import { processorStates, processorTerms, subProcessing } from './processor-words.ts';

export const processorFacts = z.strictObject({
  name: line('what it does on our behalf', 200),
  state: oneOf(keysOf(processorStates), 'where it stands'),
  provider: record('the provider'),
  contract: maybeRecord('the contract'),
  startsOn: day('the day of the start'),
  /** Null for an open end. */
  endsOn: maybeDay('the day of the end'),
  persons: list(oneOf(keysOf(personCategories), 'the categories of persons'), 'categories', 20),
  data: list(oneOf(keysOf(dataCategories), 'the categories of data'), 'categories', 30),
  /** Null while nobody has looked. */
  subProcessing: oneOf(keysOf(subProcessing), 'whether further processors may be engaged')
    .nullable()
    .default(null),
  subProcessors: list(record('the further processor'), 'further processors', 100),
  /** Terms that stand in the contract. */
  terms: list(oneOf(keysOf(processorTerms), 'the terms'), 'terms', 20),
  /** Where in the contract they stand. */
  termsAt: maybeLine('where the terms stand', 200),
  auditRight: maybeYesNo('whether there is a right of audit'),
  auditedOn: maybeDay('the day of the last audit'),
  reviewOn: day('the day of the next review'),
});
export type ProcessorFacts = z.infer<typeof processorFacts>;

function faultsOf(facts: ProcessorFacts, { today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  if (facts.endsOn !== null && facts.endsOn < facts.startsOn)
    no('endsOn', 'It ends before it starts.');
  if (facts.state === 'ended' && (facts.endsOn === null || facts.endsOn > today))
    no('endsOn', 'Give the day on which it ended.');
  if (facts.auditedOn !== null && facts.auditedOn > today) no('auditedOn', 'This day lies ahead.');
  for (const field of ['persons', 'data', 'terms', 'subProcessors'] as const)
    if (new Set<string>(facts[field]).size < facts[field].length)
      no(field, 'Something stands here twice.');
  if (facts.subProcessing === 'none' && facts.subProcessors.length > 0)
    no('subProcessors', 'None may be engaged. Take them away, or say how they are authorised.');
  if (facts.subProcessors.includes(facts.provider))
    no('subProcessors', 'The processor itself is not a further one.');
  if (facts.terms.includes('h') && facts.auditRight === false)
    no('auditRight', 'The terms hold the right of audit (28(3)(h)), and this says there is none.');
  return faults;
}

const standingOf = ({ state, reviewOn }: ProcessorFacts): Standing => ({
  state,
  grade: null,
  dueOn: state === 'ended' ? null : reviewOn,
});

export const processorRules: KindRules<ProcessorFacts> = {
  facts: processorFacts,
  texts: {
    subject: asked(paragraph('the subject matter, nature and purpose (Art 28(3))', 2000)),
    security: paragraph('the guarantees that it gives (Art 28(1))'),
    note: paragraph('a note'),
  },
  refOf: ({ name }) => ({ field: 'name', ref: name }),
  namesOf: ({ provider, contract, subProcessors }) => [
    { path: 'provider', to: provider, kind: 'provider' },
    ...(contract === null ? [] : [{ path: 'contract', to: contract, kind: 'contract' } as const]),
    ...subProcessors.map(
      (to, index) => ({ path: `subProcessors.${index}`, to, kind: 'provider' }) as const,
    ),
  ],
  peopleOf: () => [],
  standingOf,
  faultsOf,
  becomesOf: () => [],
};
