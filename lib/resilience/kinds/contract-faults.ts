/** What only several lines of a contract together tell. Pure. */
import { highlyComplex, notSubstitutable } from '../codes.ts';
import type { About, Fault } from '../records/kind-rules.ts';
import { clauseText } from './contract-words.ts';
import type { AssessmentFacts, ChainFacts, ContractFacts, UseFacts } from './contract.ts';

const subsequent = 'eba_CO:x3';

/** All that is wrong with a contract whose fields are each right. */
export function contractFaults(facts: ContractFacts, { texts, today }: About): Fault[] {
  return [
    ...faultsOfType(facts),
    ...faultsOfUses(facts.uses, today),
    ...faultsOfChain(facts.chain),
    ...faultsOfAssessments(facts.assessments, today),
    ...faultsOfLists(facts),
    ...facts.clauses.flatMap(({ id, answer }, index) =>
      answer === 'not-needed' && (texts[clauseText(id)] ?? '') === ''
        ? [{ field: `clauses.${index}.answer`, reason: 'Write why this clause is not needed.' }]
        : [],
    ),
    ...facts.exitTests.flatMap(({ on }, index) =>
      on > today ? [{ field: `exitTests.${index}.on`, reason: 'This day lies ahead.' }] : [],
    ),
  ];
}

function faultsOfType({ type, overarching }: ContractFacts): Fault[] {
  if (type === subsequent && overarching === null)
    return [{ field: 'overarching', reason: 'A subsequent contract names the overarching one.' }];
  if (type !== subsequent && overarching !== null)
    return [
      { field: 'overarching', reason: 'Only a subsequent contract names an overarching one.' },
    ];
  return [];
}

/** A line that says the same as one before it. */
function repeated<T>(lines: readonly T[], keyOf: (line: T) => unknown[]): number[] {
  const seen = new Set<string>();
  return lines.flatMap((line, index) => {
    const key = JSON.stringify(keyOf(line));
    if (seen.has(key)) return [index];
    seen.add(key);
    return [];
  });
}

const sameAs = (what: string, indexes: readonly number[]): Fault[] =>
  indexes.map((index) => ({ field: `${what}.${index}`, reason: 'This line stands here already.' }));

function faultsOfUses(uses: readonly UseFacts[], today: string): Fault[] {
  const faults = uses.flatMap(({ startsOn, endsOn, endReason, storesData, dataAt }, index) => {
    const found: Fault[] = [];
    const no = (field: string, reason: string) =>
      found.push({ field: `uses.${index}.${field}`, reason });
    if (endsOn !== null && endsOn <= startsOn)
      no('endsOn', 'It ends before or on the day it starts.');
    if (endReason !== null && endsOn === null) no('endsOn', 'Give the day on which it ended.');
    if (endReason !== null && endsOn !== null && endsOn > today)
      no('endReason', 'A reason is given once it has ended.');
    if (storesData === false && dataAt !== null)
      no('dataAt', 'Data rest nowhere where the service stores none.');
    return found;
  });
  const keys = repeated(uses, (use) => [
    use.user,
    use.provider,
    use.function,
    use.service,
    use.providedFrom,
    use.dataAt,
    use.processedAt,
  ]);
  return [...faults, ...sameAs('uses', keys)];
}

/** Rank 1 serves the entity; every other rank serves somebody of the rank before it (ITS 2024/2956, B_05.02). */
function faultsOfChain(chain: readonly ChainFacts[]): Fault[] {
  const places = new Set(
    chain.map(({ service, provider, rank }) => `${service} ${provider} ${rank}`),
  );
  const faults = chain.flatMap(({ service, rank, recipient, provider }, index): Fault[] => {
    const no = (reason: string) => [{ field: `chain.${index}.recipient`, reason }];
    if (rank === 1)
      return recipient === null ? [] : no('The direct provider serves the entity itself.');
    if (recipient === null) return no('Say for whom it works.');
    if (recipient === provider) return no('Nobody subcontracts to itself.');
    return places.has(`${service} ${recipient} ${rank - 1}`)
      ? []
      : no(`For this service it is none of rank ${rank - 1}. Add that line first.`);
  });
  const keys = repeated(chain, ({ service, provider, rank, recipient }) => [
    service,
    provider,
    rank,
    recipient,
  ]);
  return [...faults, ...sameAs('chain', keys)];
}

const isHard = (substitutability: string): boolean =>
  substitutability === notSubstitutable || substitutability === highlyComplex;

function faultsOfAssessments(assessments: readonly AssessmentFacts[], today: string): Fault[] {
  const faults = assessments.flatMap(({ substitutability, reason, auditedOn }, index) => {
    const found: Fault[] = [];
    if (isHard(substitutability) && reason === null)
      found.push({
        field: `assessments.${index}.reason`,
        reason: 'Say why it is hard to substitute.',
      });
    if (auditedOn !== null && auditedOn > today)
      found.push({ field: `assessments.${index}.auditedOn`, reason: 'This day lies ahead.' });
    return found;
  });
  const keys = repeated(assessments, ({ provider, service }) => [provider, service]);
  return [...faults, ...sameAs('assessments', keys)];
}

function faultsOfLists(facts: ContractFacts): Fault[] {
  return [
    ...sameAs(
      'signatories',
      repeated(facts.signatories, (one) => [one]),
    ),
    ...sameAs(
      'providerSignatories',
      repeated(facts.providerSignatories, (one) => [one]),
    ),
    ...sameAs(
      'groupProviders',
      repeated(facts.groupProviders, (one) => [one]),
    ),
    ...sameAs(
      'restsOn',
      repeated(facts.restsOn, (one) => [one]),
    ),
    ...sameAs(
      'users',
      repeated(facts.users, ({ user, branch }) => [user, branch]),
    ),
    ...sameAs(
      'clauses',
      repeated(facts.clauses, ({ id }) => [id]),
    ),
  ];
}
