import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { notApplicableCode } from '../codes.ts';
import { templateCodes, type Row } from './column.ts';
import { lettersOf, readSpreadsheet } from './read-spreadsheet.ts';
import { templates } from './templates.ts';
import { sampleRows } from './testing/sample-register.ts';
import { rawWorkbook, sampleWorkbook, textCell } from './testing/workbooks.ts';

async function rowsOf(bytes: Uint8Array): Promise<Readonly<Record<string, readonly Row[]>>> {
  const read = await readSpreadsheet(bytes);
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  return read.rows;
}

async function refusedIn(bytes: Uint8Array) {
  const read = await readSpreadsheet(bytes);
  return 'refused' in read ? read.refused : [];
}

test('a workbook with codes of columns gives the rows of all templates, with nothing lost', async () => {
  expect(await rowsOf(await sampleWorkbook())).toEqual(sampleRows());
});

test('sheets and columns may have names, and cells the words of the lists', async () => {
  const words = new Map(
    templates.flatMap(({ columns }) =>
      columns.flatMap(({ type }) => (type.kind === 'list' ? Object.entries(type.codes) : [])),
    ),
  );
  const cell = (text: string): string =>
    text === notApplicableCode
      ? 'not applicable'
      : (words.get(text) ?? text.replace(/^eba_(?:GA|CU):/, ''));
  const workbook = await sampleWorkbook({
    sheet: ({ code, name }) => `${code.replace('_', ' ')} ${name}`.slice(0, 31),
    head: ({ columns }, index) => columns[index]?.name.toUpperCase() ?? '',
    cell,
  });
  expect(await rowsOf(workbook)).toEqual(sampleRows());
});

test('no template has two columns of one name, so a name says which one it is', () => {
  for (const { columns } of templates)
    expect(new Set(columns.map(({ name }) => name.toLowerCase())).size).toBe(columns.length);
});

test('sheets that are no templates are left aside by their names, and absent ones are left out', async () => {
  const workbook = await sampleWorkbook({
    sheet: ({ code }) => (code === 'B_02.01' ? code : `Notes ${code}`),
  });
  const read = await readSpreadsheet(workbook);
  expect(read).toEqual({
    rows: { 'B_02.01': sampleRows()['B_02.01'] },
    left: templateCodes.filter((code) => code !== 'B_02.01').map((code) => `Notes ${code}`),
  });
});

const heads = ['c0010', 'c0020', 'c0030', 'c0040', 'c0050'];
const header = `<row r="1">${heads.map((head, at) => textCell(`${lettersOf(at)}1`, head)).join('')}</row>`;
const contract = (cells: string) => rawWorkbook('B_02.01', `${header}<row r="2">${cells}</row>`);

const good = [
  textCell('A2', 'C-1'),
  textCell('B2', 'Standalone'),
  textCell('C2', 'Not applicable'),
  textCell('D2', 'EUR'),
];

test('figures keep what they say, also where a program wrote them with an exponent', async () => {
  for (const [figure, text] of [
    ['120000.5', '120000.5'],
    ['1.2E5', '120000'],
    ['0', '0'],
    ['-3', '-3'],
  ] as const)
    expect(await rowsOf(contract(`${good.join('')}<c r="E2"><v>${figure}</v></c>`))).toEqual({
      'B_02.01': [
        {
          c0010: 'C-1',
          c0020: 'eba_CO:x1',
          c0030: 'Not applicable',
          c0040: 'eba_CU:EUR',
          c0050: text,
        },
      ],
    });
});

test('days may be dates or texts', async () => {
  const names = [
    'Contract',
    'Provider',
    'Type of code',
    'Type of service',
    'Substitutability',
    'Reason',
    'Last audit',
    'Exit plan',
    'Reintegration',
    'Impact of discontinuing it',
    'Alternatives identified',
    'Which alternatives',
  ];
  const top = `<row r="3">${names.map((name, at) => textCell(`${lettersOf(at)}3`, name)).join('')}</row>`;
  const sheet = (cell: string) =>
    rawWorkbook('B_07.01', `${top}<row r="7">${textCell('A7', 'C-1')}${cell}</row>`);
  for (const cell of ['<c r="G7" s="1"><v>45782</v></c>', textCell('G7', '2025-05-05')]) {
    const { 'B_07.01': rows = [] } = await rowsOf(sheet(cell));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ c0010: 'C-1', c0070: '2025-05-05', c0120: '' });
  }
  expect(await refusedIn(sheet('<c r="G7" s="1"><v>45782.5</v></c>'))).toEqual([
    { sheet: 'B_07.01', cell: 'G7', reason: expect.stringContaining('a time of day') },
  ]);
});

