/** Whether one value of a document is what its field takes: type, form, length, closed list. Pure. */
import { isLei } from '#lib/platform/lei.ts';
import { decimalsOf, instantForm, MAX_TEXT, minutesOf, textOf } from './figures.ts';
import type { FieldValue } from './field-types.ts';
import type { Severity } from './finding.ts';
import type { Leaf } from './shape.ts';

/** What is wrong with a value; `isUsable` where it can still be reasoned with. */
export type Fault = { rule: string; severity: Severity; sentence: string; isUsable?: boolean };

/** The value in our flat form where it can be used, and what is wrong with it. */
export type Checked = { value: FieldValue | null; faults: Fault[] };

/** More items than any closed list has; what comes after isn't looked at. */
const MOST_CHOICES = 100;
/** An address longer than a mail server takes (RFC 5321). */
const MAX_EMAIL = 254;
const MAX_PHONE = 64;
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
// The schema's pattern, written so that no input makes it slow.
const PHONE = /^\+[1-9]\d{1,14}(?:\s?\(\d+\))?(?:\d|[-\s.]\d)*$/;
/** Beyond this an amount can't be exact to the cent as a JSON number. */
const MAX_AMOUNT = 10_000_000_000_000;
/** Nothing reported under DORA happened before. */
const EARLIEST = '2000-01-01T00:00:00Z';

const blocking = (rule: string, sentence: string): Fault => ({
  rule,
  severity: 'blocking',
  sentence,
});
const wrong = (fault: Fault): Checked => ({ value: null, faults: [fault] });
const right = (value: FieldValue, faults: Fault[] = []): Checked => ({ value, faults });
const wrongType = (wanted: string): Checked => wrong(blocking('type', `This has to be ${wanted}.`));

/** Control characters other than tab and line ends. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

/** Checks one value against its leaf; never throws, and looks at a bounded part of it. */
export function checkValue(leaf: Leaf, value: unknown): Checked {
  switch (leaf.kind) {
    case 'text':
      return text(value);
    case 'integer':
    case 'percent':
    case 'money':
      return typeof value === 'number' && Number.isFinite(value)
        ? figure(leaf, leaf.kind, value)
        : wrongType('a number');
    case 'yes-no':
      return typeof value === 'boolean' ? right(value) : wrongType('true or false');
    case 'choices':
    case 'countries':
      return Array.isArray(value) ? list(leaf, value) : wrongType('a list');
    case 'choice':
      if (typeof value !== 'string') return wrongType('a text');
      return isOf(leaf, value) ? right(value) : wrong(notOf(value));
    case 'lei':
    case 'email':
    case 'phone':
    case 'instant':
    case 'duration':
    case 'entity-type':
      return typeof value === 'string' ? formed(leaf.kind, value) : wrongType('a text');
  }
}

function text(value: unknown): Checked {
  if (typeof value !== 'string') return wrongType('a text');
  // Never fewer code units than code points, so most texts need no counting.
  if (
    value.length > MAX_TEXT &&
    (value.length > MAX_TEXT * 2 || Array.from(value).length > MAX_TEXT)
  )
    return wrong(
      blocking('text-length', 'This is longer than 32,767 characters, which is what fits.'),
    );
  if (!value.isWellFormed() || CONTROL.test(value))
    return wrong(
      blocking('text-characters', 'This holds characters that are no text. Write it anew.'),
    );
  return right(value);
}

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value);

const isOf = (leaf: Leaf, value: string): boolean =>
  leaf.choices.some((choice) => choice.value === value);

const notOf = (value: string): Fault =>
  blocking(
    'closed-list',
    value === 'EL'
      ? 'Greece is GR in this list, not EL.'
      : `“${shown(value)}” is not a value of this list. Choose one of the list.`,
  );

function list(leaf: Leaf, items: readonly unknown[]): Checked {
  if (items.length === 0)
    return wrong(blocking('empty-list', 'The list is empty. Choose at least one value.'));
  if (items.length > MOST_CHOICES)
    return wrong(blocking('too-many', 'This has more values than there are to choose from.'));
  if (!items.every((item) => typeof item === 'string')) return wrongType('a list of texts');
  const known = [...new Set(items)].filter((item) => isOf(leaf, item));
  const stranger = items.find((item) => !isOf(leaf, item));
  if (stranger !== undefined) return { value: null, faults: [notOf(stranger)] };
  if (known.length === items.length) return right(known);
  return right(known, [
    {
      rule: 'twice',
      severity: 'warning',
      sentence: 'The same value stands here twice. Once is enough.',
      isUsable: true,
    },
  ]);
}

