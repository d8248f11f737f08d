/** Rules 3 to 5 of the cross-field rules: the criteria, and what they have to go with. */
import { thresholds } from '../thresholds.ts';
import { isFilled, listOf } from './conditions.ts';
import { annexArticle } from './finding.ts';
import type { ReportValues } from './field-types.ts';
import { minutesOf } from './figures.ts';
import { figureOf, type Facts, type Rule } from './rule.ts';

const CRITICAL = 'critical_services_affected';
const ARTICLE_8 = '2024/1772 Art 6, 8(1) and 9';

const criteria = (values: ReportValues): readonly string[] => listOf(values, '2.5');

/** What the report says about a malicious access, where it says anything. */
function saysMalicious(values: ReportValues): boolean | null {
  const types = listOf(values, '3.23');
  const causes = listOf(values, '4.1');
  if (types.length === 0 && causes.length === 0) return null;
  return types.includes('cybersecurity-related') || causes.includes('malicious_actions');
}

/** What the criteria have, of those that a major incident needs. */
function countCriteria({ values, isReclassified }: Facts): 'enough' | 'too-few' | 'malicious-only' {
  const chosen = criteria(values);
  // What is taken back needs no criteria; what is missing altogether, or the critical services, is another rule's.
  if (isReclassified || !chosen.includes(CRITICAL)) return 'enough';
  const others = chosen.filter((one) => one !== CRITICAL);
  if (others.length >= thresholds.others.limit) return 'enough';
  const isAccess = saysMalicious(values);
  if (isAccess === false) return 'too-few';
  // 9(5)(b) counts under data losses, and stands alone (8(1)(a)). What the report doesn't say, it may still be.
  const isStated = isAccess === true && others.length === 1 && others[0] === 'data_losses';
  return isStated ? 'enough' : 'malicious-only';
}

const spreadArticle = `${annexArticle('2.5', '2.6')}; 2024/1772 Art 9(4)`;

export const CRITERIA_RULES: readonly Rule[] = [
  {
    id: 'critical-services',
    field: '2.5',
    // No incident is major without it.
    severity: 'blocking',
    article: ARTICLE_8,
    check: ({ values, isReclassified }) =>
      isReclassified || criteria(values).length === 0 || criteria(values).includes(CRITICAL)
        ? null
        : 'An incident is major only if critical services are affected. Choose that criterion, too, or reclassify the incident.',
  },
  {
    id: 'enough-criteria',
    field: '2.5',
    with: ['3.23', '4.1'],
    // What is stated makes no major incident, so the report contradicts itself.
    severity: 'blocking',
    article: ARTICLE_8,
    check: (facts) =>
      countCriteria(facts) === 'too-few'
        ? 'Besides critical services a major incident meets two criteria, or is a malicious access that may lead to data losses (data losses here, cybersecurity-related in 3.23).'
        : null,
  },
  {
    id: 'malicious-access',
    field: '2.5',
    with: ['3.23', '4.1'],
    // It can be right, and the report alone can't tell.
    severity: 'warning',
    article: '2024/1772 Art 8(1)(a) and 9(5)(b)',
    check: (facts) =>
      countCriteria(facts) === 'malicious-only'
        ? 'These criteria are enough only for a successful malicious access that may lead to data losses. Choose data losses here and say in 3.23 that it is cybersecurity-related.'
        : null,
  },
  {
    id: 'states-without-spread',
    field: '2.6',
    with: ['2.5'],
    // One of the two is wrong, and they decide whom the authority tells.
    severity: 'blocking',
    article: spreadArticle,
    check: ({ values }) =>
      isFilled(values, '2.6') &&
      criteria(values).length > 0 &&
      !criteria(values).includes('geographical_spread')
        ? 'Member States are named, but geographical spread isn’t among the criteria (2.5).'
        : null,
  },
  {
    id: 'one-state',
    field: '2.6',
    with: ['2.5'],
    // A reader may have named the other States only.
    severity: 'warning',
    article: spreadArticle,
    check: ({ values }) =>
      criteria(values).includes('geographical_spread') && listOf(values, '2.6').length === 1
        ? 'The threshold is met with an impact in two Member States or more. Name all of them, one’s own too.'
        : null,
  },
  {
    id: 'economic-amount',
    field: '4.12',
    with: ['2.5'],
    // An amount may be written as words.
    severity: 'warning',
    article: `${annexArticle('4.12')}; 2024/1772 Art 9(6)`,
    check: ({ values, stage }) =>
      stage === 'final' &&
      criteria(values).includes('economic_impact') &&
      isFilled(values, '4.12') &&
      !/\d/.test(String(values['4.12']))
        ? 'Economic impact is among the criteria (2.5), so say which amount was reached.'
        : null,
  },
  {
    id: 'costs-over-threshold',
    field: '2.5',
    with: ['1.15', '4.13'],
    // Costs may have become known after the classification; a person looks at it again.
    severity: 'warning',
    article: `2024/1772 Art ${thresholds.costs.article}`,
    check: ({ values }) =>
      values['1.15'] === 'EUR' &&
      (figureOf(values, '4.13') ?? 0) > thresholds.costs.limit &&
      criteria(values).length > 0 &&
      !criteria(values).includes('economic_impact')
        ? 'Gross costs and losses (4.13) exceed EUR 100,000, but economic impact isn’t among the criteria.'
        : null,
  },
  {
    id: 'duration-over-threshold',
    field: '2.5',
    with: ['3.15'],
    severity: 'warning',
    article: `2024/1772 Art ${thresholds.duration.article}`,
    check: ({ values }) =>
      (minutesOf(values['3.15']) ?? 0) > thresholds.duration.limit &&
      criteria(values).length > 0 &&
      !criteria(values).includes('duration_and_service_downtime')
        ? 'The incident lasted longer than 24 hours (3.15), but duration isn’t among the criteria.'
        : null,
  },
  {
    id: 'duration-below-threshold',
    field: '2.5',
    with: ['3.15', '3.16'],
    // Either may be an estimate that grows, so a person looks at the classification again.
    severity: 'warning',
    article: `2024/1772 Art ${thresholds.duration.article} and ${thresholds.downtime.article}`,
    check: ({ values }) => {
      const duration = minutesOf(values['3.15']);
      const downtime = minutesOf(values['3.16']);
      return criteria(values).includes('duration_and_service_downtime') &&
        duration !== null &&
        downtime !== null &&
        duration <= thresholds.duration.limit &&
        downtime <= thresholds.downtime.limit
        ? 'Duration is among the criteria, but neither the duration (3.15) exceeds 24 hours nor the downtime (3.16) 2 hours.'
        : null;
    },
  },
];
