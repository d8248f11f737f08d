/** Countries and currencies to choose from. Only the server asks its runtime for their names: a browser may know others. */
import { countryCodes, countryName } from '#lib/resilience/places.ts';

export type PlaceOption = { value: string; label: string };

export const countryOptions: readonly PlaceOption[] = countryCodes.map((value) => ({
  value,
  label: countryName(value),
}));

const names = new Intl.DisplayNames('en', { type: 'currency' });

export const currencyOptions: readonly PlaceOption[] = Intl.supportedValuesOf('currency').map(
  (value) => ({ value, label: names.of(value) ?? value }),
);