function formed(
  kind: 'lei' | 'email' | 'phone' | 'instant' | 'duration' | 'entity-type',
  value: string,
): Checked {
  switch (kind) {
    case 'lei':
      return isLei(value)
        ? right(value)
        : wrong(
            blocking(
              'lei',
              /^[A-Z0-9]{18}[0-9]{2}$/.test(value)
                ? 'The check digits of this LEI are wrong. Compare it with the register of the GLEIF.'
                : 'An LEI has 18 capital letters or digits, then two check digits.',
            ),
          );
    case 'email':
      return value.length <= MAX_EMAIL && EMAIL.test(value)
        ? right(value)
        : wrong(blocking('email', 'This is no e-mail address such as name@example.eu.'));
    case 'phone':
      return phone(value);
    case 'instant':
      return instant(value);
    case 'duration':
      if (minutesOf(value) === null)
        return wrong(
          blocking(
            'duration',
            'A duration is written DD:HH:MM, with hours below 24 and minutes below 60.',
          ),
        );
      return right(
        value,
        value.indexOf(':') > 1
          ? []
          : [
              {
                rule: 'duration-digits',
                severity: 'warning',
                sentence: 'Write the days with two digits, as DD:HH:MM.',
                isUsable: true,
              },
            ],
      );
    case 'entity-type':
      return [
        'SUBMITTING_ENTITY',
        'AFFECTED_ENTITY',
        'ULTIMATE_PARENT_UNDERTAKING_ENTITY',
      ].includes(value)
        ? right(value)
        : wrong(notOf(value));
  }
}

function phone(value: string): Checked {
  if (value.length <= MAX_PHONE && PHONE.test(value)) return right(value);
  return wrong(
    blocking(
      'phone',
      value.startsWith('+')
        ? 'After + come the country code and the number without a gap between the first two digits, such as +49 30 901820 or +12025550123.'
        : 'A telephone number begins with its international prefix, such as +49.',
    ),
  );
}

function instant(value: string): Checked {
  switch (instantForm(value)) {
    case 'none':
      return wrong(blocking('instant', 'Date and time are written YYYY-MM-DDThh:mm:ssZ, in UTC.'));
    case 'impossible':
      return wrong(blocking('instant-impossible', 'There is no such day or time.'));
    case 'offset':
      return wrong(
        blocking('instant-zone', 'Date and time are stated in UTC, with a Z at the end.'),
      );
    case 'fraction':
    case 'utc':
      if (value < EARLIEST)
        return wrong(blocking('instant-absurd', 'This lies before 2000. Check the year.'));
      return right(
        value,
        instantForm(value) === 'utc'
          ? []
          : [
              {
                rule: 'instant-fraction',
                severity: 'warning',
                sentence: 'Date and time are stated to the second, without parts of one.',
                isUsable: true,
              },
            ],
      );
  }
}

/** A share of an average may be more than the whole: a day can have more transactions than days have. */
const isShareOfAverage = ({ no }: Leaf): boolean => no === '3.10';
/** Five digits, one of which may be a decimal (ITS 2025/302 Annex II). */
const MOST_PERCENT = 99_999;

function percent(leaf: Leaf, value: number): Checked {
  const most = isShareOfAverage(leaf) ? MOST_PERCENT : 100;
  if (value > most)
    return wrong(
      blocking(
        'percent-range',
        `A percentage ${most === 100 ? 'lies between 0 and 100' : 'has five digits at most'}.`,
      ),
    );
  const decimals = decimalsOf(value);
  if (decimals === null || decimals > 1)
    return wrong(
      blocking('percent-decimals', 'A percentage has one decimal at most, rounded half up.'),
    );
  if (decimals === 1 && value >= 10_000)
    return wrong(blocking('percent-range', 'A percentage has five digits at most.'));
  return right(textOf(value));
}

function figure(leaf: Leaf, kind: 'integer' | 'percent' | 'money', value: number): Checked {
  if (value < 0) return wrong(blocking('negative', 'This can’t be negative.'));
  if (kind === 'integer')
    return Number.isSafeInteger(value)
      ? right(textOf(value))
      : wrong(blocking('integer', 'This has to be a whole number.'));
  if (kind === 'percent') return percent(leaf, value);
  const decimals = decimalsOf(value);
  if (value > MAX_AMOUNT)
    return wrong(blocking('amount-absurd', 'This is more than any amount can be. Check it.'));
  if (decimals === null || decimals > 2)
    return wrong(blocking('amount-decimals', 'An amount has two decimals at most.'));
  const looksLikeThousands = value > 0 && value < 1000;
  const isCoarse = value >= 1_000_000_000 && value % 1_000_000 === 0;
  return right(
    textOf(value),
    looksLikeThousands || isCoarse
      ? [
          {
            rule: 'amount-precision',
            severity: 'warning',
            sentence: looksLikeThousands
              ? 'Amounts are stated in units of the currency. Is this one in thousands?'
              : 'Amounts are exact to the thousand at least. Is this one rounded to millions?',
            isUsable: true,
          },
        ]
      : [],
  );
}