test.each([
  ['a formula', '<c r="E2"><f>1+1</f><v>2</v></c>', 'E2', 'has a formula'],
  [
    'a formula whose value is a text',
    '<c r="E2" t="str"><f>A1</f><v>x</v></c>',
    'E2',
    'has a formula',
  ],
  [
    'a formula under another prefix',
    '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="E2"><x:f>1</x:f></x:c>',
    'E2',
    'has a formula',
  ],
  ['an error', '<c r="E2" t="e"><v>#REF!</v></c>', 'E2', 'shows an error'],
  [
    'a figure that is none',
    textCell('E2', 'much'),
    'E2',
    'c0050 (Yearly expense): "much" is not a plain figure',
  ],
  [
    'more digits than a number keeps',
    '<c r="E2"><v>1.2345678901234567E19</v></c>',
    'E2',
    'keeps 15 digits',
  ],
  ['a truth for a figure', '<c r="E2" t="b"><v>1</v></c>', 'E2', 'True or false'],
  ['a date for a figure', '<c r="E2" s="1"><v>45782</v></c>', 'E2', 'formatted as a date'],
  [
    'a cell without a head',
    `<c r="E2"><v>1</v></c>${textCell('F2', 'x')}`,
    'F2',
    'nothing above this cell',
  ],
  ['a cell far outside', `<c r="XFD2"><v>1</v></c>`, 'XFD2', 'far outside'],
])('%s is refused with its cell', async (_, cell, place, reason) => {
  expect(await refusedIn(contract(good.join('') + cell))).toEqual([
    { sheet: 'B_02.01', cell: place, reason: expect.stringContaining(reason) },
  ]);
});

test('a code that is in no list is refused with its column', async () => {
  const cells = [textCell('A2', 'C-1'), textCell('B2', 'eba_CO:x9')].join('');
  expect(await refusedIn(contract(cells))).toEqual([
    {
      sheet: 'B_02.01',
      cell: 'B2',
      reason: 'c0020 (Type of contract): "eba_CO:x9" is not in the list of type of contract.',
    },
  ]);
});

test.each([
  ['a column too few', heads.slice(0, 4), 'The column c0050 (Yearly expense) is missing.', null],
  ['a column too many', [...heads, 'c0060'], 'This is no column of B_02.01', 'F1'],
  ['a column twice', [...heads, 'Reference'], 'The column c0010 stands twice.', 'F1'],
])('%s is refused', async (_, names, reason, cell) => {
  const row = names.map((name, at) => textCell(`${lettersOf(at)}1`, name)).join('');
  expect(await refusedIn(rawWorkbook('B_02.01', `<row r="1">${row}</row>`))).toEqual([
    { sheet: 'B_02.01', cell, reason: expect.stringContaining(reason) },
  ]);
});

test.each([
  ['macros', { 'xl/vbaProject.bin': strToU8('x') }, 'macros'],
  [
    'links to other workbooks',
    { 'xl/externalLinks/externalLink1.xml': strToU8('<a/>') },
    'links to other workbooks',
  ],
  ['something embedded', { 'xl/embeddings/oleObject1.bin': strToU8('x') }, 'embedded'],
  ['a connection', { 'xl/connections.xml': strToU8('<a/>') }, 'connections'],
  [
    'a document type',
    { 'xl/styles.xml': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') },
    'can’t be read',
  ],
  [
    'XML that is none',
    { 'xl/worksheets/sheet1.xml': strToU8('<worksheet><sheetData>') },
    'can’t be read',
  ],
  [
    'far more than its size',
    { 'xl/media/bomb.xml': new Uint8Array(40_000_000) },
    'unfolds to far more',
  ],
  [
    'a row far outside',
    {
      'xl/worksheets/sheet1.xml': strToU8(
        '<worksheet><sheetData><row r="1048576"><c r="A1048576"/></row></sheetData></worksheet>',
      ),
    },
    'far outside',
  ],
])('a workbook with %s is refused', async (_, more, reason) => {
  const [fault] = await refusedIn(rawWorkbook('B_02.01', header, more));
  expect(fault?.reason).toContain(reason);
});

const relation = (id: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="${target}"/>`;
const sheetFile = (cells: string) =>
  strToU8(`<worksheet><sheetData>${cells}</sheetData></worksheet>`);
/** A workbook of sheets as they are listed, over parts of the names given. */
const workbookOfSheets = (sheets: string, relations: string, parts: Record<string, Uint8Array>) =>
  rawWorkbook('B_02.01', header, {
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${sheets}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${relations}</Relationships>`),
    ...parts,
  });

