import { describe, expect, test } from 'vitest';
import { decideNo } from './decide-no.ts';
import { decide } from './decide.ts';
import { intent as intentSchema, type Intent } from './intent.ts';
import type { PartyRefusal } from './refusals.ts';
import { acceptedInput, everyKind, policyChange } from './testing/every-kind.ts';
import { refusalOf } from './testing/changed-input.ts';
import { inputFor, policy, roster, rosterChange, say, withdrawal } from './testing/sample.ts';

const kinds: readonly Intent[] = Object.values(everyKind);
const withIntent = (intent: unknown): PartyRefusal | null =>
  refusalOf(inputFor(withdrawal, { intent }));

test('one intent of every kind is accepted, and read back from its own text as well', () => {
  for (const intent of kinds) {
    const input = acceptedInput(intent);
    expect(refusalOf(input), intent.kind).toBeNull();
    const again = JSON.parse(JSON.stringify({ intent, statements: input.statements })) as object;
    expect(refusalOf({ ...input, ...again }), intent.kind).toBeNull();
  }
});

describe('texts that have no canonical form, or show less than they are, are no intent', () => {
  const bad: readonly [string, string][] = [
    ['half of a character', 'a\ud800'],
    ['the other half', '\udc00a'],
    ['a character that turns its neighbours round', 'a\u202eb'],
    ['one that is not seen', 'a\u200bb'],
    ['a line break', 'a\nb'],
    ['a NUL', 'a\0b'],
    ['a blank at the end', 'a '],
    ['another spelling of the same letter', 'e\u0301'],
  ];
  const [rule] = policy.rules;
  if (!rule) throw new Error('sample is incomplete');
  const places: readonly [string, (text: string) => unknown][] = [
    [
      'address of a withdrawal',
      (text) => ({ ...withdrawal, destination: { id: 'acme-treasury', address: text } }),
    ],
    ['memo', (text) => ({ ...withdrawal, memo: text === 'a ' ? 'a\t' : text })],
    [
      'address of a listing',
      (text) => ({
        ...everyKind['destination-listing'],
        destination: { ...everyKind['destination-listing'].destination, address: text },
      }),
    ],
    [
      'name of a rule',
      (name) => ({ ...policyChange, policy: { ...policy, rules: [{ ...rule, name }] } }),
    ],
    [
      'reason of a rule',
      (reason) => ({
        ...policyChange,
        policy: { ...policy, rules: [{ ...rule, outcome: { effect: 'deny', reason } }] },
      }),
    ],
    [
      'relying party',
      (id) => ({
        ...rosterChange,
        roster: { ...roster, relyingParty: { ...roster.relyingParty, id } },
      }),
    ],
    [
      'origin',
      (text) => ({
        ...rosterChange,
        roster: {
          ...roster,
          relyingParty: { ...roster.relyingParty, origins: [`http://localhost:3000/${text}`] },
        },
      }),
    ],
    [
      'origin of a party',
      (text) => ({
        ...rosterChange,
        roster: {
          ...roster,
          parties: roster.parties.map((party) => ({ ...party, origin: `http://${text}.example` })),
        },
      }),
    ],
  ];
  test.each(places)('%s', (_, build) => {
    for (const [what, text] of bad) expect(withIntent(build(text)), what).toBe('intent-malformed');
  });

  test.each([
    'https://console.example/',
    'https://CONSOLE.example',
    'https://console.example:443',
    'https://user@console.example',
    'https://console.example?x',
    'HTTPS://console.example',
    'ftp://console.example',
    'console.example',
    'null',
  ])('an origin has one spelling: not %s', (origin) => {
    const relyingParty = { ...roster.relyingParty, origins: [origin] };
    expect(withIntent({ ...rosterChange, roster: { ...roster, relyingParty } })).toBe(
      'intent-malformed',
    );
  });
});

/** Nested so deep that anything recursive would leave the stack. */
function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

const parsed = (text: string): unknown => JSON.parse(text);
const spliced = (of: unknown, before: string, added: string): unknown =>
  parsed(JSON.stringify(of).replaceAll(before, `${before}${added}`));

