/** What is wrong with one cell that is filled, by the type of its column. Pure. */
import { isDay } from '#lib/platform/days.ts';
import { countryPrefix, currencyPrefix, notApplicableCode } from '../codes.ts';
import { leiFault } from '../identifiers.ts';
import { isCountry, isCurrency } from '../places.ts';
import type { Column, ColumnType } from './column.ts';
import { otherCountries } from './lists.ts';
import type { RuleId } from './rules.ts';

export type Fault = { rule: RuleId; sentence: string };

const decimal = /^[+-]?\d{1,20}(?:\.\d{1,10})?$/;

const shownMax = 60;
/** What a cell says, short enough for a sentence. */
export const shown = (text: string): string =>
  `"${text.length > shownMax ? `${text.slice(0, shownMax)}…` : text}"`;

const wrongType = (text: string, asked: string): Fault[] => [
  { rule: 'type', sentence: `${shown(text)} is not ${asked}.` },
];

export function faultsOfCell({ name, type }: Column, text: string): Fault[] {
  switch (type.kind) {
    case 'text':
      return type.most !== undefined && Array.from(text).length > type.most
        ? [{ rule: 'text-length', sentence: `${name} has more than ${type.most} characters.` }]
        : [];
    case 'lei':
      return faultsOfLei(text, type);
    case 'day':
      return isDay(text) ? [] : wrongType(text, 'a day of the calendar, such as 2025-12-31');
    case 'amount':
      if (!decimal.test(text)) return wrongType(text, 'a plain figure, such as 120000.50');
      return Number(text) < 0
        ? [{ rule: type.notNegative, sentence: `${name} is less than zero.` }]
        : [];
    case 'whole':
      return faultsOfWhole(name, text, type.least);
    case 'list':
      return Object.hasOwn(type.codes, text) || type.other?.has(text)
        ? []
        : wrongType(text, `in the list of ${name.toLowerCase()}`);
    case 'country':
      return isCountryCode(text, type.orNone === true)
        ? []
        : wrongType(text, 'a country, such as eba_GA:LU');
    case 'currency':
      return text.startsWith(currencyPrefix) && isCurrency(text.slice(currencyPrefix.length))
        ? []
        : wrongType(text, 'a currency, such as eba_CU:EUR');
    case 'function':
      return /^F[1-9]\d*$/.test(text)
        ? []
        : [{ rule: 'function-id', sentence: `${shown(text)} is not F and a number, such as F1.` }];
    case 'link':
      return faultsOfLink(text);
  }
}

/**
 * One with wrong check digits has the form and can't be issued; one without the form neither. Where nothing asks
 * whether it is issued, the rule of the form names wrong check digits, too.
 */
function faultsOfLei(text: string, { pattern, issued }: ColumnType & { kind: 'lei' }): Fault[] {
  const sentence = leiFault(text);
  if (sentence === null) return [];
  const faults: Fault[] = [];
  if (pattern !== undefined && (issued === undefined || !/^[A-Z0-9]{18}[0-9]{2}$/.test(text)))
    faults.push({ rule: pattern, sentence });
  if (issued !== undefined) faults.push({ rule: issued, sentence });
  return faults;
}

function faultsOfWhole(name: string, text: string, least: number): Fault[] {
  if (!decimal.test(text)) return wrongType(text, 'a number');
  const number = Number(text);
  return Number.isInteger(number) && number >= least
    ? []
    : [{ rule: 'natural-number', sentence: `${name} is not a whole number from ${least} on.` }];
}

function isCountryCode(text: string, orNone: boolean): boolean {
  if (text === notApplicableCode) return orNone;
  if (otherCountries.has(text)) return true;
  return text.startsWith(countryPrefix) && isCountry(text.slice(countryPrefix.length));
}

function faultsOfLink(text: string): Fault[] {
  const said = text.toLowerCase();
  if (said === 'true' || said === '1') return [];
  return said === 'false' || said === '0'
    ? [{ rule: 'link-true', sentence: 'A link column is always true.' }]
    : wrongType(text, 'true');
}
