/** The map of personal data as one document for other software: fields of the vault, and columns of the database. Pure. */
import {
  categories,
  fieldNames,
  fieldOf,
  legalBases,
  personRoles,
  purposes,
} from '#lib/persons/field-map.ts';
import { retentionRules } from '#lib/persons/retention-rules.ts';
import { columnKinds } from './column-kinds.ts';
import { dataMap } from './data-map.ts';

/** Where the fields of the vault stand; nothing else of the product keeps them in a form that opens. */
const systems = ['person_value', 'backups of the database, sealed'] as const;

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
        return [name, { ...field, systems }];
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
