import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchKinds } from './field-map.ts';
import { searchValue } from './search-value.ts';

describe('two spellings of one name are one', () => {
  it.each([
    ['Änne Müller', 'muller, anne'],
    ['ÅSE Ødegård', 'ase odegard'],
    ['Łukasz  Żółć', 'lukasz zolc'],
    ['Jean-Luc O’Neill', "jean luc o'neill"],
    ['Weiß', 'WEISS'],
    ['ﬁona', 'fiona'],
  ])('%s and %s', (one, other) => {
    expect(searchValue('name', one)).toBe(searchValue('name', other));
  });

  it('whatever order and case its words have', () => {
    const word = fc.stringMatching(/^[a-zäöüé]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        expect(searchValue('name', words.toReversed().join(', ').toUpperCase())).toBe(
          searchValue('name', words.join(' ')),
        );
      }),
    );
  });

  it('but not two names of other words', () => {
    expect(searchValue('name', 'Anna Berg')).not.toBe(searchValue('name', 'Annaberg'));
    expect(searchValue('name', 'Anna Berg')).not.toBe(searchValue('name', 'Anna Berger'));
  });
});

it.each([
  ['email', ' Anna@Example.ORG', 'anna@example.org'],
  ['document', 'c01x 00t-47', 'C01X00T47'],
  ['phone', '0049 (30) 901-820', '+4930901820'],
  ['tax-number', '12 / 345 / 67890', '1234567890'],
] as const)(
  'a value of %s is compared without what people write differently',
  (kind, one, other) => {
    expect(searchValue(kind, one)).toBe(searchValue(kind, other));
  },
);

it('a value that was compared once is the same when it is compared again', () => {
  fc.assert(
    fc.property(fc.constantFrom(...searchKinds), fc.string({ unit: 'grapheme' }), (kind, text) => {
      const once = searchValue(kind, text);
      expect(searchValue(kind, once)).toBe(once);
    }),
  );
});
