/** The files of a package around its templates: what each says and must say (filing rules of the EBA). */
import { isDay } from '#lib/platform/days.ts';
import { CsvError, parse } from 'csv-parse/sync';
import { isCurrency } from '../places.ts';
import { shown } from './check-cell.ts';
import { templateCodes } from './column.ts';
import type { Scope } from './package-name.ts';
import type { Tell } from './read-text.ts';

export const reportPackagePath = 'META-INF/reportPackage.json';
export const reportPath = 'reports/report.json';
export const parametersPath = 'reports/parameters.csv';
export const indicatorsPath = 'reports/FilingIndicators.csv';

const reportPackageType = 'https://xbrl.org/report-package/2023';
const reportType = 'https://xbrl.org/2021/xbrl-csv';
/** Module 4.0 of the register. */
const entryPoint = 'http://www.eba.europa.eu/eu/fr/xbrl/crr/fws/dora/4.0/mod/dora.json';

export const reportPackageJson = JSON.stringify({
  documentInfo: { documentType: reportPackageType },
});
export const reportJson = JSON.stringify({
  documentInfo: { documentType: reportType, extends: [entryPoint] },
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function documentInfo(text: string, name: string, tell: Tell): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) && isObject(value['documentInfo'])) return value['documentInfo'];
    tell('json', { template: name }, 'The file has no documentInfo.');
  } catch {
    tell('json', { template: name }, 'The file is not JSON.');
  }
  return null;
}

export function checkReportPackage(text: string, tell: Tell): void {
  const info = documentInfo(text, 'reportPackage.json', tell);
  if (info !== null && info['documentType'] !== reportPackageType)
    tell('json', { template: 'reportPackage.json' }, `documentType must be ${reportPackageType}.`);
}

export function checkReport(text: string, tell: Tell): void {
  const template = 'report.json';
  const info = documentInfo(text, template, tell);
  if (info === null) return;
  if (info['documentType'] !== reportType)
    tell('json', { template }, `documentType must be ${reportType}.`);
  const { extends: extended } = info;
  if (!Array.isArray(extended) || extended.length !== 1 || extended[0] !== entryPoint)
    tell('json', { template }, `extends must name ${entryPoint}, and nothing else.`);
}

/** Data rows of a table with two columns; null where it is none. */
function pairsOf(
  text: string,
  header: readonly [string, string],
  tellFault: (sentence: string) => void,
): [string, string][] | null {
  try {
    const [first, ...rows] = parse(text, { relax_column_count: true, skip_empty_lines: true });
    if (first?.length !== 2 || first[0] !== header[0] || first[1] !== header[1]) {
      tellFault(`The header must be ${header.join(',')}.`);
      return null;
    }
    if (rows.some((row) => row.length !== 2)) {
      tellFault('Every row has two cells.');
      return null;
    }
    return rows.map(([name = '', value = '']) => [name, value]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    tellFault('The file is no table with standard quoting.');
    return null;
  }
}

/** @param period reference date, yyyy-mm-dd */
export type Parameters = { lei: string; scope: Scope; period: string };

const parameterFaults: Readonly<Record<string, (value: string) => string | null>> = {
  entityID: (value) =>
    /^rs:[0-9A-Z]{20}\.(?:IND|CON)$/.test(value)
      ? null
      : 'entityID must be rs:, the LEI, a dot and IND or CON.',
  refPeriod: (value) => (isDay(value) ? null : 'refPeriod must be a day, such as 2025-12-31.'),
  baseCurrency: (value) =>
    value.startsWith('iso4217:') && isCurrency(value.slice('iso4217:'.length))
      ? null
      : 'baseCurrency must be a currency, such as iso4217:EUR.',
  decimalsInteger: (value) => (value === '0' ? null : 'decimalsInteger must be 0.'),
  decimalsMonetary: (value) =>
    /^-?\d{1,2}$/.test(value) && Number(value) >= -4
      ? null
      : 'decimalsMonetary must be a whole number from -4 on, such as -3.',
};

/** What parameters.csv says; null where that is not what it must. */
export function readParameters(text: string, tell: Tell): Parameters | null {
  const place = { template: 'parameters.csv' };
  let isGood = true;
  const wrong = (sentence: string): void => {
    isGood = false;
    tell('parameters', place, sentence);
  };
  const given = new Map<string, string>();
  for (const [name, value] of pairsOf(text, ['name', 'value'], wrong) ?? []) {
    if (!Object.hasOwn(parameterFaults, name)) wrong(`There is no parameter ${shown(name)}.`);
    else if (given.has(name)) wrong(`${name} stands twice.`);
    given.set(name, value);
  }
  if (!isGood) return null;
  for (const [name, faultOf] of Object.entries(parameterFaults)) {
    const value = given.get(name);
    const fault = value === undefined ? `${name} is missing.` : faultOf(value);
    if (fault !== null) wrong(fault);
  }
  if (!isGood) return null;
  const entity = given.get('entityID') ?? '';
  return {
    lei: entity.slice(3, 23),
    scope: entity.endsWith('.IND') ? 'IND' : 'CON',
    period: given.get('refPeriod') ?? '',
  };
}

/** Rule 808: all 15 templates are reported, also empty ones. */
export function checkIndicators(text: string, tell: Tell): void {
  const file = { template: 'FilingIndicators.csv' };
  const rows = pairsOf(text, ['templateID', 'reported'], (sentence) => tell('808', file, sentence));
  if (rows === null) return;
  const given = new Map<string, string>();
  for (const [template, reported] of rows) {
    if (!(templateCodes as readonly string[]).includes(template))
      tell('808', file, `There is no template ${shown(template)}.`);
    else if (given.has(template)) tell('808', { template }, `${template} stands twice.`);
    given.set(template, reported);
  }
  for (const template of templateCodes) {
    const reported = given.get(template);
    if (reported === undefined) tell('808', { template }, `${template} has no filing indicator.`);
    else if (reported !== 'true')
      tell(
        '808',
        { template },
        `The filing indicator of ${template} must be true; an empty template is reported, too.`,
      );
  }
}

export const indicatorsCsv = `templateID,reported\r\n${templateCodes.map((code) => `${code},true\r\n`).join('')}`;

/** @param currency ISO 4217 code */
export const parametersCsv = ({ lei, scope, period }: Parameters, currency: string): string =>
  [
    'name,value',
    `entityID,rs:${lei}.${scope}`,
    `refPeriod,${period}`,
    `baseCurrency,iso4217:${currency}`,
    'decimalsInteger,0',
    'decimalsMonetary,-3',
    '',
  ].join('\r\n');
