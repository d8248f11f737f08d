/** Rules 1 and 15 of the cross-field rules: who reports for whom, and why it is taken back. */
import { isLei } from '#lib/platform/lei.ts';
import { isFilled } from './conditions.ts';
import { annexArticle } from './finding.ts';
import type { Rule } from './rule.ts';

export const PARTY_RULES: readonly Rule[] = [
  {
    id: 'submitter-by-lei',
    field: '1.3',
    with: ['1.5', '1.6'],
    // Nobody else reports, so the submitter is the financial entity, and that has an LEI.
    severity: 'blocking',
    article: annexArticle('1.3'),
    check: ({ values }) => {
      const code = values['1.3'];
      if (typeof code !== 'string' || code.trim() === '' || isLei(code)) return null;
      return isFilled(values, '1.5') || isFilled(values, '1.6')
        ? null
        : 'A financial entity that reports for itself gives its LEI. If somebody else reports, name the affected entity (1.5, 1.6).';
    },
  },
];
