/** Rules 7 to 9 of the cross-field rules: figures and what is said of them, authorities, measures. */
import { isFilled, listOf } from './conditions.ts';
import { annexArticle } from './finding.ts';
import type { FieldNo } from './field-types.ts';
import { figureOf, type Rule } from './rule.ts';

type Group = { id: string; words: string; figures: readonly FieldNo[] };

const GROUPS: readonly Group[] = [
  { id: 'clients', words: 'clients', figures: ['3.4', '3.5'] },
  { id: 'financial_counterparts', words: 'financial counterparts', figures: ['3.6', '3.7'] },
  { id: 'transactions', words: 'transactions', figures: ['3.9', '3.10', '3.11'] },
];

const none = ({ id }: Group): string => `no_impact_on_${id}`;

const statementsOf = ({ id }: Group): readonly string[] => [
  `actual_figures_for_${id}_affected`,
  `estimates_for_${id}_affected`,
  `no_impact_on_${id}`,
];

/** One statement for each group, rather less or more: blocking, since a figure can't be both. */
const oneStatement = (group: Group): Rule => ({
  id: `one-statement-${group.id}`,
  field: '3.12',
  severity: 'blocking',
  article: annexArticle('3.12'),
  check: ({ values }) => {
    const stated = listOf(values, '3.12');
    if (stated.length === 0) return null;
    const count = statementsOf(group).filter((value) => stated.includes(value)).length;
    if (count === 1) return null;
    return count === 0
      ? `Say of ${group.words}, too, whether figures are actual or estimates, or that there was no impact.`
      : `Only one of the statements about ${group.words} can be right.`;
  },
});

const noImpact = (group: Group): Rule => ({
  id: `no-impact-${group.id}`,
  field: '3.12',
  with: group.figures,
  severity: 'blocking',
  article: annexArticle('3.12', ...group.figures),
  check: ({ values }) =>
    listOf(values, '3.12').includes(none(group)) &&
    group.figures.some((no) => (figureOf(values, no) ?? 0) > 0)
      ? `No impact on ${group.words} means 0, but a figure says otherwise (${group.figures.join(', ')}).`
      : null,
});

export const IMPACT_RULES: readonly Rule[] = [
  ...GROUPS.map(oneStatement),
  ...GROUPS.map(noImpact),
  {
    id: 'none-alone',
    field: '3.31',
    // Both can't be true.
    severity: 'blocking',
    article: annexArticle('3.31'),
    check: ({ values }) => {
      const told = listOf(values, '3.31');
      return told.includes('none') && told.length > 1
        ? 'None stands alone: take it out, or the authorities.'
        : null;
    },
  },
  {
    id: 'no-measures-reason',
    field: '3.34',
    with: ['3.33'],
    // The list of duties asks for it with yes only, the text of the Annex with no, too.
    severity: 'warning',
    article: annexArticle('3.33', '3.34'),
    check: ({ values, stage }) =>
      stage !== 'initial' && values['3.33'] === false && !isFilled(values, '3.34')
        ? 'Say why no temporary measures were taken.'
        : null,
  },
];
