/**
 * How a value of a record is spelled in a cell of the register, and read back out of one. What can't be read is
 * handed on as it is, so that the record's own schema refuses it with its sentence. Pure.
 */
import {
  countryPrefix,
  currencyPrefix,
  no,
  noDay,
  notApplicable,
  notApplicableCode,
  yes,
} from '../codes.ts';

/** Codes of providers and references by the ids of records. */
export type Outward = {
  /** LEI of the entity of the register. */
  own: string;
  providers: ReadonlyMap<string, { code: string; type: string }>;
  functions: ReadonlyMap<string, string>;
  contracts: ReadonlyMap<string, string>;
};

/** Ids of records by codes of providers and references. */
export type Inward = {
  own: string;
  providers: ReadonlyMap<string, string>;
  functions: ReadonlyMap<string, string>;
  contracts: ReadonlyMap<string, string>;
};

export type Codec = {
  out: (value: unknown, names: Outward) => string;
  in: (text: string, names: Inward) => unknown;
  /** What it names, where it is another record. */
  names?: 'providers' | 'functions' | 'contracts';
};

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const isNone = (text: string): boolean =>
  text.trim().toLowerCase() === notApplicable.toLowerCase() || text === notApplicableCode;

/** An empty cell is none. */
export const plain: Codec = {
  out: textOf,
  in: (text) => (text === '' ? null : text),
};

/** A day that always has to be there: none is the last day there is. */
export const openDay: Codec = {
  out: (value) => (value === null ? noDay : textOf(value)),
  in: (text) => (text === '' || text === noDay ? null : text),
};

const prefixed = (prefix: string): Codec => ({
  out: (value) => (typeof value === 'string' ? `${prefix}${value}` : ''),
  in: (text) => {
    if (text === '' || isNone(text)) return null;
    return text.startsWith(prefix) ? text.slice(prefix.length) : text;
  },
});
export const countryCell = prefixed(countryPrefix);
export const currencyCell = prefixed(currencyPrefix);

/** The same in a key, which is never empty. */
export const countryKey: Codec = {
  ...countryCell,
  out: (value) => (value === null ? notApplicableCode : `${countryPrefix}${textOf(value)}`),
};

export const yesNoCell: Codec = {
  out: (value) => (value === null ? '' : value === true ? yes : no),
  in: (text) => (text === yes ? true : text === no ? false : text === '' ? null : text),
};

export const wholeCell: Codec = {
  out: textOf,
  in: (text) => (text === '' ? null : /^\d{1,9}$/.test(text) ? Number(text) : text),
};

/** Hours of an objective: none is defined as 0. */
export const hoursCell: Codec = {
  out: (value) => (value === null ? '0' : textOf(value)),
  in: (text) => (text === '0' ? null : wholeCell.in(text, noNames)),
};

const noNames: Inward = {
  own: '',
  providers: new Map(),
  functions: new Map(),
  contracts: new Map(),
};

/** An LEI that is the entity's own unless another is given. */
export const ownLei: Codec = {
  out: (value, { own }) => (typeof value === 'string' ? value : own),
  in: (text, { own }) => (text === '' || text === own ? null : text),
};

export const providerCell: Codec = {
  names: 'providers',
  out: (value, { providers }) => providers.get(textOf(value))?.code ?? '',
  in: (text, { providers }) => providers.get(text) ?? '',
};

export const functionCell: Codec = {
  names: 'functions',
  out: (value, { functions }) => functions.get(textOf(value)) ?? '',
  in: (text, { functions }) => functions.get(text) ?? '',
};

export const contractCell: Codec = {
  names: 'contracts',
  out: (value, { contracts }) => contracts.get(textOf(value)) ?? '',
  in: (text, { contracts }) => contracts.get(text) ?? '',
};

/** A contract, or "Not applicable" where there is none. */
export const maybeContractCell: Codec = {
  names: 'contracts',
  out: (value, names) => (value === null ? notApplicable : contractCell.out(value, names)),
  in: (text, names) => (text === '' || isNone(text) ? null : contractCell.in(text, names)),
};

/** Code of a branch, or "Not applicable" where the user is none. */
export const branchCell: Codec = {
  out: (value) => (typeof value === 'string' ? value : notApplicable),
  in: (text) => (text === '' || isNone(text) ? null : text),
};
