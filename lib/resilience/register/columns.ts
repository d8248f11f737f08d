/** Which field of a record stands in which column of the register. One table for export, import and sentences. Pure. */
import {
  branchCell,
  contractCell,
  countryCell,
  countryKey,
  currencyCell,
  functionCell,
  hoursCell,
  maybeContractCell,
  openDay,
  ownLei,
  plain,
  providerCell,
  wholeCell,
  yesNoCell,
  type Codec,
} from './cells.ts';

export type FieldColumn = { column: string; field: string; cell: Codec };

const of = (column: string, field: string, cell: Codec = plain): FieldColumn => ({
  column,
  field,
  cell,
});

/** Facts of an entity in scope; its direct parent is spelled by who writes the row, since none means itself. */
export const entityColumns: readonly FieldColumn[] = [
  of('c0010', 'lei'),
  of('c0020', 'name'),
  of('c0030', 'country', countryCell),
  of('c0040', 'type'),
  of('c0050', 'hierarchy'),
  of('c0060', 'parentLei'),
  of('c0070', 'updatedOn'),
  of('c0080', 'integratedOn'),
  of('c0090', 'deletedOn', openDay),
  of('c0100', 'currency', currencyCell),
  of('c0110', 'assets'),
];

export const branchColumns: readonly FieldColumn[] = [
  of('c0010', 'code'),
  of('c0020', 'headOffice', ownLei),
  of('c0030', 'name'),
  of('c0040', 'country', countryCell),
];

export const contractColumns: readonly FieldColumn[] = [
  of('c0010', 'reference'),
  of('c0020', 'type'),
  of('c0030', 'overarching', maybeContractCell),
  of('c0040', 'currency', currencyCell),
  of('c0050', 'expense'),
];

export const useColumns: readonly FieldColumn[] = [
  of('c0020', 'user', ownLei),
  of('c0030', 'provider', providerCell),
  of('c0050', 'function', functionCell),
  of('c0060', 'service'),
  of('c0070', 'startsOn'),
  of('c0080', 'endsOn', openDay),
  of('c0090', 'endReason'),
  of('c0100', 'noticeEntity', wholeCell),
  of('c0110', 'noticeProvider', wholeCell),
  of('c0120', 'law', countryCell),
  of('c0130', 'providedFrom', countryKey),
  of('c0140', 'storesData', yesNoCell),
  of('c0150', 'dataAt', countryKey),
  of('c0160', 'processedAt', countryKey),
  of('c0170', 'sensitivity'),
  of('c0180', 'reliance'),
];

export const userColumns: readonly FieldColumn[] = [
  of('c0020', 'user', ownLei),
  of('c0040', 'branch', branchCell),
];

export const chainColumns: readonly FieldColumn[] = [
  of('c0020', 'service'),
  of('c0030', 'provider', providerCell),
  of('c0050', 'rank', wholeCell),
  of('c0060', 'recipient', providerCell),
];

export const assessmentColumns: readonly FieldColumn[] = [
  of('c0020', 'provider', providerCell),
  of('c0040', 'service'),
  of('c0050', 'substitutability'),
  of('c0060', 'reason'),
  of('c0070', 'auditedOn', openDay),
  of('c0080', 'exitPlan', yesNoCell),
  of('c0090', 'reintegration'),
  of('c0100', 'impact'),
  of('c0110', 'alternatives'),
  of('c0120', 'which'),
];

export const functionColumns: readonly FieldColumn[] = [
  of('c0010', 'id'),
  of('c0020', 'activity'),
  of('c0030', 'name'),
  of('c0040', 'entity', ownLei),
  of('c0050', 'critical'),
  of('c0070', 'assessedOn', openDay),
  of('c0080', 'rtoHours', hoursCell),
  of('c0090', 'rpoHours', hoursCell),
  of('c0100', 'impact'),
];

/** The parent is spelled by who writes the row, since none means the provider itself. */
export const providerColumns: readonly FieldColumn[] = [
  of('c0010', 'code'),
  of('c0020', 'codeType'),
  of('c0030', 'otherCode'),
  of('c0040', 'otherCodeType'),
  of('c0050', 'name'),
  of('c0060', 'latinName'),
  of('c0070', 'person'),
  of('c0080', 'country', countryCell),
  of('c0090', 'currency', currencyCell),
  of('c0100', 'expense'),
];

/** Templates whose rows are one value each in a list of the contract. */
export const listColumns = {
  'B_02.03': { list: 'restsOn', column: 'c0020', cell: contractCell, link: 'c0030' },
  'B_03.01': { list: 'signatories', column: 'c0020', cell: plain, link: 'c0030' },
  'B_03.02': { list: 'providerSignatories', column: 'c0020', cell: providerCell, link: null },
  'B_03.03': { list: 'groupProviders', column: 'c0020', cell: plain, link: 'c0031' },
} as const;

/** Templates whose rows are lines of a list of the contract. */
export const lineColumns = {
  'B_02.02': { list: 'uses', columns: useColumns },
  'B_04.01': { list: 'users', columns: userColumns },
  'B_05.02': { list: 'chain', columns: chainColumns },
  'B_07.01': { list: 'assessments', columns: assessmentColumns },
} as const;

/** A row's cells out of a record's values. */
export function cellsOf(
  columns: readonly FieldColumn[],
  values: object,
  names: Parameters<Codec['out']>[1],
): Record<string, string> {
  const by = values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    columns.map(({ column, field, cell }) => [column, cell.out(by[field] ?? null, names)]),
  );
}

/** A record's values out of a row's cells; a missing cell is an empty one. */
export function valuesOf(
  columns: readonly FieldColumn[],
  row: Readonly<Record<string, string>>,
  names: Parameters<Codec['in']>[1],
): Record<string, unknown> {
  return Object.fromEntries(
    columns.map(({ column, field, cell }) => [field, cell.in((row[column] ?? '').trim(), names)]),
  );
}
