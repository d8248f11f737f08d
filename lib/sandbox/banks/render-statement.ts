/** Statements as the files that a bank would send: what the readers must read back. Pure. */
import { camtNamespace, type CamtVersion } from '#lib/reconciliation/statements/camt053.ts';
import { centsText } from '#lib/reconciliation/statements/cents.ts';
import type { CsvField, CsvLayout } from '#lib/reconciliation/statements/csv-layouts.ts';
import type { BankStatement, StatementEntry } from '#lib/reconciliation/statements/statement.ts';

export type Rendered = Omit<BankStatement, 'lines' | 'entries'> & {
  entries: readonly Omit<StatementEntry, 'line'>[];
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const xml = (text: string): string => text.replaceAll(/[&<>]/g, (found) => escapes[found] ?? found);

const tag = (name: string, content: string): string =>
  content === '' ? '' : `<${name}>${content}</${name}>`;

const signed = (cents: bigint, currency: string): string =>
  `<Amt Ccy="${currency}">${centsText(cents < 0n ? -cents : cents)}</Amt>` +
  tag('CdtDbtInd', cents < 0n ? 'DBIT' : 'CRDT');

const balance = (code: string, cents: bigint, day: string, currency: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${signed(cents, currency)}<Dt><Dt>${day}</Dt></Dt></Bal>`;

function entryXml(
  entry: Omit<StatementEntry, 'line'>,
  currency: string,
  version: CamtVersion,
): string {
  const account = tag('Id', tag('IBAN', entry.counterparty ?? ''));
  const side = entry.amount > 0n ? 'DbtrAcct' : 'CdtrAcct';
  const details = [
    tag('Refs', tag('EndToEndId', xml(entry.endToEnd ?? 'NOTPROVIDED'))),
    tag('RltdPties', entry.counterparty === null ? '' : tag(side, account)),
    tag('RmtInf', tag('Ustrd', xml(entry.remittance))),
  ].join('');
  return `<Ntry>${signed(entry.amount, currency)}<RvslInd>${entry.isReversal}</RvslInd>${
    version === '02' ? '<Sts>BOOK</Sts>' : '<Sts><Cd>BOOK</Cd></Sts>'
  }<BookgDt><Dt>${entry.bookingDate}</Dt></BookgDt>${
    entry.valueDate === null ? '' : `<ValDt><Dt>${entry.valueDate}</Dt></ValDt>`
  }<AcctSvcrRef>${xml(entry.reference)}</AcctSvcrRef><NtryDtls><TxDtls>${details}</TxDtls></NtryDtls></Ntry>`;
}

/** One element a line, so that lines can be told. */
export function renderCamt(statement: Rendered, version: CamtVersion = '08'): string {
  const { currency } = statement;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<Document xmlns="${camtNamespace(version)}"><BkToCstmrStmt>`,
    `<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-28T02:00:00</CreDtTm></GrpHdr>`,
    `<Stmt>`,
    `<Id>${xml(statement.id)}</Id>`,
    `<ElctrncSeqNb>${statement.sequence}</ElctrncSeqNb>`,
    `<CreDtTm>2026-11-28T02:00:00</CreDtTm>`,
    `<FrToDt><FrDtTm>${statement.from}T00:00:00</FrDtTm><ToDtTm>${statement.to}T23:59:59+01:00</ToDtTm></FrToDt>`,
    `<Acct><Id><IBAN>${statement.iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>`,
    balance('OPBD', statement.opening, statement.from, currency),
    balance('CLBD', statement.closing, statement.to, currency),
    ...statement.entries.map((entry) => entryXml(entry, currency, version)),
    `</Stmt>`,
    `</BkToCstmrStmt></Document>`,
  ].join('\n');
}

/** Quotes whatever needs it, as RFC 4180 has it. */
export function renderCsv(statement: Rendered, layout: CsvLayout, lineEnd = '\r\n'): string {
  const { words } = layout;
  const cell = (text: string): string =>
    /["\r\n]/.test(text) || text.includes(layout.delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const row = (fields: Partial<Record<CsvField, string>>): string =>
    layout.columns.map(({ field }) => cell(fields[field] ?? '')).join(layout.delimiter);
  const same = {
    iban: statement.iban,
    statement: statement.id,
    sequence: String(statement.sequence),
    currency: statement.currency,
  };
  const rows = [
    layout.columns.map(({ name }) => cell(name)).join(layout.delimiter),
    row({
      ...same,
      record: words.opening,
      booking_date: statement.from,
      amount: centsText(statement.opening, layout.decimal),
    }),
    ...statement.entries.map((entry) =>
      row({
        ...same,
        record: words.entry,
        booking_date: entry.bookingDate,
        value_date: entry.valueDate ?? '',
        amount: centsText(entry.amount, layout.decimal),
        reference: entry.reference,
        end_to_end: entry.endToEnd ?? '',
        remittance: entry.remittance,
        counterparty: entry.counterparty ?? '',
        reversal: entry.isReversal ? words.yes : words.no,
      }),
    ),
    row({
      ...same,
      record: words.closing,
      booking_date: statement.to,
      amount: centsText(statement.closing, layout.decimal),
    }),
  ];
  return rows.map((text) => text + lineEnd).join('');
}
