import { describe, expect, test } from 'vitest';
import { camtNamespace, camtVersions } from './camt053.ts';
import { parseStatement } from './read-statement.ts';
import { renderCamt } from '#lib/sandbox/banks/render-statement.ts';
import { bytesOf, refusalOf, sampleEntry, sampleStatement } from './testing/samples.ts';

const good = renderCamt(sampleStatement());

function taken(text: string) {
  const result = parseStatement(bytesOf(text), 'camt.053');
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

/** The sample with one piece of it written otherwise; the piece must be there. */
function bent(piece: string | RegExp, instead: string, text = good): string {
  const changed = text.replace(piece, instead);
  if (changed === text) throw new Error(`Nothing to replace: ${String(piece)}`);
  return changed;
}

describe('a camt.053 file', () => {
  test('gives account, number, days, balances and entries, each entry with its line', () => {
    const statement = taken(good);
    expect(statement).toMatchObject({
      iban: 'AT119990000001234501',
      currency: 'EUR',
      id: 'STMT-2026-231',
      sequence: 231,
      from: '2026-11-26',
      to: '2026-11-27',
      opening: 100_000n,
      closing: 123_950n,
    });
    expect(statement.entries).toEqual([
      { line: 12, ...sampleEntry() },
      {
        line: 13,
        ...sampleEntry({
          amount: -1_050n,
          reference: 'BANKREF-0002',
          remittance: 'Fees & charges <November>',
          endToEnd: null,
        }),
      },
    ]);
    expect(statement.lines).toEqual({ account: 9, id: 5, sequence: 6, opening: 10, closing: 11 });
  });

  test.each(camtVersions)('is read in version %s', (version) => {
    expect(taken(renderCamt(sampleStatement(), version)).entries).toHaveLength(2);
  });

  test('is read with a prefix for its namespace, a byte order mark, comments and CDATA', () => {
    const prefixed = good
      .replaceAll(/<(\/?)(?=[A-Z])/g, '<$1n:')
      .replace('xmlns=', 'xmlns:n=')
      .replace('Deposit C-20418', '<![CDATA[Deposit ]]><!-- who --><![CDATA[C-20418]]>');
    expect(taken(`\u{FEFF}${prefixed}`)).toEqual(taken(good));
  });

  test('keeps a previous closing balance for an opening one, and an overdrawn account', () => {
    const overdrawn = renderCamt(sampleStatement({ opening: -5_000_000n })).replace('OPBD', 'PRCD');
    expect(taken(overdrawn).opening).toBe(-5_000_000n);
  });

  test('may hold what belongs to others inside its supplementary data', () => {
    const extra = `<SplmtryData><Envlp><o:x xmlns:o="urn:other"><o:Ntry>text</o:Ntry></o:x></Envlp></SplmtryData></Stmt>`;
    expect(taken(bent('</Stmt>', extra))).toEqual(taken(good));
  });

  test('says how many payments an entry stands for, and no payer’s words as those of all', () => {
    const details = good.match(/<TxDtls>.*?<\/TxDtls>/u)?.[0] ?? '';
    const batch = taken(bent(details, details + details.replace('C-20418', 'C-20977')));
    expect(batch.entries[0]).toMatchObject({ payments: 2, endToEnd: null, counterparty: null });
    const told = taken(bent('<TxDtls>', '<Btch><NbOfTxs>40</NbOfTxs></Btch><TxDtls>'));
    expect(told.entries[0]).toMatchObject({ payments: 40 });
  });

  test('keeps amounts of 27 digits to the last cent', () => {
    const amount = 123_456_789_012_345_678_901_234_567n;
    const large = sampleStatement({ entries: [sampleEntry({ amount })] });
    expect(taken(renderCamt(large)).entries[0]?.amount).toBe(amount);
    expect(taken(renderCamt(large)).closing).toBe(amount + 100_000n);
  });

  test.each([
    ['camt.053.001.03', 'camt.053.001.03'],
    ['camt.053.001.14', 'camt.053.001.14'],
    ['camt.052.001.08', 'camt.052.001.08'],
    ['pain.001.001.09', 'pain.001.001.09'],
  ])('in the namespace of %s is refused by that name', (name, said) => {
    const refusal = refusalOf(bent(camtNamespace('08'), `urn:iso:std:iso:20022:tech:xsd:${name}`));
    expect(refusal).toMatchObject({ code: 'namespace-unsupported', line: 2, column: 1 });
    expect(refusal.sentence).toContain(said);
  });

  test('in no namespace or a stranger’s is refused, and the name is not repeated', () => {
    expect(refusalOf(bent(/ xmlns="[^"]*"/, '')).code).toBe('namespace-unsupported');
    const stranger = refusalOf(bent(camtNamespace('08'), 'urn:evil-name'));
    expect(stranger.code).toBe('namespace-unsupported');
    expect(stranger.sentence).not.toContain('evil');
  });

  test('with an element of another namespace among its own is refused at that element', () => {
    const foreign = bent('<ElctrncSeqNb>', '<ElctrncSeqNb xmlns="urn:other">');
    expect(refusalOf(foreign)).toMatchObject({ code: 'namespace-unsupported', line: 6, column: 1 });
  });
});

describe('a camt.053 file is refused, with the line,', () => {
  const second = `<Stmt><Id>2</Id></Stmt></BkToCstmrStmt>`;
  test.each<[string, string, { code: string; line: number }]>([
    [
      'for a second statement',
      bent('</BkToCstmrStmt>', second),
      { code: 'several-statements', line: 15 },
    ],
    [
      'for the first page of two',
      bent('</GrpHdr>', '<MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>'),
      { code: 'paged', line: 3 },
    ],
    [
      'for a second page',
      bent(
        '<ElctrncSeqNb>',
        '<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn><ElctrncSeqNb>',
      ),
      { code: 'paged', line: 6 },
    ],
    ['without an id', bent(/<Id>STMT[^\n]*\n/, ''), { code: 'field-missing', line: 4 }],
    [
      'without a number',
      bent(/<ElctrncSeqNb>.*<\/ElctrncSeqNb>/, ''),
      { code: 'sequence-malformed', line: 4 },
    ],
    ['without an opening balance', bent('OPBD', 'OPAV'), { code: 'field-missing', line: 4 }],
    ['without a closing balance', bent('CLBD', 'CLAV'), { code: 'field-missing', line: 4 }],
    ['with two closing balances', bent('OPBD', 'CLBD'), { code: 'structure', line: 11 }],
    [
      'for an account without an IBAN',
      bent(/<IBAN>AT.*?<\/IBAN>/, '<Othr><Id>1</Id></Othr>'),
      { code: 'iban-malformed', line: 9 },
    ],
    [
      'for a payer’s IBAN with wrong check digits',
      bent('DE28', 'DE29'),
      { code: 'iban-malformed', line: 12 },
    ],
    [
      'for an entry that is pending',
      bent('<Cd>BOOK', '<Cd>PDNG'),
      { code: 'not-booked', line: 12 },
    ],
    [
      'for an entry for information',
      bent('<Cd>BOOK', '<Cd>INFO'),
      { code: 'not-booked', line: 12 },
    ],
    [
      'for a status as older versions write it',
      bent('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>'),
      { code: 'field-missing', line: 12 },
    ],
    ['for an entry of nothing', bent('>250.00<', '>0.00<'), { code: 'amount-zero', line: 12 }],
    ['for a third decimal', bent('>250.00<', '>250.001<'), { code: 'amount-malformed', line: 12 }],
    [
      'for an amount with a sign',
      bent('>250.00<', '>-250.00<'),
      { code: 'amount-malformed', line: 12 },
    ],
    [
      'for an amount with an exponent',
      bent('>250.00<', '>2.5E2<'),
      { code: 'amount-malformed', line: 12 },
    ],
    [
      'for an amount in another country’s digits',
      bent('>250.00<', '>٢٥٠<'),
      { code: 'amount-malformed', line: 12 },
    ],
    [
      'for an amount of 28 digits',
      bent('>250.00<', `>${'9'.repeat(28)}<`),
      { code: 'amount-malformed', line: 12 },
    ],
    [
      'for an amount without a currency',
      bent('<Amt Ccy="EUR">250', '<Amt>250'),
      { code: 'field-missing', line: 12 },
    ],
    [
      'for one amount in another currency',
      bent('<Amt Ccy="EUR">250', '<Amt Ccy="USD">250'),
      { code: 'currency-mixed', line: 13 },
    ],
    [
      'for an account in another currency than its amounts',
      bent('<Ccy>EUR', '<Ccy>USD'),
      { code: 'currency-mixed', line: 9 },
    ],
    [
      'for neither debit nor credit',
      bent('>CRDT</CdtDbtInd><RvslInd>', '>BOTH</CdtDbtInd><RvslInd>'),
      { code: 'structure', line: 12 },
    ],
    [
      'for two amounts in an entry',
      bent('<Amt Ccy="EUR">250', '<Amt Ccy="EUR">1.00</Amt><Amt Ccy="EUR">250'),
      { code: 'structure', line: 12 },
    ],
    [
      'for a day that does not exist',
      bent('<BookgDt><Dt>2026-11-26', '<BookgDt><Dt>2026-02-30'),
      { code: 'date-malformed', line: 12 },
    ],
    [
      'for a day in another form',
      bent('<BookgDt><Dt>2026-11-26', '<BookgDt><Dt>26.11.2026'),
      { code: 'date-malformed', line: 12 },
    ],
    [
      'for an entry without a day',
      bent(/<BookgDt>.*?<\/BookgDt>/, ''),
      { code: 'field-missing', line: 12 },
    ],
    [
      'for an entry without a reference of the bank',
      bent(/<AcctSvcrRef>.*?<\/AcctSvcrRef>/, ''),
      { code: 'field-missing', line: 12 },
    ],
    [
      'for a reference that is too long',
      bent('BANKREF-0001', 'R'.repeat(36)),
      { code: 'text-malformed', line: 12 },
    ],
    [
      'for a reference with hidden characters',
      bent('BANKREF-0001', 'REF\u{202E}1'),
      { code: 'text-malformed', line: 12 },
    ],
    ['for a number with letters', bent('>231<', '>231a<'), { code: 'sequence-malformed', line: 6 }],
    [
      'for a number that is too large',
      bent('>231<', '>1000000000<'),
      { code: 'sequence-malformed', line: 6 },
    ],
    [
      'for another number of entries than the bank names',
      bent(
        '<Ntry>',
        '<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries></TxsSummry><Ntry>',
      ),
      { code: 'count-differs', line: 12 },
    ],
    ['for text beside elements', bent('<Stmt>', '<Stmt>and'), { code: 'structure', line: 5 }],
    [
      'for an entry outside a statement',
      bent('</BkToCstmrStmt>', '<Ntry/></BkToCstmrStmt>'),
      { code: 'structure', line: 15 },
    ],
  ])('%s', (_, text, expected) => {
    expect(refusalOf(text)).toMatchObject(expected);
  });
});
