/** Rows of the register of information out of records. Pure. */
import { branch, individual, notABranch } from '../codes.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import { definitionField, definitions } from '../kinds/entity-words.ts';
import type { EntityFacts } from '../kinds/entity.ts';
import type { FunctionFacts } from '../kinds/function.ts';
import { individualTexts, type ProviderFacts } from '../kinds/provider.ts';
import type { Texts } from '../records/kind-rules.ts';
import type { Row } from '../roi/column.ts';
import type { Outward } from './cells.ts';
import {
  branchColumns,
  cellsOf,
  contractColumns,
  entityColumns,
  functionColumns,
  lineColumns,
  listColumns,
  providerColumns,
} from './columns.ts';

const linked = 'true';

/** @param referenceDate of the register, yyyy-mm-dd. */
export const maintainerRow = (facts: EntityFacts, names: Outward, referenceDate: string): Row => {
  const { c0010, c0020, c0030, c0040 } = cellsOf(entityColumns, facts, names);
  return {
    c0010: c0010 ?? '',
    c0020: c0020 ?? '',
    c0030: c0030 ?? '',
    c0040: c0040 ?? '',
    c0050: facts.authority ?? '',
    c0060: referenceDate,
  };
};

/** @param updatedOn day on which the entity's own record was changed last. */
export function entityRows(facts: EntityFacts, names: Outward, updatedOn: string): Row[] {
  const { branches: _branches, group, ...own } = facts;
  return [{ ...own, updatedOn, deletedOn: null }, ...group].map((one) =>
    // An entity without a parent is its own: the column names itself.
    cellsOf(entityColumns, { ...one, parentLei: one.parentLei ?? one.lei }, names),
  );
}

export const branchRows = (facts: EntityFacts, names: Outward): Row[] =>
  facts.branches.map((one) => cellsOf(branchColumns, one, names));

export const contractRow = (facts: ContractFacts, names: Outward): Row =>
  cellsOf(contractColumns, facts, names);

const typeOf = (id: string, { providers }: Outward): string => providers.get(id)?.type ?? '';

/** Rows of B_02.02; the reason of an end that lies after the reference date is not told yet. */
export const rowsOfUses = (facts: ContractFacts, names: Outward, referenceDate: string): Row[] =>
  facts.uses.map((use) => {
    const isEnded = use.endsOn !== null && use.endsOn <= referenceDate;
    return {
      c0010: facts.reference,
      ...cellsOf(
        lineColumns['B_02.02'].columns,
        { ...use, endReason: isEnded ? use.endReason : null },
        names,
      ),
      c0040: typeOf(use.provider, names),
    };
  });

export const userRows = (facts: ContractFacts, names: Outward): Row[] =>
  facts.users.map((user) => ({
    c0010: facts.reference,
    ...cellsOf(lineColumns['B_04.01'].columns, user, names),
    c0030: user.branch === null ? notABranch : branch,
  }));

/** At rank 1 filing practice repeats the provider as the recipient, since the column is part of the key. */
export const chainRows = (facts: ContractFacts, names: Outward): Row[] =>
  facts.chain.map((link) => ({
    c0010: facts.reference,
    ...cellsOf(
      lineColumns['B_05.02'].columns,
      { ...link, recipient: link.recipient ?? link.provider },
      names,
    ),
    c0040: typeOf(link.provider, names),
    // Asked from rank 2 on; at rank 1 the taxonomy has the provider itself for a recipient.
    c0070: link.recipient === null ? '' : typeOf(link.recipient, names),
  }));

export const assessmentRows = (facts: ContractFacts, names: Outward): Row[] =>
  facts.assessments.map((assessment) => ({
    c0010: facts.reference,
    ...cellsOf(lineColumns['B_07.01'].columns, assessment, names),
    c0030: typeOf(assessment.provider, names),
  }));

/** Rows of the templates that tie a contract to one thing each. */
export function listRows(
  template: keyof typeof listColumns,
  facts: ContractFacts,
  names: Outward,
): Row[] {
  const { list, column, cell, link } = listColumns[template];
  return facts[list].map((value) => ({
    c0010: facts.reference,
    [column]: cell.out(value, names),
    ...(link === null ? { c0030: typeOf(value, names) } : { [link]: linked }),
  }));
}

export const functionRow = (facts: FunctionFacts, texts: Texts, names: Outward): Row => ({
  ...cellsOf(functionColumns, facts, names),
  c0060: texts['reason'] ?? '',
});

/** What names an individual comes from the texts; one without a parent above is its own. */
export function providerRow(id: string, facts: ProviderFacts, texts: Texts, names: Outward): Row {
  const isIndividual = facts.person === individual;
  const named = isIndividual
    ? {
        ...facts,
        name: texts[individualTexts.name] ?? null,
        latinName: texts[individualTexts.latinName] ?? null,
      }
    : facts;
  const own = names.providers.get(id);
  const parent = facts.parent === null ? own : names.providers.get(facts.parent);
  return {
    ...cellsOf(providerColumns, named, names),
    c0010: own?.code ?? '',
    c0110: parent?.code ?? '',
    c0120: parent?.type ?? '',
  };
}

export const definitionRow = (texts: Texts): Row =>
  Object.fromEntries(
    Object.keys(definitions).map((column) => [column, texts[definitionField(column)] ?? '']),
  );