describe('nothing that JSON can carry makes the decision throw or pass', () => {
  const million = 1_000_000;
  test('a million levels, wherever they stand', () => {
    for (const intent of kinds)
      for (const field of Object.keys(intent)) {
        const answer = decide(acceptedInput(intent, { intent: { ...intent, [field]: deep(9) } }));
        expect(answer.ok, `${intent.kind} ${field}`).toBe(false);
      }
    const nested = deep(million);
    expect(withIntent(nested)).toBe('intent-malformed');
    expect(withIntent({ ...withdrawal, memo: nested })).toBe('intent-malformed');
    expect(withIntent({ ...withdrawal, added: nested })).toBe('intent-malformed');
    expect(withIntent({ ...policyChange, policy: nested })).toBe('intent-malformed');
    const statements = [nested, { statement: nested }, { statement: {}, assertion: nested }];
    for (const candidate of [...statements, statements])
      expect(refusalOf(inputFor(withdrawal, { statements: candidate }))).toBe(
        'statements-malformed',
      );
    expect(refusalOf(inputFor(withdrawal, { facts: nested }))).toBe('fact-malformed');
    expect(refusalOf(inputFor(withdrawal, { facts: [{ fact: nested }] }))).toBe('fact-malformed');
    const { party } = inputFor(withdrawal);
    expect(decideNo(nested, { ...inputFor(withdrawal), party }).ok).toBe(false);
  });

  test('what extensions told the page may be of any depth, because nobody looks at it', () => {
    const statements = inputFor(withdrawal).statements as { assertion: object }[];
    const padded = statements.map((entry) => ({
      ...entry,
      assertion: { ...entry.assertion, clientExtensionResults: { deep: deep(million) } },
    }));
    expect(refusalOf(inputFor(withdrawal, { statements: padded }))).toBeNull();
  });

  test('members called after the prototype', () => {
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      const member = `"${name}":{"ok":true},`;
      expect(withIntent(parsed(JSON.stringify(withdrawal).replace('{', `{${member}`)))).toBe(
        'intent-malformed',
      );
      expect(withIntent(spliced(withdrawal, '"destination":{', member))).toBe('intent-malformed');
      expect(withIntent(spliced(policyChange, '"lifetimes":{', `"${name}":60,`))).toBe(
        'intent-malformed',
      );
      const statements = spliced(inputFor(withdrawal).statements, '"statement":{', member);
      expect(refusalOf(inputFor(withdrawal, { statements }))).toBe('statements-malformed');
    }
    expect(Object.prototype).not.toHaveProperty('ok');
  });

  test('a kind that every object has', () => {
    for (const kind of ['__proto__', 'constructor', 'toString', 'valueOf'])
      expect(withIntent({ ...withdrawal, kind })).toBe('intent-kind-unknown');
  });

  test.each<[string, unknown]>([
    ['a number for an amount', 1_250_000_000],
    ['an amount with an exponent', '1e9'],
    ['an amount with a sign', '+1250000000'],
    ['a negative amount', '-1'],
    ['nothing', '0'],
    ['a leading zero', '01'],
    ['79 digits', '9'.repeat(79)],
    ['a million digits', '9'.repeat(million)],
    ['digits of another script', '١٢٣'],
    ['a separator', '1,250'],
    ['a hexadecimal number', '0x10'],
    ['a fraction', '1.0'],
    ['a blank', ' 1'],
    ['a line break at the end', '1\n'],
    ['a list', ['1250000000']],
    ['an object that says it is text', { toString: () => '1250000000' }],
    ['a text object', Object('1250000000')],
    ['a big integer', 1_250_000_000n],
  ])('an amount has one spelling: not %s', (_, amount) => {
    expect(withIntent({ ...withdrawal, amount })).toBe('intent-malformed');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 53, -1, 0, 1e21, '1', null, true])(
    'a count is a whole number in its bounds: not %s',
    (value) => {
      expect(withIntent({ ...everyKind['key-ceremony'], threshold: value })).toBe(
        'intent-malformed',
      );
      const statements = [say('raisa', 'raise', withdrawal)].map((entry) => ({
        ...entry,
        statement: { ...entry.statement, attempt: value },
      }));
      expect(refusalOf(inputFor(withdrawal, { statements }))).toBe('statements-malformed');
    },
  );

  test.each([
    '2026-03-02T11:00:00Z',
    '2026-03-02T11:00:00.000+00:00',
    '2026-02-30T11:00:00.000Z',
    '2026-03-02T24:00:00.000Z',
    '2026-03-02 11:00:00.000Z',
    '+012026-03-02T11:00:00.000Z',
    '2026-03-02T11:00:00.000z',
    '2026-03-02T11:00:60.000Z',
    1_772_449_200_000,
  ])('an instant has one spelling: not %s', (notAfter) => {
    expect(withIntent({ ...withdrawal, notAfter })).toBe('intent-malformed');
  });
});

