import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStrictJson } from './strict-json.ts';

const read = (text: string | Uint8Array, max = 10_000) => readStrictJson(Buffer.from(text), max);

describe('strict JSON', () => {
  test('reads what has one meaning only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(read(text, 1_000_000)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
    expect(read('{"a":":","b\\"":{"a":"\\\\"}}').ok).toBe(true);
    expect(read('{"__proto__":1}').ok).toBe(true);
  });

  test.each([
    ['a repeated key', '{"a":1,"a":1}'],
    ['a key repeated by an escape', '{"a":1,"\\u0061":1}'],
    ['a repeated key further in', '{"a":[{"b":1,"b":2}]}'],
    ['a repeated key among colons in texts', '{"a":":\\":","a":"x"}'],
    ['a repeated __proto__', '{"__proto__":1,"__proto__":2}'],
    ['a byte order mark', '\ufeff{}'],
    ['a comment', '{}//'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => expect(read(text)).toEqual({ ok: false }));

  test('refuses bytes that are not UTF-8, and one byte too many', () => {
    expect(read(Buffer.from('22c328 22'.replace(' ', ''), 'hex'))).toEqual({ ok: false });
    expect(read('[1]', 3).ok).toBe(true);
    expect(read('[1]', 2)).toEqual({ ok: false });
  });

  test('refuses a repeated key wherever it is put', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        fc.jsonValue(),
        (record, other) => {
          const [key] = Object.keys(record);
          const text = JSON.stringify(Object.fromEntries(Object.entries(record)));
          const repeated = `${text.slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(other)}}`;
          expect(read(repeated, 1_000_000)).toEqual({ ok: false });
        },
      ),
    );
  });
});
