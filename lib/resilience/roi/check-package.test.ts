import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPackage, checkSentPackage } from './check-package.ts';
import { findingsMax } from './finding.ts';
import {
  indicatorsCsv,
  indicatorsPath,
  parametersPath,
  reportPackagePath,
  reportPath,
} from './package-parts.ts';
import { largeRegister } from './testing/large-register.ts';
import {
  filesOf,
  filing,
  folderOf,
  newFolder,
  sampleMadeAt,
  sampleName,
  zipOf,
  type Files,
} from './testing/packages.ts';
import { entity, leiOf, sampleRows } from './testing/sample-register.ts';
import { writePackage } from './write-package.ts';

const zipName = `${sampleName}.zip`;

test('a good package has no findings, as a zip and as a folder', async () => {
  expect(await checkSentPackage(zipOf(filesOf()), zipName)).toEqual([]);
  expect(await checkPackage(folderOf(filesOf()))).toEqual([]);
});

test('a package is found where it lies alone in a folder, packed or unpacked', async () => {
  expect(await checkPackage(dirname(folderOf(filesOf())))).toEqual([]);
  const folder = newFolder();
  writeFileSync(join(folder, zipName), zipOf(filesOf()));
  expect(await checkPackage(folder)).toEqual([]);
  expect(await checkPackage(join(folder, zipName))).toEqual([]);
});

