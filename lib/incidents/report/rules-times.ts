/** Rules 2, 6 and 14 of the cross-field rules: the order of events, and what is recurring. */
import { annexArticle } from './finding.ts';
import type { FieldNo } from './field-types.ts';
import { isFilled } from './conditions.ts';
import { millisOf } from './figures.ts';
import { isAfter, type Rule } from './rule.ts';

const order = (
  id: string,
  field: FieldNo,
  first: FieldNo,
  second: FieldNo,
  sentence: string,
): Rule => ({
  id,
  field,
  with: [first, second],
  // A day that can't be: the clocks are computed from these.
  severity: 'blocking',
  article: annexArticle(first, second),
  check: ({ values }) => (isAfter(values, first, second) ? sentence : null),
});

/** Events that lie behind whoever writes the report; 3.3 may be an expectation. */
const PAST: readonly FieldNo[] = ['2.2', '2.3', '3.2', '4.7', '4.8', '4.16'];

const notInFuture = (field: FieldNo): Rule => ({
  id: 'in-the-future',
  field,
  severity: 'blocking',
  article: annexArticle(field),
  check: ({ values, context }) => {
    const now = millisOf(context.now);
    const then = millisOf(values[field]);
    return now !== null && then !== null && then > now ? 'This lies in the future.' : null;
  },
});

export const TIME_RULES: readonly Rule[] = [
  order(
    'detected-before-classified',
    '2.3',
    '2.2',
    '2.3',
    'The incident was classified before it was found. Check both times.',
  ),
  order(
    'occurred-before-detected',
    '3.2',
    '3.2',
    '2.2',
    'The incident occurred after it was found. Check both times.',
  ),
  order(
    'occurred-before-restored',
    '3.3',
    '3.2',
    '3.3',
    'Services were restored before the incident occurred. Check both times.',
  ),
  order(
    'occurred-before-addressed',
    '4.7',
    '3.2',
    '4.7',
    'The root cause was addressed before the incident occurred. Check both times.',
  ),
  order(
    'occurred-before-resolved',
    '4.8',
    '3.2',
    '4.8',
    'The incident was resolved before it occurred. Check both times.',
  ),
  order(
    'first-before-last',
    '4.16',
    '4.16',
    '3.2',
    'The first of the recurring incidents lies after the last one (3.2). Check both times.',
  ),
  ...PAST.map(notInFuture),
  {
    id: 'restoration-expected',
    field: '3.17',
    with: ['3.3'],
    // How an expected time is marked is our reading, so a person decides.
    severity: 'warning',
    article: annexArticle('3.3', '3.17'),
    check: ({ values, context, stage }) => {
      const now = millisOf(context.now);
      const restored = millisOf(values['3.3']);
      if (stage === 'initial' || now === null || restored === null || restored <= now) return null;
      return values['3.17'] === 'estimates' || values['3.17'] === 'actual_figures_and_estimates'
        ? null
        : 'Services are expected back later (3.3), so say here that times are estimates.';
    },
  },
  {
    id: 'recurring-number',
    field: '4.15',
    // A number may be written as a word.
    severity: 'warning',
    article: `${annexArticle('4.15')}; 2024/1772 Art 8(2)`,
    check: ({ values }) =>
      isFilled(values, '4.15') && !/\d/.test(String(values['4.15']))
        ? 'Say how often the incidents occurred.'
        : null,
  },
];