describe('base64url has one spelling', () => {
  const [first, ...rest] = inputFor(withdrawal).statements as ReturnType<typeof say>[];
  if (!first) throw new Error('sample is incomplete');
  const { response } = first.assertion;
  test.each<[string, (text: string) => string]>([
    ['padding', (text) => `${text}=`],
    ['another last character for the same bytes', (text) => respelt(text)],
    ['the other alphabet', (text) => text.replaceAll('-', '+').replaceAll('_', '/')],
    ['white space', (text) => `${text} `],
    ['a line break', (text) => `${text}\n`],
    ['nothing', () => ''],
    ['a length no bytes have', (text) => `${text.slice(0, 4)}A`],
    ['more than 4096 characters', () => 'A'.repeat(4097)],
  ])('%s', (_, change) => {
    let changed = 0;
    for (const field of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
      const text = change(response[field]);
      if (text === response[field]) continue;
      changed += 1;
      const assertion = { ...first.assertion, response: { ...response, [field]: text } };
      const statements = [{ ...first, assertion }, ...rest];
      expect(refusalOf(inputFor(withdrawal, { statements })), field).toBe('statements-malformed');
    }
    expect(changed).toBeGreaterThan(0);
  });

  /** The same bytes where the last character has bits to spare; else the text as it is. */
  function respelt(text: string): string {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    if (text.length % 4 === 0) return text;
    const last = alphabet.indexOf(text.at(-1) ?? '');
    const other = text.slice(0, -1) + alphabet[last + 1];
    return Buffer.from(other, 'base64url').equals(Buffer.from(text, 'base64url')) ? other : text;
  }
});

describe('an object with code in it is read once, or not at all', () => {
  const trap = (): never => {
    throw new Error('trap');
  };
  const hostile: object = new Proxy(
    {},
    { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap },
  );

  test('what throws when it is read is refused, wherever it stands', () => {
    for (const intent of kinds)
      for (const field of Object.keys(intent))
        expect(
          refusalOf(acceptedInput(intent, { intent: { ...intent, [field]: hostile } })),
          `${intent.kind} ${field}`,
        ).toBe('intent-malformed');
    expect(refusalOf(inputFor(withdrawal, { statements: hostile }))).toBe('statements-malformed');
    expect(refusalOf(inputFor(withdrawal, { facts: hostile }))).toBe('fact-malformed');
    expect(refusalOf(inputFor(withdrawal, { facts: [hostile] }))).toBe('fact-malformed');
    expect(decideNo(hostile, inputFor(withdrawal))).toEqual({
      ok: false,
      refusal: 'statements-malformed',
    });
  });

  test('one that answers differently each time gets through only with what was signed', () => {
    for (const honestReads of [0, 1, 2, 3, 4]) {
      let reads = 0;
      const twoFaced = {
        ...withdrawal,
        get amount() {
          reads += 1;
          return reads <= honestReads ? withdrawal.amount : '499999999999';
        },
      };
      const input = inputFor(withdrawal, { intent: twoFaced });
      const answer = decide(input);
      // The transaction moves what was signed; with a larger one, nothing may pass.
      const larger = input.transaction && { ...input.transaction, amount: '499999999999' };
      reads = 0;
      expect(decide({ ...input, transaction: larger }).ok).toBe(false);
      if (!answer.ok) expect(answer.refusal).toBe('digest-mismatch');
    }
  });

  test('a hidden member is not there', () => {
    const hidden = Object.defineProperty({ ...withdrawal }, 'added', { enumerable: false });
    // Nothing of it is taken over, so it can change nothing.
    expect(intentSchema.parse(hidden)).toEqual(withdrawal);
  });
});
