/** What of the register each record fills, and what it leaves open. Pure. */
import type { CompletenessCount } from '../completeness.ts';
import { dayOf } from '../days.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import type { EntityFacts } from '../kinds/entity.ts';
import { isCritical, type FunctionFacts } from '../kinds/function.ts';
import type { ProviderFacts } from '../kinds/provider.ts';
import type { Outward } from '../register/cells.ts';
import {
  branchRows,
  definitionRow,
  entityRows,
  functionRow,
  maintainerRow,
  providerRow,
} from '../register/rows-out.ts';
import type { Kept } from './framework-records.ts';
import { contractRows, contractTemplates, factsAs } from './register-source.ts';

export function countEntity(
  count: CompletenessCount,
  entity: Kept,
  names: Outward,
  today: string,
): void {
  const facts = factsAs<EntityFacts>(entity);
  const about = { isCritical: false, isDirect: false, referenceDate: today };
  count.add('B_01.01', maintainerRow(facts, names, today), about);
  for (const row of entityRows(facts, names, dayOf(entity.at))) count.add('B_01.02', row, about);
  for (const row of branchRows(facts, names)) count.add('B_01.03', row, about);
  count.add('B_99.01', definitionRow(entity.texts), about);
}

export function countFunction(
  count: CompletenessCount,
  one: Kept,
  names: Outward,
  today: string,
): void {
  const facts = factsAs<FunctionFacts>(one);
  count.add('B_06.01', functionRow(facts, one.texts, names), {
    isCritical: isCritical(facts),
    isDirect: false,
    referenceDate: today,
  });
}

/** @param isDirect whether a contract is with it, and not only with one above it. */
export function countProvider(
  count: CompletenessCount,
  one: Kept,
  names: Outward,
  { today, isDirect }: { today: string; isDirect: boolean },
): void {
  const row = providerRow(one.id, factsAs<ProviderFacts>(one), one.texts, names);
  count.add('B_05.01', row, { isCritical: false, isDirect, referenceDate: today });
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
