/** Everything that figures about the framework are reckoned from, read and reckoned in one pass. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { missingClauses } from '../clauses.ts';
import { CompletenessCount, type Completeness } from '../completeness.ts';
import {
  findConcentrations,
  type Concentration,
  type ContractSeen,
  type ProviderSeen,
} from '../concentration.ts';
import { findGaps, type Framework, type Gap } from '../invariants.ts';
import { exitTexts } from '../kinds/contract-words.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import type { EntityFacts } from '../kinds/entity.ts';
import { isCritical, type FunctionFacts } from '../kinds/function.ts';
import { individualTexts, type ProviderFacts } from '../kinds/provider.ts';
import type { Outward } from '../register/cells.ts';
import {
  branchRows,
  definitionRow,
  entityRows,
  functionRow,
  maintainerRow,
  providerRow,
} from '../register/rows-out.ts';
import { dayOf } from '../days.ts';
import { loadTexts, type Standing } from './load-record.ts';
import { loadRecordDays, type RecordDays } from './load-shown-days.ts';
import { contractRows, contractTemplates, factsAs, namesOf, pagesOf } from './register-source.ts';

export type FrameworkFigures = {
  completeness: Completeness[];
  gaps: Gap[];
  concentrations: Concentration[];
  /** Contracts in force that lack clauses, with how many each. */
  clauses: { contract: string; missing: number }[];
  /** Contracts in force, and those of them for a critical function. */
  contracts: number;
  criticalContracts: number;
  /** The last day of each recurring duty that records show. */
  days: RecordDays;
};

/**
 * Reckons all of it.
 * @param today contracts whose uses have all ended before count for completeness only, yyyy-mm-dd.
 */
export async function loadFramework(tx: Tx, today: string): Promise<FrameworkFigures> {
  const entity = (await all(tx, 'entity')).at(0) ?? null;
  const own = entity && factsAs<EntityFacts>(entity);
  const names = await namesOf(tx, own?.lei ?? '');
  const functions = await all(tx, 'function');
  const providers = await all(tx, 'provider');
  const contracts = await all(tx, 'contract');
  const critical = new Set(
    functions.filter((one) => isCritical(factsAs<FunctionFacts>(one))).map(({ id }) => id),
  );
  const seen = contracts.map((one): ContractSeen => ({
    id: one.id,
    ref: one.ref,
    facts: factsAs<ContractFacts>(one),
  }));
  const count = new CompletenessCount();
  if (entity && own) await countEntity(tx, count, entity, own, names, today);
  await countFunctions(tx, count, functions, names, today);
  await countProviders(tx, count, providers, contracts, names, today);
  for (const one of contracts)
    countContract(count, factsAs<ContractFacts>(one), critical, names, today);
  const inForce = contracts.filter((one) => isInForce(factsAs<ContractFacts>(one), today));
  const isFor = (one: Standing) =>
    factsAs<ContractFacts>(one).uses.some((use) => critical.has(use.function));
  const exits = await loadTexts(
    tx,
    inForce.map(({ id }) => id),
    Object.keys(exitTexts),
  );
  return {
    completeness: count.list(),
    gaps: findGaps(await frameworkOf(tx, functions, inForce, exits), today),
    concentrations: findConcentrations(
      seen,
      providers.map(providerSeen),
      (id) => critical.has(id),
      today,
    ),
    clauses: inForce
      .map((one) => ({
        contract: one.id,
        missing: missingClauses(factsAs<ContractFacts>(one), isFor(one)).length,
      }))
      .filter(({ missing }) => missing > 0),
    contracts: inForce.length,
    criticalContracts: inForce.filter(isFor).length,
    days: await loadRecordDays(tx),
  };
}

/** Not all of its uses have ended; one without any is not in use yet. */
const isInForce = ({ uses }: ContractFacts, today: string): boolean =>
  uses.length === 0 || uses.some(({ endsOn }) => endsOn === null || endsOn >= today);

async function all(tx: Tx, kind: Parameters<typeof pagesOf>[1]): Promise<Standing[]> {
  const found: Standing[] = [];
  for await (const page of pagesOf(tx, kind)) found.push(...page);
  return found;
}

