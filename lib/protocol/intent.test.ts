import { runInNewContext } from 'node:vm';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CanonicalError, canonicalize, intentDigest, type CanonicalFault } from './intent.ts';
import { withdrawal } from './testing/sample.ts';

function faultOf(value: unknown): CanonicalFault | null {
  try {
    canonicalize(value);
    return null;
  } catch (error) {
    if (error instanceof CanonicalError) return error.fault;
    throw error;
  }
}

/** The double whose bits are these 16 hex digits. */
const fromBits = (hex: string): number => Buffer.from(hex, 'hex').readDoubleBE();

describe('RFC 8785', () => {
  test('the example of section 3.2.2', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalize(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  test('keys sort by UTF-16 code units, as in section 3.2.3', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const text = canonicalize(Object.fromEntries(keys.map((key) => [key, 0])));
    const order = [...text.matchAll(/"((?:[^"\\]|\\.)+)":/g)].map((match) =>
      JSON.parse(`"${match[1]}"`),
    );
    expect(order).toEqual(['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
  });

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('the number %s of appendix B', (bits, text) =>
    expect(canonicalize(fromBits(bits))).toBe(text),
  );
});

describe("what JSON can't carry exactly is refused by name", () => {
  class Instance {
    amount = 1;
  }
  class List extends Array<unknown> {}
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  const hole = Array<unknown>(2);
  const extra = Object.assign([1], { note: 'dropped by JSON' });
  const getter = Object.defineProperty({}, 'amount', { get: () => 1, enumerable: true });
  const arrayGetter = Object.defineProperty([1], 0, { get: () => 1, enumerable: true });
  const hidden = Object.defineProperty({}, 'amount', { value: 1, enumerable: false });
  const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

  test.each<[string, CanonicalFault, unknown]>([
    ['undefined', 'undefined', undefined],
    ['an undefined member', 'undefined', { a: undefined }],
    ['an undefined item', 'undefined', [undefined]],
    ['NaN', 'non-finite-number', { a: NaN }],
    ['Infinity', 'non-finite-number', [-Infinity]],
    ['a bigint', 'bigint', { amount: 1n }],
    ['half a character', 'lone-surrogate', ['\ud83d']],
    ['half a character in a key', 'lone-surrogate', { '\ude00': 1 }],
    ['a hole', 'array-hole', hole],
    ['a cycle', 'too-deep', cycle],
    ['65 levels', 'too-deep', deep(66)],
    ['a class instance', 'not-plain-data', new Instance()],
    ['a date', 'not-plain-data', new Date(0)],
    ['a map', 'not-plain-data', new Map([['a', 1]])],
    ['a set', 'not-plain-data', new Set([1])],
    ['bytes', 'not-plain-data', new Uint8Array(2)],
    ['a buffer', 'not-plain-data', Buffer.from('a')],
    ['a boxed number', 'not-plain-data', Object(1)],
    ['a boxed text', 'not-plain-data', [Object('a')]],
    ['a pattern', 'not-plain-data', /a/],
    ['an error', 'not-plain-data', new Error('a')],
    ['a promise', 'not-plain-data', Promise.resolve()],
    ['a kind of array', 'not-plain-data', List.from([1])],
    ['an array with a name on it', 'not-plain-data', extra],
    ['a symbol as key', 'not-plain-data', { [Symbol('a')]: 1 }],
    ['a symbol', 'not-plain-data', Symbol('a')],
    ['a function', 'not-plain-data', () => 1],
    ['a toJSON method', 'not-plain-data', { toJSON: () => 'something else' }],
    ['a getter', 'not-plain-data', getter],
    ['a getter in an array', 'not-plain-data', arrayGetter],
    ['a hidden member', 'not-plain-data', hidden],
    ['an object with a parent', 'not-plain-data', Object.create({ inherited: 1 })],
    ['an object of another realm', 'not-plain-data', runInNewContext('({ a: 1 })')],
  ])('%s: %s', (_, fault, value) => expect(faultOf(value)).toBe(fault));

  const revoked = <T extends object>(target: T): T => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  const trap = (): never => {
    throw new RangeError('trap');
  };
  test.each([
    ['a revoked proxy', revoked({})],
    ['a revoked proxy of an array', revoked([])],
    ['one inside', { a: [revoked({})] }],
    ['a proxy that throws when its keys are asked for', new Proxy({}, { ownKeys: trap })],
    ['one that throws when a member is', new Proxy({ a: 1 }, { getOwnPropertyDescriptor: trap })],
    ['one that throws when its prototype is', new Proxy([], { getPrototypeOf: trap })],
  ])('%s is refused by name, whatever it throws', (_, value) => {
    expect(faultOf(value)).toBe('not-plain-data');
    expect(() => intentDigest(value)).toThrow(CanonicalError);
  });

  test('64 levels, a missing prototype and a key named __proto__ are fine', () => {
    expect(canonicalize(deep(65))).toBe('['.repeat(65) + ']'.repeat(65));
    expect(canonicalize(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
    expect(canonicalize(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe(
      '{"__proto__":{"a":1},"b":1}',
    );
  });

  test('a very long text is written whole', () => {
    expect(canonicalize('ä'.repeat(2_000_000))).toHaveLength(2_000_002);
  });
});

test('the digest is the SHA-256 of the canonical text', () => {
  const hash = createHash('sha256').update(canonicalize(withdrawal), 'utf8').digest('hex');
  expect(intentDigest(withdrawal)).toBe(hash);
  expect(intentDigest(Object.fromEntries(Object.entries(withdrawal).toReversed()))).toBe(hash);
});
