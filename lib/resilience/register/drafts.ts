/** Records as the rows of a register say them, each field with the cell that it comes from. Pure. */
import { individual } from '../codes.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import { definitionField, definitions } from '../kinds/entity-words.ts';
import { individualTexts } from '../kinds/provider.ts';
import type { Row, TemplateCode } from '../roi/column.ts';
import type { Codec, Inward } from './cells.ts';
import {
  branchColumns,
  contractColumns,
  entityColumns,
  functionColumns,
  lineColumns,
  listColumns,
  providerColumns,
  valuesOf,
  type FieldColumn,
} from './columns.ts';

/** Rows by template; a template that is left out is not said anything about. */
export type RegisterRows = Readonly<Partial<Record<TemplateCode, readonly Row[]>>>;

/** A row of a template, counted from 1 without the header. */
export type Place = { template: TemplateCode; row: number | null; column: string | null };

export type Draft = {
  facts: Record<string, unknown>;
  texts: Record<string, string>;
  /** The cell that a field of the record comes from. */
  placeOf: (field: string) => Named;
};

/** A cell, and what kind of record it names. */
export type Named = Place & { names?: Codec['names'] };

type Origin = { template: TemplateCode; row: number; columns: readonly FieldColumn[] };

/** Finds cells by fields: of the record itself, of its texts, and of the lines of its lists. */
function placer(
  own: Origin,
  lines: ReadonlyMap<string, Origin>,
  others: Readonly<Record<string, string>> = {},
): Draft['placeOf'] {
  return (field) => {
    const [list = '', index, ...rest] = field.split('.');
    const line = lines.get(`${list}.${index ?? ''}`);
    const { template, row, columns } = line ?? own;
    const name = line ? rest.join('.') : field;
    const found = columns.find((one) => one.field === name);
    const column = found?.column ?? others[name] ?? columns[0]?.column ?? null;
    return { template, row, column, names: found?.cell.names };
  };
}

const cell = (row: Row, column: string): string => (row[column] ?? '').trim();

/** Own row of B_01.01 with what B_01.02, B_01.03 and B_99.01 say; null where nobody keeps the register. */
export function entityDraft(rows: RegisterRows, before: object | null): Draft | null {
  const [maintainer] = rows['B_01.01'] ?? [];
  if (!maintainer) return null;
  const lei = cell(maintainer, 'c0010');
  const names: Inward = { ...noNames, own: lei };
  const scope = (rows['B_01.02'] ?? []).map((row, index) => ({
    row,
    origin: { template: 'B_01.02', row: index + 1, columns: entityColumns } as const,
  }));
  const valuesIn = (row: Row): Record<string, unknown> => {
    const values = valuesOf(entityColumns, row, names);
    // Its own LEI says that there is none above it.
    const parentLei = values['parentLei'] === values['lei'] ? null : values['parentLei'];
    return { ...values, parentLei };
  };
  const own = scope.find(({ row }) => cell(row, 'c0010') === lei);
  const others = scope.filter((one) => one !== own);
  const branches = rows['B_01.03'];
  const { updatedOn: _updated, deletedOn: _deleted, ...ofOwn } = own ? valuesIn(own.row) : {};
  const lines = new Map<string, Origin>([
    ...others.map(({ origin }, index) => [`group.${index}`, origin] as const),
    ...(branches ?? []).map(
      (_, index) =>
        [
          `branches.${index}`,
          { template: 'B_01.03', row: index + 1, columns: branchColumns },
        ] as const,
    ),
  ]);
  const maintained: Origin = {
    template: 'B_01.01',
    row: 1,
    columns: entityColumns.filter(({ column }) => column <= 'c0040'),
  };
  const placeOwn = placer(maintained, lines, { authority: 'c0050' });
  const placeScope = own ? placer(own.origin, lines) : placeOwn;
  const isMaintained = (field: string) =>
    field === 'authority' ||
    field.includes('.') ||
    maintained.columns.some((one) => one.field === field);
  return {
    facts: {
      ...before,
      ...ofOwn,
      ...valuesOf(maintained.columns, maintainer, names),
      authority: cell(maintainer, 'c0050') || null,
      ...(rows['B_01.02'] ? { group: others.map(({ row }) => valuesIn(row)) } : {}),
      ...(branches ? { branches: branches.map((row) => valuesOf(branchColumns, row, names)) } : {}),
    },
    texts: definitionTexts(rows),
    placeOf: (field) =>
      field.startsWith('definition.')
        ? { template: 'B_99.01', row: 1, column: field.slice('definition.'.length) }
        : isMaintained(field)
          ? placeOwn(field)
          : placeScope(field),
  };
}

