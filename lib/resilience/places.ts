/** Countries and currencies by the codes of the law (ISO 3166-1 alpha-2, ISO 4217). Pure. */

/**
 * ISO 3166-1 alpha-2 as assigned in 2026, all 249. Runtimes can't be asked for it: they name withdrawn and reserved
 * codes, too, such as UK, DD and SU.
 */
const isoCountries =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
  'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
  'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
  'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
  'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
  'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

/** Kosovo has no code of the standard; the list of the EBA has it by this one. */
const kosovo = 'XK';

/** In the order of their codes. */
export const countryCodes: readonly string[] = [...isoCountries.split(' '), kosovo].toSorted();

const countries: ReadonlySet<string> = new Set(countryCodes);
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export const isCountry = (code: string): boolean => countries.has(code);

export const isCurrency = (code: string): boolean => currencies.has(code);

/** Name in English; the code itself where there is none. */
export const countryName = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code;

/** Member States of the Union and the three other States of the EEA. */
export const eeaStates: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(
    ' ',
  ),
);

export const isInEea = (code: string): boolean => eeaStates.has(code);

const notInUnion: ReadonlySet<string> = new Set(['IS', 'LI', 'NO']);
export const isInUnion = (code: string): boolean => isInEea(code) && !notInUnion.has(code);
