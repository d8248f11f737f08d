import { expect, test } from 'vitest';
import { countryCodes, countryName, isCountry } from './places.ts';

test('countries are the 249 of ISO 3166-1 and Kosovo, each with a name of its own', () => {
  expect(countryCodes).toHaveLength(250);
  expect(new Set(countryCodes).size).toBe(250);
  expect(countryCodes).toEqual(countryCodes.toSorted());
  for (const code of countryCodes) expect(countryName(code), code).not.toBe(code);
  expect(new Set(countryCodes.map(countryName)).size).toBe(250);
});

test('codes that are withdrawn, reserved or no places of the standard are no countries', () => {
  const strangers =
    'UK DD SU YU AN CS FX BU TP ZR VD RH DY HV YD NH AC CP CQ DG EA IC TA EU EZ UN ZZ QO XA XB EL AA';
  for (const code of [...strangers.split(' '), 'de', 'D', 'DEU', ''])
    expect(isCountry(code), code).toBe(false);
});
