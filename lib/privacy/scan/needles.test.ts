import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, longestOf, needlesOf, valuesIn } from './needles.ts';

const value = 'Änne Müller';
const needles = needlesOf([value, 'C01X00T47']);
const finds = (text: string | Uint8Array): readonly number[] =>
  valuesIn(needles, typeof text === 'string' ? Buffer.from(text) : text);

describe('a value is found however it is written', () => {
  it.each([
    ['in another case', 'ÄNNE MÜLLER and änne müller'],
    ['composed in the other way', value.normalize('NFD')],
    ['in JSON', JSON.stringify({ name: value })],
    ['in JSON of ASCII alone', '"\\u00c4nne M\\u00fcller"'],
    ['in an address', `/search?q=${encodeURIComponent(value)}`],
    ['in a form', `q=${encodeURIComponent(value).replace(/%20/g, '+')}`],
    ['in hex', `\\x${Buffer.from(`x${value}y`).toString('hex')}`],
    ['in HEX', Buffer.from(value).toString('hex').toUpperCase()],
  ])('%s', (_, text) => {
    expect(finds(text)).toEqual([0]);
  });

  it('in UTF-16', () => {
    expect(finds(Buffer.from(`x ${value}`, 'utf16le'))).toEqual([0]);
  });

  it('in base64, wherever in it the value begins and whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (before, after, isUrl) => {
        const bytes = Buffer.from(before + value + after);
        expect(finds(bytes.toString(isUrl ? 'base64url' : 'base64'))).toContain(0);
      }),
    );
  });

  it('and in between of anything, and several at once', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (before, after) => {
        const bytes = Buffer.concat([before, Buffer.from(`${value}c01x00t47`), after]);
        expect(valuesIn(needles, bytes)).toEqual([0, 1]);
      }),
    );
  });
});

it('what is not there is not found', () => {
  for (const text of ['', 'Anne Muller', 'Änne Mülle', 'C01X00T4', 'C01 X00T47'])
    expect(finds(text)).toEqual([]);
});

it('no form is longer than what is looked at again with the next piece', () => {
  const longest = longestOf(needles);
  for (const { bytes } of needles) expect(bytes.length).toBeLessThanOrEqual(longest);
  expect(comparable(Buffer.from('AbC'))).toBe('abc');
});
