/**
 * Layouts of CSV statements. Each is declared, never guessed: who imports a file says which one it
 * has. A file has one row for the opening balance, one for each entry and one for the closing
 * balance, in this order, so that none can be cut off unseen. Pure.
 */
import type { DecimalMark } from './cents.ts';

/** What a row says, in the console's own words. */
export const csvFields = [
  'iban',
  'statement',
  'sequence',
  'record',
  'booking_date',
  'value_date',
  'amount',
  'currency',
  'reference',
  'end_to_end',
  'remittance',
  'counterparty',
  'reversal',
] as const;
export type CsvField = (typeof csvFields)[number];

export type CsvLayout = {
  /** As people choose it. */
  label: string;
  delimiter: ',' | ';' | '\t';
  decimal: DecimalMark;
  /** The name of each column in the file, in the order of the file. */
  columns: readonly { name: string; field: CsvField }[];
  /** How the file writes what a row is, and yes and no. */
  words: Readonly<Record<'opening' | 'entry' | 'closing' | 'yes' | 'no', string>>;
};

/** The console's own: RFC 4180 with commas, decimal point, ISO dates. */
const own: CsvLayout = {
  label: 'CSV, commas and decimal points',
  delimiter: ',',
  decimal: 'point',
  columns: csvFields.map((field) => ({ name: field, field })),
  words: { opening: 'opening', entry: 'entry', closing: 'closing', yes: 'yes', no: 'no' },
};

/** As banks of countries with a decimal comma export; the order of columns is its own. */
const german: CsvLayout = {
  label: 'CSV, German headings, semicolons and decimal commas',
  delimiter: ';',
  decimal: 'comma',
  columns: [
    { name: 'Kontonummer', field: 'iban' },
    { name: 'Auszug', field: 'statement' },
    { name: 'Auszugsnummer', field: 'sequence' },
    { name: 'Satzart', field: 'record' },
    { name: 'Buchungstag', field: 'booking_date' },
    { name: 'Wertstellung', field: 'value_date' },
    { name: 'Verwendungszweck', field: 'remittance' },
    { name: 'Gegenkonto', field: 'counterparty' },
    { name: 'Betrag', field: 'amount' },
    { name: 'Währung', field: 'currency' },
    { name: 'Bankreferenz', field: 'reference' },
    { name: 'Ende-zu-Ende-Referenz', field: 'end_to_end' },
    { name: 'Storno', field: 'reversal' },
  ],
  words: {
    opening: 'Anfangssaldo',
    entry: 'Umsatz',
    closing: 'Endsaldo',
    yes: 'ja',
    no: 'nein',
  },
};

export const csvLayouts = { csv: own, 'csv-german': german } as const satisfies Record<
  string,
  CsvLayout
>;
export type CsvLayoutName = keyof typeof csvLayouts;
