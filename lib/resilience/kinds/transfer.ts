/** Transfers of personal data outside the European Economic Area (GDPR Art 44 to 49). */
import { z } from 'zod';
import { keysOf } from '../codes.ts';
import { isInEea } from '../places.ts';
import type { About, Fault, KindRules, Standing } from '../records/kind-rules.ts';
import {
  asked,
  count,
  country,
  day,
  line,
  list,
  maybeDay,
  maybeLine,
  maybeRecord,
  maybeYesNo,
  oneOf,
  paragraph,
} from './fields.ts';
import { dataCategories, processingRoles } from './privacy-words.ts';
import {
  derogations,
  moduleRoles,
  organisations,
  sccModules,
  transferStates,
  transferTools,
  warnDaysUsual,
} from './transfer-words.ts';

export const transferFacts = z.strictObject({
  name: line('the name of the transfer', 200),
  state: oneOf(keysOf(transferStates), 'where it stands'),
  /** Legal persons; what names an individual goes into the note. */
  exporter: line('who exports', 200),
  exporterRole: oneOf(keysOf(processingRoles), 'the role of who exports'),
  importer: line('who imports', 200),
  importerRole: oneOf(keysOf(processingRoles), 'the role of who imports'),
  /** Null where an international organisation imports. */
  country: country('the country').nullable().default(null),
  organisation: oneOf(keysOf(organisations), 'the organisation').nullable().default(null),
  data: list(oneOf(keysOf(dataCategories), 'the categories of data'), 'categories', 30),
  tool: oneOf(keysOf(transferTools), 'the tool it rests on'),
  module: oneOf(keysOf(sccModules), 'the module').nullable().default(null),
  derogation: oneOf(keysOf(derogations), 'the ground').nullable().default(null),
  /** Whether the importer is certified under the Data Privacy Framework; asked for the United States. */
  certified: maybeYesNo('whether the importer is certified'),
  /** Whether the importer falls under the law on commercial organisations; asked for Canada. */
  commercial: maybeYesNo('whether the importer is a commercial organisation'),
  /** Of the clauses or rules, such as a date and a number. */
  version: maybeLine('the version', 200),
  /** Of the assessment of the law there (clause 14). */
  assessment: maybeLine('the reference of the assessment', 200),
  assessedOn: maybeDay('the day of the assessment'),
  startsOn: day('the day of the start'),
  endsOn: maybeDay('the day of the end'),
  provider: maybeRecord('the provider'),
  contract: maybeRecord('the contract'),
  /** So many days before the decision it rests on ends, that is warned of. */
  warnDays: count('the warning ahead', 1, 1096, 'days').default(warnDaysUsual),
  reviewOn: day('the day of the next review'),
});
export type TransferFacts = z.infer<typeof transferFacts>;

function faultsOf(facts: TransferFacts, { texts, today }: About): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  const { country: to, organisation, endsOn, startsOn, assessedOn, state } = facts;
  if ((to === null) === (organisation === null))
    no('country', 'Give the third country, or the international organisation.');
  if (to !== null && isInEea(to))
    no('country', 'This country is in the European Economic Area: nothing is transferred out.');
  if (endsOn !== null && endsOn < startsOn) no('endsOn', 'It ends before it starts.');
  if (assessedOn !== null && assessedOn > today) no('assessedOn', 'This day lies ahead.');
  if ((facts.assessment === null) !== (assessedOn === null))
    no('assessedOn', 'Give the assessment with its day, or neither.');
  if (state === 'active' && startsOn > today) no('startsOn', 'It is active, and starts later.');
  if (state === 'ended' && (endsOn === null || endsOn > today))
    no('endsOn', 'Give the day on which it ended.');
  return [...faults, ...faultsOfTool(facts, texts)];
}

function faultsOfTool(facts: TransferFacts, texts: About['texts']): Fault[] {
  const faults: Fault[] = [];
  const no = (field: string, reason: string) => faults.push({ field, reason });
  const { tool, module, derogation } = facts;
  if ((tool === 'scc') !== (module !== null))
    no('module', 'Standard clauses have a module, other tools none (Decision 2021/914).');
  if (module !== null) {
    const [exporter, importer] = moduleRoles[module];
    if (facts.exporterRole !== exporter || facts.importerRole !== importer)
      no('module', `This module is from a ${exporter} to a ${importer}. Choose that of the roles.`);
  }
  if ((tool === 'derogation') !== (derogation !== null))
    no('derogation', 'A derogation has a ground, other tools none (Art 49(1)).');
  if (tool === 'derogation' && (texts['derogation-reason'] ?? '') === '')
    no('derogation-reason', 'Write why the derogation holds and how often it is used (Art 49(6)).');
  if (derogation === 'compelling' && (texts['measures'] ?? '') === '')
    no('measures', 'Write the suitable safeguards (Art 30(1)(e), 49(1)).');
  if (tool === 'bcr' && facts.version === null)
    no('version', 'Name the approved rules with their version (Art 47).');
  return faults;
}

const standingOf = ({ state, tool, reviewOn }: TransferFacts): Standing => ({
  state,
  grade: tool,
  dueOn: state === 'ended' ? null : reviewOn,
});

export const transferRules: KindRules<TransferFacts> = {
  facts: transferFacts,
  texts: {
    purpose: asked(paragraph('what it is for', 1000)),
    measures: paragraph('the supplementary measures'),
    onward: paragraph('onward transfers'),
    'derogation-reason': paragraph('why the derogation holds'),
    note: paragraph('a note'),
  },
  refOf: ({ name }) => ({ field: 'name', ref: name }),
  namesOf: ({ provider, contract }) => [
    ...(provider === null ? [] : [{ path: 'provider', to: provider, kind: 'provider' } as const]),
    ...(contract === null ? [] : [{ path: 'contract', to: contract, kind: 'contract' } as const]),
  ],
  peopleOf: () => [],
  standingOf,
  faultsOf,
  becomesOf: () => [],
};