test('nothing at the path is no finding but an error of the system', async () => {
  await expect(checkPackage(join(newFolder(), 'nothing'))).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

const text = (files: Files, path: string): string => {
  const content = files.get(path);
  if (typeof content !== 'string') throw new Error(`There is no text at ${path}`);
  return content;
};
const change =
  (path: string, from: string | RegExp, to: string) =>
  (files: Files): void => {
    const before = text(files, path);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`Nothing changed at ${path}`);
    files.set(path, after);
  };
const put =
  (path: string, content: string | Uint8Array) =>
  (files: Files): void => {
    files.set(path, content);
  };
const remove =
  (path: string) =>
  (files: Files): void => {
    files.delete(path);
  };

type Found = [rule: string, template: string | null, row: number | null, column: string | null];
const contracts = 'reports/b_02.01.csv';

const cases: [what: string, broken: (files: Files) => void, found: Found[]][] = [
  ['a missing template', remove('reports/b_99.01.csv'), [['file-missing', 'B_99.01', null, null]]],
  ['missing parameters', remove(parametersPath), [['file-missing', 'parameters.csv', null, null]]],
  [
    'missing indicators',
    remove(indicatorsPath),
    [['file-missing', 'FilingIndicators.csv', null, null]],
  ],
  ['a file too many', put('reports/.DS_Store', 'x'), [['file-unknown', null, null, null]]],
  [
    'a zip in the zip',
    put('reports/more.zip', zipOf(filesOf())),
    [['file-unknown', null, null, null]],
  ],
  [
    'capital letters',
    (files) => {
      put('reports/B_99.01.csv', text(files, 'reports/b_99.01.csv'))(files);
      files.delete('reports/b_99.01.csv');
    },
    [
      ['file-missing', 'B_99.01', null, null],
      ['file-unknown', null, null, null],
    ],
  ],
  [
    'another type of package',
    put(
      reportPackagePath,
      '{"documentInfo":{"documentType":"https://xbrl.org/report-package/2021"}}',
    ),
    [['json', 'reportPackage.json', null, null]],
  ],
  [
    'a package file that is no JSON',
    put(reportPackagePath, '{'),
    [['json', 'reportPackage.json', null, null]],
  ],
  [
    'a package file that is null',
    put(reportPackagePath, 'null'),
    [['json', 'reportPackage.json', null, null]],
  ],
  [
    'the module of the dry run',
    change(reportPath, '4.0/mod', '3.5/mod'),
    [['json', 'report.json', null, null]],
  ],
  [
    'another type of report',
    change(reportPath, 'xbrl-csv', 'xbrl-json'),
    [['json', 'report.json', null, null]],
  ],
  [
    'a parameter too many',
    change(parametersPath, 'decimalsMonetary', 'unit,pure\r\ndecimalsMonetary'),
    [['parameters', 'parameters.csv', null, null]],
  ],
  [
    'a parameter twice',
    change(parametersPath, 'refPeriod', 'refPeriod,2025-12-31\r\nrefPeriod'),
    [['parameters', 'parameters.csv', null, null]],
  ],
  [
    'a parameter too few',
    change(parametersPath, 'baseCurrency,iso4217:EUR\r\n', ''),
    [['parameters', 'parameters.csv', null, null]],
  ],
  [
    'a wrong entity',
    change(parametersPath, 'rs:', 'lei:'),
    [['parameters', 'parameters.csv', null, null]],
  ],
  [
    'a wrong period',
    change(parametersPath, '2025-12-31', '2025-13-31'),
    [['parameters', 'parameters.csv', null, null]],
  ],
  [
    'a wrong currency',
    change(parametersPath, 'iso4217:EUR', 'EUR'),
    [['parameters', 'parameters.csv', null, null]],
  ],
  [
    'another precision of counts',
    change(parametersPath, 'decimalsInteger,0', 'decimalsInteger,2'),
    [['parameters', 'parameters.csv', null, null]],
  ],
  [
    'another period than the name',
    change(parametersPath, '2025-12-31', '2024-12-31'),
    [
      ['name-period', 'parameters.csv', null, null],
      ['end-reason', 'B_02.02', 3, 'c0090'],
    ],
  ],
  [
    'another level than the name',
    change(parametersPath, '.IND', '.CON'),
    [['sender', 'parameters.csv', null, null]],
  ],
  [
    'another sender than the name',
    change(parametersPath, entity, leiOf('5299STRANGER')),
    [
      ['sender', 'B_01.01', 1, 'c0010'],
      ['sender', 'parameters.csv', null, null],
    ],
  ],
  [
    'an indicator that is false',
    change(indicatorsPath, 'B_02.03,true', 'B_02.03,false'),
    [['808', 'B_02.03', null, null]],
  ],
  [
    'an indicator too few',
    change(indicatorsPath, 'B_07.01,true\r\n', ''),
    [['808', 'B_07.01', null, null]],
  ],
  [
    'an indicator twice',
    put(indicatorsPath, `${indicatorsCsv}B_01.01,true\r\n`),
    [['808', 'B_01.01', null, null]],
  ],
  [
    'an indicator of nothing',
    put(indicatorsPath, `${indicatorsCsv}B_08.01,true\r\n`),
    [['808', 'FilingIndicators.csv', null, null]],
  ],
  [
    'indicators with another header',
    change(indicatorsPath, 'templateID', 'template'),
    [['808', 'FilingIndicators.csv', null, null]],
  ],
  ['a column too few', change(contracts, ',c0050', ''), [['header', 'B_02.01', null, 'c0050']]],
  [
    'a column twice',
    change(contracts, 'c0050', 'c0040'),
    [
      ['header', 'B_02.01', null, 'c0040'],
      ['header', 'B_02.01', null, 'c0050'],
    ],
  ],
  [
    'a column of another name',
    change(contracts, 'c0050', 'C0050'),
    [
      ['header', 'B_02.01', null, null],
      ['header', 'B_02.01', null, 'c0050'],
    ],
  ],
  ['a file without anything', put('reports/b_02.03.csv', ''), [['header', 'B_02.03', null, null]]],
  [
    'a byte-order mark',
    change(contracts, /^/, '\u{feff}'),
    [['byte-order-mark', 'B_02.01', null, null]],
  ],
  [
    'Latin-1',
    put('reports/b_99.01.csv', Uint8Array.from([0x63, 0xfc, 0x0a])),
    [['encoding', 'B_99.01', null, null]],
  ],
  [
    'UTF-16',
    put(contracts, new Uint8Array(Buffer.from('\u{feff}c0010,c0020', 'utf16le'))),
    [['encoding', 'B_02.01', null, null]],
  ],
  [
    'a row too short',
    change('reports/b_01.03.csv', /$/, 'BR-FR,x\n'),
    [['row-length', 'B_01.03', 2, null]],
  ],
  [
    'a quotation mark that never ends',
    change('reports/b_01.03.csv', /$/, '"BR-FR,x\n'),
    [['csv', 'B_01.03', 2, null]],
  ],
  [
    'a quotation mark in a cell',
    change('reports/b_01.03.csv', /$/, 'BR"FR,x,y,z\n'),
    [['csv', 'B_01.03', 2, null]],
  ],
  [
    'a cell that is far too long',
    change('reports/b_01.03.csv', /$/, `BR-FR,${entity},${'x'.repeat(10_001)},eba_GA:FR\n`),
    [['package-bounds', 'B_01.03', 2, 'c0030']],
  ],
  [
    'a row that is far too long',
    change('reports/b_01.03.csv', /$/, `BR-FR,${entity},${'x'.repeat(300_000)},eba_GA:FR\n`),
    [['package-bounds', 'B_01.03', 2, null]],
  ],
];

const sorted = (found: readonly (readonly unknown[])[]) =>
  found.map((one) => one.join(' ')).toSorted();

test.each(cases)('%s is found, in a zip and in a folder', async (_, broken, found) => {
  const files = filesOf();
  broken(files);
  for (const findings of [
    await checkSentPackage(zipOf(files), zipName),
    await checkPackage(folderOf(files)),
  ])
    expect(
      sorted(findings.map(({ rule, template, row, column }) => [rule, template, row, column])),
    ).toEqual(sorted(found));
});

test('columns may stand in any order, lines end as on any system, and cells be quoted', async () => {
  const files = filesOf();
  files.set(
    'reports/b_01.03.csv',
    `"c0040","c0010",c0030,c0020\r\n"eba_GA:DE","BR-DE","A ""branch"", and more",${entity}\r\n`,
  );
  expect(await checkSentPackage(zipOf(files), zipName)).toEqual([]);
});

test.each([
  ['anything.zip', sampleName, ['file-name'], 'warning'],
  [zipName, 'another', ['package-name'], 'blocking'],
  [zipName, '', ['package-name'], 'blocking'],
  ['anything.zip', 'another', ['package-name'], 'blocking'],
  [
    `${sampleName.replace('DORA010100', 'DORA010000')}.zip`,
    sampleName.replace('DORA010100', 'DORA010000'),
    ['package-name'],
    'blocking',
  ],
  [`LEI_${entity}.IND_NBB_DOR_DORA_ROI.zip`, `LEI_${entity}.IND_NBB_DOR_DORA_ROI`, [], null],
])('a zip named %s with %s inside', async (zip, root, expected, severity) => {
  const findings = await checkSentPackage(zipOf(filesOf(), root), zip);
  expect(findings.map(({ rule }) => rule)).toEqual(expected);
  for (const finding of findings) expect(finding.severity).toBe(severity);
});

test('an unpacked package may lie in any folder, but not under a wrong name of a filing', async () => {
  expect(await checkPackage(folderOf(filesOf(), 'unpacked'))).toEqual([]);
  const findings = await checkPackage(folderOf(filesOf(), sampleName.replace('IND', 'ALL')));
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
    ['package-name', 'blocking'],
  ]);
});

