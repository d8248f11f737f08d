/**
 * What people may write as free text: labels, names, reasons, notes. One rule for forms and server,
 * so that no text can hide characters, turn its neighbours round or look like two things at once.
 * Pure.
 */

export type TextRule = {
  /** Fewest and most characters (code points) after blanks at both ends are gone. */
  least: number;
  most: number;
  tooShort: string;
  tooLong: string;
  /** True where line breaks are welcome. */
  lines?: boolean;
  /** What such a text is made of, where that is narrower than the common rule. */
  made?: { of: RegExp; sentence: string };
};

export type TextReading = { ok: true; text: string } | { ok: false; sentence: string };

const nameOf = (what: string): Omit<TextRule, 'made'> => ({
  least: 2,
  most: 60,
  tooShort: `Give the ${what} a name of two letters or more.`,
  tooLong: 'Give a name of at most 60 characters.',
});

const why: TextRule = {
  least: 3,
  most: 500,
  tooShort: 'Say why, in a few words.',
  tooLong: 'Say why in at most 500 characters.',
  lines: true,
};

/** The free texts there are. */
export const textRules = {
  destinationLabel: nameOf('address'),
  vaultName: nameOf('vault'),
  reason: why,
  note: why,
  memo: {
    least: 0,
    most: 120,
    tooShort: '',
    tooLong: 'A memo has at most 120 characters.',
    made: {
      of: /^[\x20-\x7e]*$/u,
      sentence: 'A memo is written on the chain: use plain Latin letters, digits and punctuation.',
    },
  },
  personName: {
    least: 2,
    most: 80,
    tooShort: 'Give a name of at least 2 characters.',
    tooLong: 'Give a name of at most 80 characters.',
    made: {
      of: /^[\p{L}\p{M}\p{N} .,'’-]+$/u,
      sentence: "Use letters, digits, spaces and . , ' - only.",
    },
  },
  keyLabel: {
    least: 1,
    most: 60,
    tooShort: 'Name the key, so that you can tell it from others.',
    tooLong: 'Give a name of at most 60 characters.',
    made: {
      of: /^[\p{L}\p{M}\p{N} .,'’()-]+$/u,
      sentence: 'Use letters, digits, spaces and . , ( ) - only.',
    },
  },
} as const satisfies Record<string, TextRule>;

/** Control, format, surrogate, private and separator characters: none of them can be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
/** Characters that show as nothing although they count as letters or marks; emoji may choose a look. */
const blank = /(?![\uFE0E\uFE0F])\p{Default_Ignorable_Code_Point}/u;

/** The text as it is kept: in composed form (NFC), without blanks at its ends. */
export function readText(given: string, rule: TextRule): TextReading {
  const no = (sentence: string): TextReading => ({ ok: false, sentence });
  // No character has more than two units before and three after composing, so this is too long anyway.
  if (given.length > rule.most * 8 + 100) return no(rule.tooLong);
  if (!given.isWellFormed()) return no(unreadable('half of a character'));
  const lines = rule.lines === true ? given.replaceAll(/\r\n?/gu, '\n') : given;
  const text = lines.normalize('NFC').trim();
  const hidden = findHidden(rule.lines === true ? text.replaceAll('\n', ' ') : text);
  if (hidden !== null) return no(hidden);
  const length = Array.from(text).length;
  if (length < rule.least) return no(rule.tooShort);
  if (length > rule.most) return no(rule.tooLong);
  return rule.made && !rule.made.of.test(text) ? no(rule.made.sentence) : { ok: true, text };
}

/**
 * A text from a row that this rule did not see come in, such as an old one: what cannot be seen is
 * written out, so that it hides and turns nothing round.
 */
export const shownText = (text: string): string =>
  text
    .replaceAll(/[\r\n\t]+/gu, ' ')
    .replaceAll(
      new RegExp(`${unseen.source}|${blank.source}`, 'gu'),
      (found) => `‹${codeOf(found)}›`,
    );

/** What is wrong with a text, for the field it stands in; null when nothing is. */
export function findTextFault(given: string, rule: TextRule): string | null {
  const reading = readText(given, rule);
  return reading.ok ? null : reading.sentence;
}

const unreadable = (what: string): string =>
  `The text contains ${what}, which is not accepted. Type it rather than paste it.`;

function findHidden(text: string): string | null {
  const found = unseen.exec(text)?.[0] ?? blank.exec(text)?.[0];
  if (found === undefined) return null;
  if (found === '\n' || found === '\r') return 'Write it on one line.';
  if (found === '\t') return unreadable('a tab');
  return unreadable(`a character that cannot be seen (${codeOf(found)})`);
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A text of several lines with what can't be seen written out. */
export const shownLines = (text: string): string => text.split('\n').map(shownText).join('\n');
