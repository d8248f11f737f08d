/** Countries and currencies to choose from. Only the server asks its runtime for their names: a browser may know others. */
import { countryName, isCountry } from '#lib/resilience/places.ts';

export type PlaceOption = { value: string; label: string };

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');

export const countryOptions: readonly PlaceOption[] = letters
  .flatMap((first) => letters.map((second) => `${first}${second}`))
  .filter(isCountry)
  .map((value) => ({ value, label: countryName(value) }));

const names = new Intl.DisplayNames('en', { type: 'currency' });

export const currencyOptions: readonly PlaceOption[] = Intl.supportedValuesOf('currency').map(
  (value) => ({ value, label: names.of(value) ?? value }),
);