test('nothing is concluded from a template that could not be read', async () => {
  const files = filesOf();
  files.set('reports/b_05.01.csv', 'c0010\n');
  const findings = await checkSentPackage(zipOf(files), zipName);
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['header']));
});

test('a file that is wrong throughout gives a bounded list that says how much more there is', async () => {
  const rows = sampleRows();
  rows['B_02.03'] = Array.from({ length: findingsMax }, (_, at) => ({
    c0010: `X-${at}`,
    c0020: '',
    c0030: '',
  }));
  const findings = await checkSentPackage(zipOf(filesOf(rows)), zipName);
  expect(findings.filter(({ severity }) => severity === 'blocking')).toHaveLength(findingsMax + 1);
  expect(findings.filter(({ rule }) => rule === 'more').map(({ sentence }) => sentence)).toEqual([
    `${findingsMax} more findings of this kind are not listed. Mend these first.`,
  ]);
});

test('a link in a folder is not followed', async () => {
  const folder = folderOf(filesOf());
  const at = join(folder, 'reports/b_99.01.csv');
  rmSync(at);
  symlinkSync('/etc/hostname', at);
  expect((await checkPackage(folder)).map(({ rule }) => rule)).toEqual(['package']);
});

test('a register of 2,000 contracts has no findings, however many rows refer to each other', async () => {
  const path = join(newFolder(), `${sampleName}.zip`);
  const { rows } = await writePackage(path, {
    ...filing,
    currency: 'EUR',
    madeAt: sampleMadeAt,
    source: largeRegister(2_000),
  });
  expect(rows.get('B_02.01')).toBe(2_001);
  expect(await checkPackage(path)).toEqual([]);
});
