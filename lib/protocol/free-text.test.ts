import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTextFault, readText, shownText, textRules, type TextRule } from './free-text.ts';
import { textField } from './text-field.ts';

const label: TextRule = textRules.destinationLabel;
const reason: TextRule = textRules.reason;
const every = Object.entries<TextRule>(textRules);

describe('free text', () => {
  it.each([
    ['right-to-left override', '\u202E', 'U+202E'],
    ['right-to-left mark', '\u200F', 'U+200F'],
    ['isolate', '\u2066', 'U+2066'],
    ['zero-width space', '\u200B', 'U+200B'],
    ['zero-width joiner', '\u200D', 'U+200D'],
    ['byte order mark', '\uFEFF', 'U+FEFF'],
    ['soft hyphen', '\u00AD', 'U+00AD'],
    ['tag character', '\u{E0041}', 'U+E0041'],
    ['private character', '\uE000', 'U+E000'],
    ['line separator', '\u2028', 'U+2028'],
    ['paragraph separator', '\u2029', 'U+2029'],
    ['null', '\0', 'U+0000'],
    ['escape', '\u001B', 'U+001B'],
    ['filler that is a letter', '\u3164', 'U+3164'],
  ])('has no %s in it, and the sentence names it', (_name, character, number) => {
    for (const [, rule] of every) {
      const fault = findTextFault(`Own ${character} wallet`, rule);
      expect(fault).toContain(number);
      expect(fault).not.toContain(character);
    }
  });

  it('is well-formed Unicode', () => {
    for (const [, rule] of every)
      expect(findTextFault(`Own \uD800 wallet`, rule)).toContain('half of a character');
  });

  it('is kept composed and without blanks at its ends', () => {
    expect(readText('  Cafe\u0301\u00A0', label)).toEqual({ ok: true, text: 'Caf\u00E9' });
  });

  it('breaks lines in reasons and notes only', () => {
    expect(readText('one\r\ntwo\rthree\nfour', reason)).toEqual({
      ok: true,
      text: 'one\ntwo\nthree\nfour',
    });
    expect(findTextFault('one\ntwo', label)).toBe('Write it on one line.');
    expect(findTextFault('one\ttwo', reason)).toContain('a tab');
  });

  it('counts characters, not units', () => {
    expect(findTextFault('😀'.repeat(60), label)).toBeNull();
    expect(findTextFault('😀'.repeat(61), label)).toBe(label.tooLong);
    expect(findTextFault('😀', label)).toBe(label.tooShort);
    expect(findTextFault(' '.repeat(40), label)).toBe(label.tooShort);
    expect(findTextFault('x'.repeat(1_000_000), reason)).toBe(reason.tooLong);
  });

  it('takes what people of any script write', () => {
    for (const text of [
      'Zürich №3',
      '東京金庫',
      'محفظة العميل',
      'Кошелёк',
      'Own wallet ❤️',
      'क्षमा',
    ])
      expect([text, findTextFault(text, label)]).toEqual([text, null]);
    expect(findTextFault('Ada O’Brien-Núñez', textRules.personName)).toBeNull();
    expect(findTextFault('', textRules.memo)).toBeNull();
  });

  it('is narrower where the chain or a name asks for it', () => {
    expect(findTextFault('Zürich', textRules.memo)).toBe(textRules.memo.made.sentence);
    expect(findTextFault('Ada <b>', textRules.personName)).toBe(textRules.personName.made.sentence);
    expect(findTextFault('key "1"', textRules.keyLabel)).toBe(textRules.keyLabel.made.sentence);
  });

  it('that was kept once is kept unchanged again, whatever was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (given) => {
        for (const [, rule] of every) {
          const first = readText(given, rule);
          if (first.ok) expect(readText(first.text, rule)).toEqual(first);
        }
      }),
    );
  });
});

describe('a text from an old row', () => {
  it('shows what cannot be seen, and changes nothing else', () => {
    expect(shownText('Own \u202Ewallet\u200B\uD800')).toBe('Own ‹U+202E›wallet‹U+200B›‹U+D800›');
    expect(shownText('two\r\nlines')).toBe('two lines');
    expect(shownText('Zürich ❤️ 東京')).toBe('Zürich ❤️ 東京');
  });

  it('shows what the rule accepts as it is, on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (given) => {
        const read = readText(given, label);
        if (read.ok) expect(shownText(read.text)).toBe(read.text);
      }),
    );
  });
});

describe('a field of free text', () => {
  it('says the rule’s sentence, and only that', () => {
    const read = textField(label).safeParse('a\u202Eb');
    expect(read.error?.issues.map(({ message }) => message)).toEqual([
      findTextFault('a\u202Eb', label),
    ]);
    expect(textField(label).parse(' Own wallet ')).toBe('Own wallet');
  });
});
