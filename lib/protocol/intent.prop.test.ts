import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalize } from './intent.ts';

/** A second writer that shares nothing with the first: keys compared as big-endian UTF-16 bytes. */
function oracle(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oracle).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const bytes = (key: string): Buffer => Buffer.from(key, 'utf16le').swap16();
  const members = Object.entries(value)
    .map(([key, member]) => ({ key: bytes(key), text: `${JSON.stringify(key)}:${oracle(member)}` }))
    .sort((left, right) => Buffer.compare(left.key, right.key));
  return `{${members.map((member) => member.text).join(',')}}`;
}

/** JSON values with keys from all of Unicode, halves of characters apart. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('__proto__', 'toJSON', 'constructor', '1', '10', '2'),
      ),
      tie('value'),
    ),
  ),
})).value;

test('canonical text equals that of an independent writer and reads back as the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalize(value);
      expect(text).toBe(oracle(value));
      expect(canonicalize(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('the order in which members were added does not matter', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (record) => {
      const turned = Object.entries(record).toReversed();
      expect(canonicalize(Object.fromEntries(turned))).toBe(
        canonicalize(Object.fromEntries(Object.entries(record))),
      );
    }),
  );
});

test('different plain values have different texts', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
      const same = JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
      expect(canonicalize(left) === canonicalize(right)).toBe(same);
    }),
  );
});

/** The same value with members as sorted pairs, so that order no longer tells two apart. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ['array', ...value.map(sorted)];
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const);
  return ['object', ...pairs.sort(([left], [right]) => (left < right ? -1 : 1))];
}
