/** The map of personal data as one document for other software: fields of the vault, and columns of the database. Pure. */
import {
  categories,
  fieldNames,
  fieldOf,
  legalBases,
  personRoles,
  purposes,
  type Field,
} from '#lib/persons/field-map.ts';
import { retentionRules } from '#lib/persons/retention-rules.ts';
import { sealedColumns } from '../scan/sealed-columns.ts';
import { columnKinds } from './column-kinds.ts';
import { dataMap } from './data-map.ts';

/** Where a field of the vault stands: tables with a column bound to values of people, its hashes, and copies of all. */
const systemsOf = (field: Field): string[] => [
  ...valueTables,
  ...(field.search === undefined ? [] : hashTables),
  'backups of the database, sealed',
];

const valueTables = [
  ...new Set(
    sealedColumns.filter(({ sql }) => /'person-/u.test(sql)).map(({ table }) => String(table)),
  ),
].toSorted();

const hashTables = Object.entries(dataMap)
  .filter(([, { person, hash }]) => person !== undefined && hash === 'hash')
  .map(([table]) => table)
  .toSorted();

export function personalDataMap() {
  return {
    type: 'countersign/personal-data-map/v1',
    roles: personRoles,
    categories,
    purposes,
    legalBases,
    retentionRules,
    fields: Object.fromEntries(
      fieldNames.map((name) => {
        // That something is withheld, and why, is for those who may know of it.
        const { withheld: _, ...field } = fieldOf(name);
        return [name, { ...field, systems: systemsOf(fieldOf(name)) }];
      }),
    ),
    columnKinds,
    tables: Object.fromEntries(
      Object.entries(dataMap).map(([table, { what, ...columns }]) => [
        table,
        {
          what,
          columns: Object.fromEntries(
            Object.entries(columns).map(([kind, names]) => [kind, names.split(' ').toSorted()]),
          ),
        },
      ]),
    ),
  };
}
