/** Names of packages as the filing rules of the EBA make them, and another that authorities ask for. Pure. */
import { isDay } from '#lib/platform/days.ts';
import { isCountry } from '../places.ts';

/** Entity level, or consolidated. */
export type Scope = 'IND' | 'CON';

/** @param country of the authority; null, like the period, where the name does not say */
export type PackageName = {
  lei: string;
  scope: Scope;
  country: string | null;
  period: string | null;
};

/** Module 4.0 of the register; the dry run of 2024 had another. */
const moduleCode = 'DORA010100';

const official =
  /^(?<lei>[0-9A-Z]{20})\.(?<scope>IND|CON)_(?<country>[A-Z]{2})_DORA010100_DORA_(?<period>\d{4}-\d{2}-\d{2})_\d{17}$/;
/** As in Belgium: the name says the authority, neither the country nor the date. */
const byAuthority = /^LEI_(?<lei>[0-9A-Z]{20})\.(?<scope>IND|CON)_[A-Z]{2,20}_DOR_DORA_ROI$/;

/** What a name says; null for one that is no name of a package. */
export function readPackageName(name: string): PackageName | null {
  const { lei, scope, country, period } =
    (official.exec(name) ?? byAuthority.exec(name))?.groups ?? {};
  if (lei === undefined || (scope !== 'IND' && scope !== 'CON')) return null;
  if (country !== undefined && !isCountry(country)) return null;
  if (period !== undefined && !isDay(period)) return null;
  return { lei, scope, country: country ?? null, period: period ?? null };
}

export type Filing = { lei: string; scope: Scope; country: string; period: string };

/** @param at when it is made; the name says it to the millisecond, in UTC */
export function packageName({ lei, scope, country, period }: Filing, at: Date): string {
  const stamp = at.toISOString().replaceAll(/\D/g, '');
  return `${lei}.${scope}_${country}_${moduleCode}_DORA_${period}_${stamp}`;
}
