/**
 * The map of the whole database: what each column may say of a person. A test compares it with the columns there are,
 * so that nothing is kept of which the map says nothing. What each field of the vault is for, on which ground, who gets
 * it and how long it stays is `lib/persons/field-map.ts`. Pure.
 */
import { columnKinds, type ColumnKind, type TableMap } from './column-kinds.ts';
import { accessTables } from './access-tables.ts';
import { clientTables } from './client-tables.ts';
import { incidentTables } from './incident-tables.ts';
import { ledgerTables } from './ledger-tables.ts';
import { operationTables } from './operation-tables.ts';
import { peopleTables } from './people-tables.ts';
import { resilienceTables } from './resilience-tables.ts';

export const dataMap: TableMap = {
  ...accessTables,
  ...clientTables,
  ...incidentTables,
  ...ledgerTables,
  ...operationTables,
  ...peopleTables,
  ...resilienceTables,
};

export type MappedColumn = { table: string; column: string; kind: ColumnKind };

const kinds = Object.keys(columnKinds) as ColumnKind[];

/** Every column with its kind, by table and column. */
export const mappedColumns = (): MappedColumn[] =>
  Object.entries(dataMap)
    .flatMap(([table, entry]) =>
      kinds.flatMap((kind) =>
        (entry[kind] ?? '')
          .split(' ')
          .filter(Boolean)
          .map((column) => ({ table, column, kind })),
      ),
    )
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));

const nameOf = ({ table, column }: MappedColumn): string => `${table}.${column}`;
