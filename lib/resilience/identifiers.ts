/**
 * Identifiers of legal persons in the register of information (ITS 2024/2956 Art 3(5), (6)): the Legal Entity
 * Identifier and the European Unique Identifier, with the reason why a text is none. Whether somebody holds
 * it and keeps it alive is known to GLEIF and the national registers only. Pure.
 */
import { isLei } from '#lib/platform/lei.ts';
import { isInEea } from './places.ts';

export { isLei };

/** Why a text is no LEI, in a sentence; null where it is one. */
export function leiFault(text: string): string | null {
  if (isLei(text)) return null;
  if (text.length !== 20) return `An LEI has 20 characters; this has ${text.length}.`;
  if (!/^[0-9A-Z]+$/.test(text)) return 'An LEI has capital letters A to Z and digits only.';
  if (!/[0-9]{2}$/.test(text)) return 'An LEI ends with two check digits.';
  return 'The check digits of this LEI are wrong, so it was mistyped.';
}

/** Codes of countries in registers that differ from ISO 3166: Greece has EL besides GR. */
const registerCountry = (code: string): string => (code === 'EL' ? 'GR' : code);

/** Country, register, a dot, number in the register, and check characters where the register has them. */
const euid =
  /^(?<country>[A-Z]{2})(?<register>[0-9A-Za-z]{1,20})\.(?<number>[0-9A-Za-z](?:[0-9A-Za-z./-]{0,48}[0-9A-Za-z])?)(?<check>_[0-9A-Za-z]{1,4})?$/;

/**
 * Why a text is no EUID (Implementing Regulation (EU) 2021/1042 Art 9), in a sentence; null where it is one. The
 * check characters are each register's own, so only their place is looked at.
 */
export function euidFault(text: string): string | null {
  const { country = '' } = euid.exec(text)?.groups ?? {};
  if (country !== '' && isInEea(registerCountry(country))) return null;
  const begun = /^[A-Z]{2}/.exec(text)?.[0];
  if (begun === undefined)
    return 'An EUID begins with its country in two capital letters, such as NL.';
  if (!isInEea(registerCountry(begun)))
    return `An EUID begins with a country of the European Economic Area; ${begun} is none.`;
  if (!text.includes('.'))
    return 'An EUID has a dot between the code of the register and the number in it.';
  if (/^[A-Z]{2}\./.test(text))
    return 'An EUID names its register between the country and the dot, such as NLNHR.';
  return 'An EUID is a country, the code of a register, a dot and a number, such as NLNHR.12345678.';
}

export const isEuid = (text: string): boolean => euidFault(text) === null;