function providerSeen(one: Standing): ProviderSeen {
  const { name, country, parent } = factsAs<ProviderFacts>(one);
  return { id: one.id, name: name ?? one.number, country, parent };
}

async function frameworkOf(
  tx: Tx,
  functions: readonly Standing[],
  contracts: readonly Standing[],
  exits: ReadonlyMap<string, Record<string, string>>,
): Promise<Framework> {
  const of = <F>(found: readonly Standing[]) =>
    found.map((one) => ({ id: one.id, facts: factsAs<F>(one) }));
  return {
    functions: of(functions),
    plans: of(await all(tx, 'plan')),
    planTests: of(await all(tx, 'plan-test')),
    tests: of(await all(tx, 'test')),
    contracts: contracts.map((one) => ({
      id: one.id,
      facts: factsAs<ContractFacts>(one),
      texts: new Set(Object.keys(exits.get(one.id) ?? {})),
    })),
  };
}

async function countEntity(
  tx: Tx,
  count: CompletenessCount,
  entity: Standing,
  facts: EntityFacts,
  names: Outward,
  today: string,
): Promise<void> {
  const about = { isCritical: false, isDirect: false, referenceDate: today };
  count.add('B_01.01', maintainerRow(facts, names, today), about);
  for (const row of entityRows(facts, names, dayOf(entity.at))) count.add('B_01.02', row, about);
  for (const row of branchRows(facts, names)) count.add('B_01.03', row, about);
  const texts = await loadTexts(tx, [entity.id]);
  count.add('B_99.01', definitionRow(texts.get(entity.id) ?? {}), about);
}

async function countFunctions(
  tx: Tx,
  count: CompletenessCount,
  functions: readonly Standing[],
  names: Outward,
  today: string,
): Promise<void> {
  const texts = await loadTexts(
    tx,
    functions.map(({ id }) => id),
    ['reason'],
  );
  for (const one of functions) {
    const facts = factsAs<FunctionFacts>(one);
    count.add('B_06.01', functionRow(facts, texts.get(one.id) ?? {}, names), {
      isCritical: isCritical(facts),
      isDirect: false,
      referenceDate: today,
    });
  }
}

async function countProviders(
  tx: Tx,
  count: CompletenessCount,
  providers: readonly Standing[],
  contracts: readonly Standing[],
  names: Outward,
  today: string,
): Promise<void> {
  const direct = new Set(
    contracts.flatMap((one) => factsAs<ContractFacts>(one).uses.map(({ provider }) => provider)),
  );
  const texts = await loadTexts(
    tx,
    providers.map(({ id }) => id),
    Object.values(individualTexts),
  );
  for (const one of providers) {
    const row = providerRow(one.id, factsAs<ProviderFacts>(one), texts.get(one.id) ?? {}, names);
    count.add('B_05.01', row, {
      isCritical: false,
      isDirect: direct.has(one.id),
      referenceDate: today,
    });
  }
}

/** A contract with all its rows, and those that it should have. */
export function countContract(
  count: CompletenessCount,
  facts: ContractFacts,
  critical: ReadonlySet<string>,
  names: Outward,
  today: string,
): void {
  for (const template of contractTemplates)
    for (const [index, row] of contractRows(template, facts, names, today).entries())
      count.add(template, row, {
        isCritical: template === 'B_02.02' && critical.has(facts.uses[index]?.function ?? ''),
        isDirect: false,
        referenceDate: today,
      });
  if (facts.uses.length === 0) count.miss('B_02.02');
  if (facts.signatories.length === 0) count.miss('B_03.01');
  if (facts.providerSignatories.length + facts.groupProviders.length === 0) count.miss('B_03.02');
  if (facts.users.length === 0) count.miss('B_04.01');
  for (const service of new Set(facts.uses.map((use) => use.service)))
    if (!facts.chain.some((link) => link.service === service)) count.miss('B_05.02');
  const assessed = new Set(
    facts.assessments.map(({ provider, service }) => `${provider} ${service}`),
  );
  const wanted = new Set(
    facts.uses
      .filter((use) => critical.has(use.function))
      .map(({ provider, service }) => `${provider} ${service}`),
  );
  for (const one of wanted) if (!assessed.has(one)) count.miss('B_07.01');
}