function definitionTexts(rows: RegisterRows): Record<string, string> {
  const [said] = rows['B_99.01'] ?? [];
  return said
    ? Object.fromEntries(
        Object.keys(definitions).map((column) => [definitionField(column), cell(said, column)]),
      )
    : {};
}

export function functionDraft(
  row: Row,
  index: number,
  names: Inward,
  before: object | null,
): Draft {
  return {
    facts: { ...before, ...valuesOf(functionColumns, row, names) },
    texts: { reason: cell(row, 'c0060') },
    placeOf: placer({ template: 'B_06.01', row: index + 1, columns: functionColumns }, new Map(), {
      reason: 'c0060',
    }),
  };
}

/** @param parent id of the ultimate parent; null where the row names none but itself. */
export function providerDraft(
  row: Row,
  index: number,
  parent: string | null,
  before: object | null,
): Draft {
  const values = valuesOf(providerColumns, row, noNames);
  const isIndividual = values['person'] === individual;
  return {
    facts: {
      ...before,
      ...values,
      ...(isIndividual ? { code: null, name: null, latinName: null } : {}),
      parent,
    },
    texts: isIndividual
      ? {
          [individualTexts.code]: cell(row, 'c0010'),
          [individualTexts.name]: cell(row, 'c0050'),
          [individualTexts.latinName]: cell(row, 'c0060'),
        }
      : {},
    placeOf: placer({ template: 'B_05.01', row: index + 1, columns: providerColumns }, new Map(), {
      parent: 'c0110',
      [individualTexts.latinName]: 'c0060',
    }),
  };
}

/** Rows of every template about contracts, by the reference of the contract. */
export type ContractRows = Readonly<
  Partial<Record<TemplateCode, readonly { row: Row; index: number }[]>>
>;

const contractTemplates = [
  ...(Object.keys(listColumns) as (keyof typeof listColumns)[]),
  ...(Object.keys(lineColumns) as (keyof typeof lineColumns)[]),
];

/** Groups the rows about contracts. @returns also those that name a contract that has no row of its own. */
export function groupContracts(rows: RegisterRows): {
  contracts: Map<string, { row: Row; index: number; about: ContractRows }>;
  strays: Place[];
} {
  const contracts = new Map<
    string,
    { row: Row; index: number; about: Record<string, { row: Row; index: number }[]> }
  >();
  for (const [index, row] of (rows['B_02.01'] ?? []).entries())
    if (!contracts.has(cell(row, 'c0010')))
      contracts.set(cell(row, 'c0010'), { row, index, about: {} });
  const strays: Place[] = [];
  for (const template of contractTemplates)
    for (const [index, row] of (rows[template] ?? []).entries()) {
      const contract = contracts.get(cell(row, 'c0010'));
      if (contract) (contract.about[template] ??= []).push({ row, index });
      else strays.push({ template, row: index + 1, column: 'c0010' });
    }
  return { contracts, strays };
}

export function contractDraft(
  { row, index, about }: { row: Row; index: number; about: ContractRows },
  rows: RegisterRows,
  names: Inward,
  before: ContractFacts | null,
): Draft {
  const lines = new Map<string, Origin>();
  const facts: Record<string, unknown> = {
    ...before,
    ...valuesOf(contractColumns, row, names),
  };
  const note = (list: string, at: number, origin: Origin) => lines.set(`${list}.${at}`, origin);
  for (const template of Object.keys(listColumns) as (keyof typeof listColumns)[]) {
    if (!rows[template]) continue;
    const { list, column, cell: codec } = listColumns[template];
    facts[list] = (about[template] ?? []).map((one, at) => {
      note(list, at, {
        template,
        row: one.index + 1,
        columns: [{ column, field: '', cell: codec }],
      });
      return codec.in(cell(one.row, column), names);
    });
  }
  for (const template of Object.keys(lineColumns) as (keyof typeof lineColumns)[]) {
    if (!rows[template]) continue;
    const { list, columns } = lineColumns[template];
    facts[list] = (about[template] ?? []).map((one, at) => {
      note(list, at, { template, row: one.index + 1, columns });
      return lineValues(template, columns, one.row, names);
    });
  }
  return {
    facts,
    texts: {},
    placeOf: placer({ template: 'B_02.01', row: index + 1, columns: contractColumns }, lines),
  };
}

function lineValues(
  template: keyof typeof lineColumns,
  columns: readonly FieldColumn[],
  row: Row,
  names: Inward,
): Record<string, unknown> {
  const values = valuesOf(columns, row, names);
  // At rank 1 the column repeats the provider, or is empty.
  return template === 'B_05.02' && values['rank'] === 1 ? { ...values, recipient: null } : values;
}

const noNames: Inward = {
  own: '',
  providers: new Map(),
  functions: new Map(),
  contracts: new Map(),
};