test('a workbook of a few bytes does not become a table of millions of cells', async () => {
  const far = '<row r="100001"><c r="BH100001" t="inlineStr"><is><t>x</t></is></c></row>';
  const five = [1, 2, 3, 4, 5];
  const sheets = five.map((at) => `<sheet name="S${at}" sheetId="${at}" r:id="r${at}"/>`).join('');
  const [apart] = await refusedIn(
    workbookOfSheets(
      sheets,
      five.map((at) => relation(`r${at}`, `worksheets/sheet${at}.xml`)).join(''),
      Object.fromEntries(five.map((at) => [`xl/worksheets/sheet${at}.xml`, sheetFile(far)])),
    ),
  );
  expect(apart?.reason).toContain('farther apart');
  const wide = rawWorkbook('B_02.01', '<row r="1"><c r="GR1"><v>1</v></c></row>');
  expect((await refusedIn(wide))[0]?.reason).toContain('far outside');
  const rows = rawWorkbook('B_02.01', '<row/>'.repeat(100_002));
  expect((await refusedIn(rows))[0]?.reason).toContain('at most 100001 rows');
});

test('no part of a workbook is two sheets, however it is spelled, and there are at most forty', async () => {
  const one = (sheets: string, relations: string) =>
    refusedIn(workbookOfSheets(sheets, relations, {}));
  const two =
    '<sheet name="B_02.01" sheetId="1" r:id="r1"/><sheet name="B" sheetId="2" r:id="r2"/>';
  expect(
    await one(
      two,
      relation('r1', 'worksheets/sheet1.xml') + relation('r2', '/xl/worksheets/sheet1.xml'),
    ),
  ).toMatchObject([{ reason: 'Two sheets are one. Save the workbook anew.' }]);
  expect(
    await one(
      '<sheet name="B_02.01" sheetId="1" r:id="r1" id="r2"/>',
      relation('r1', 'worksheets/sheet1.xml'),
    ),
  ).toMatchObject([{ reason: 'The workbook says where things are twice.' }]);
  expect(await one('<sheet name="x" sheetId="1"/>'.repeat(41), '')).toMatchObject([
    { reason: 'A workbook has at most 40 sheets.' },
  ]);
});

test('one text of megabytes in thousands of cells is refused as soon as one of a few', async () => {
  const rows = Array.from(
    { length: 5_000 },
    (_, at) =>
      `<row r="${at + 2}">${['A', 'B', 'C', 'D'].map((column) => `<c r="${column}${at + 2}" t="s"><v>0</v></c>`).join('')}</row>`,
  ).join('');
  const book = rawWorkbook('B_02.01', header + rows, {
    'xl/sharedStrings.xml': strToU8(`<sst><si><t>${'Ab'.repeat(4_000_000)}</t></si></sst>`),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${relation('rId1', 'worksheets/sheet1.xml')}${relation('s', 'sharedStrings.xml').replace('/worksheet"', '/sharedStrings"')}</Relationships>`,
    ),
  });
  const refused = await refusedIn(book);
  expect(refused).toHaveLength(200);
  expect(refused[0]).toMatchObject({
    cell: 'A2',
    reason: expect.stringContaining('more than 10000 characters'),
  });
});

test('bytes that only a reader without the list of contents would see are refused', async () => {
  const hidden = zipSync({ 'xl/worksheets/sheet1.xml': strToU8('<worksheet/>') });
  const bytes = Buffer.concat([hidden, rawWorkbook('B_02.01', header)]);
  expect((await refusedIn(bytes)).length).toBeGreaterThan(0);
});

test('whatever is sent as a workbook, the answer is rows or reasons, never a crash', async () => {
  const workbook = rawWorkbook('B_02.01', `${header}<row r="2">${good.join('')}</row>`);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
      expect((await refusedIn(bytes)).length).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(workbook.length - 1), fc.nat(255), async (at, byte) => {
      const bytes = workbook.slice();
      bytes[at] = byte;
      await readSpreadsheet(bytes);
    }),
    { numRuns: 100 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.string({
        maxLength: 200,
        unit: fc.constantFrom(
          '<',
          '>',
          '/',
          'c',
          'row',
          ' r="',
          'A1',
          '"',
          'f',
          'v',
          '1',
          ' t="s"',
        ),
      }),
      async (xml) => {
        await readSpreadsheet(rawWorkbook('B_02.01', xml));
      },
    ),
    { numRuns: 200 },
  );
});
