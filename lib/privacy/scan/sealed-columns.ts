/**
 * Everything that stands in the database sealed, and the context under which each value was: what it is and where it
 * stands. A test compares the list with the columns that there are.
 */
import { bytesTables, textTables, type BytesTable } from '#lib/audit/sealed-text.ts';
import { SEALED_PART_BYTES } from '#lib/platform/data-keys/sealed-parts.ts';

export type SealedColumn = {
  table: string;
  column: string;
  /** Selects `place`, `context` and `sealed` of every value that is there. */
  sql: string;
};

/** Texts of other rooms, long ones in parts, as lib/audit/sealed-text.ts seals them. */
const textColumn = (
  table: BytesTable,
  committed = 'coalesce(redacted, commitment)',
): SealedColumn => ({
  table,
  column: 'sealed',
  sql: `select commitment || ' part ' || (part + 1) as place,
      'text/${table}/' || ${committed} || case part when 0 then '' else '/' || (part + 1) end as context,
      substring(sealed from part * ${SEALED_PART_BYTES} + 1 for ${SEALED_PART_BYTES}) as sealed
      from ${table}, generate_series(0, (octet_length(sealed) - 1) / ${SEALED_PART_BYTES}) part
      where sealed is not null`,
});

export const sealedColumns: readonly SealedColumn[] = [
  ...textTables.map((table) => textColumn(table)),
  ...bytesTables.map((table) => textColumn(table, 'commitment')),
  {
    table: 'person_value',
    column: 'sealed',
    sql: `select person_id || ' ' || field || ' ' || version as place,
      'person-value/' || person_id || '/' || field || '/' || version as context, sealed
      from person_value`,
  },
  {
    table: 'person_correction',
    column: 'sealed',
    sql: `select person_id || ' ' || id as place, 'person-correction/' || person_id || '/' || id as context, sealed
      from person_correction where sealed is not null`,
  },
  {
    table: 'person_erasure_witness',
    column: 'sealed',
    sql: `select w.erasure_id || ' ' || w.field || ' ' || w.version as place,
      'person-value/' || e.person_id || '/' || w.field || '/' || w.version as context, w.sealed
      from person_erasure_witness w join person_erasure e on e.id = w.erasure_id`,
  },
  {
    table: 'privacy_request_text',
    column: 'sealed',
    sql: `select request_id || ' ' || seq || ' ' || field as place,
      'privacy-request/' || request_id || '/' || seq || '/' || field as context, sealed
      from privacy_request_text where sealed is not null`,
  },
  {
    table: 'privacy_request_file',
    column: 'sealed',
    sql: `select request_id || ' ' || seq || ' ' || part as place,
      'privacy-request/' || request_id || '/' || seq || '/file/' || part as context, sealed
      from privacy_request_file where sealed is not null`,
  },
  {
    table: 'privacy_breach_text',
    column: 'sealed',
    sql: `select breach_id || ' ' || seq || ' ' || field as place,
      'privacy-breach/' || breach_id || '/' || seq || '/' || field as context, sealed
      from privacy_breach_text where sealed is not null`,
  },
  {
    table: 'privacy_hold_text',
    column: 'sealed',
    sql: `select hold_id || ' ' || seq || ' ' || field as place,
      'privacy-hold/' || hold_id || '/' || seq || '/' || field as context, sealed
      from privacy_hold_text where sealed is not null`,
  },
  {
    table: 'privacy_package',
    column: 'reasons',
    sql: `select id::text as place, 'privacy-package/' || id || '/reasons' as context, reasons as sealed
      from privacy_package where reasons is not null`,
  },
  {
    table: 'privacy_package_part',
    column: 'sealed',
    sql: `select package_id || ' ' || attempt || ' ' || what || ' ' || part as place,
      'privacy-package/' || package_id || '/' || attempt || '/' || what || '/' || part as context, sealed
      from privacy_package_part where sealed is not null`,
  },
];
