/** Countries and currencies by the codes of the law (ISO 3166-1 alpha-2, ISO 4217). Pure. */

/** What the runtime knows by a name but the standard only sets aside. */
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'ZZ', 'QO', 'XA', 'XB']);

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && !noCountries.has(code) && regions.of(code) !== undefined;

export const isCurrency = (code: string): boolean => currencies.has(code);

/** Name in English; the code itself where there is none. */
export const countryName = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code;

/** Member States of the Union and the three other States of the EEA. */
const eeaStates: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(
    ' ',
  ),
);

export const isInEea = (code: string): boolean => eeaStates.has(code);

const notInUnion: ReadonlySet<string> = new Set(['IS', 'LI', 'NO']);
export const isInUnion = (code: string): boolean => isInEea(code) && !notInUnion.has(code);
