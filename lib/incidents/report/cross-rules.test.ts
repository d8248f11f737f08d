import { describe, expect, it } from 'vitest';
import { CROSS_FIELD_RULES, type ReportContext } from '../report-rules.ts';
import type { ReportValues } from './field-types.ts';
import { foundIn, type Change } from './testing/found.ts';
import {
  changed,
  finalValues,
  initialValues,
  intermediateValues,
  LEI,
  OTHER_LEI,
} from './testing/good-reports.ts';

describe('rules between fields', () => {
  it.each<[string, ReportValues, Change, string[], ReportContext?]>([
    [
      '1: as many names as LEIs',
      finalValues,
      { '1.5': 'A; B', '1.6': LEI },
      ['1.6 names-and-leis blocking'],
    ],
    [
      '1: as many LEIs as names',
      finalValues,
      { '1.5': 'A', '1.6': `${LEI}; ${OTHER_LEI}` },
      ['1.5 names-and-leis blocking'],
    ],
    [
      '2: classified before found',
      finalValues,
      { '2.3': '2026-03-02T09:13:59Z' },
      ['2.3 detected-before-classified blocking'],
    ],
    [
      '2: found before it occurred',
      finalValues,
      { '3.2': '2026-03-02T09:14:01Z' },
      ['3.2 occurred-before-detected blocking'],
    ],
    [
      '2: restored before it occurred',
      finalValues,
      { '3.3': '2026-03-02T08:49:59Z' },
      ['3.3 occurred-before-restored blocking'],
    ],
    [
      '2: addressed before it occurred',
      finalValues,
      { '4.7': '2026-03-02T08:49:59Z' },
      ['4.7 occurred-before-addressed blocking'],
    ],
    [
      '2: resolved before it occurred',
      finalValues,
      { '4.8': '2026-03-02T08:49:59Z' },
      ['4.8 occurred-before-resolved blocking'],
    ],
    [
      '2: what happened is not in the future',
      finalValues,
      {},
      ['4.7 in-the-future blocking'],
      { now: '2026-03-09T00:00:00Z' },
    ],
    [
      '3: critical services are always affected',
      finalValues,
      { '2.5': without('critical_services_affected') },
      ['2.5 critical-services blocking'],
    ],
    [
      '3: two more criteria',
      initialValues,
      {
        '2.5': ['critical_services_affected', 'reputational_impact'],
        '2.6': undefined,
        '3.23': ['system_failure'],
      },
      ['2.5 enough-criteria blocking'],
    ],
    [
      '3: critical services alone',
      initialValues,
      { '2.5': ['critical_services_affected'], '2.6': undefined, '3.23': ['system_failure'] },
      ['2.5 enough-criteria blocking'],
    ],
    [
      '3: what an initial notification doesn’t say may be a malicious access',
      initialValues,
      { '2.5': ['critical_services_affected'], '2.6': undefined },
      ['2.5 malicious-access warning'],
    ],
    [
      '3: one more criterion may go with a malicious access, too',
      initialValues,
      { '2.5': ['critical_services_affected', 'economic_impact'], '2.6': undefined },
      ['2.5 malicious-access warning'],
    ],
    [
      '3: an attack with one more criterion',
      initialValues,
      {
        '2.5': ['critical_services_affected', 'economic_impact'],
        '2.6': undefined,
        '3.23': ['cybersecurity-related'],
      },
      ['2.5 malicious-access warning'],
    ],
    [
      '5: duration without anything that lasted is a downtime',
      intermediateValues,
      { '3.15': '00:00:01', '3.16': undefined, '3.3': undefined },
      ['3.16 missing-downtime blocking'],
    ],
    [
      '5: duration with neither a long duration nor a long downtime',
      intermediateValues,
      { '3.15': '00:23:59', '3.16': '00:02:00' },
      ['2.5 duration-below-threshold warning'],
    ],
    [
      '3: data losses alone may be a malicious access',
      initialValues,
      { '2.5': ['critical_services_affected', 'data_losses'], '2.6': undefined },
      ['2.5 malicious-access warning'],
    ],
    [
      '3: a malicious access that is stated stands alone',
      initialValues,
      {
        '2.5': ['critical_services_affected', 'data_losses'],
        '2.6': undefined,
        '3.23': ['cybersecurity-related'],
      },
      [],
    ],
    [
      '3: data losses without an attack do not',
      initialValues,
      {
        '2.5': ['critical_services_affected', 'data_losses'],
        '2.6': undefined,
        '3.23': ['system_failure'],
      },
      ['2.5 enough-criteria blocking'],
    ],
    [
      '3: an attack without data losses',
      initialValues,
      {
        '2.5': ['critical_services_affected'],
        '2.6': undefined,
        '3.23': ['cybersecurity-related'],
      },
      ['2.5 malicious-access warning'],
    ],
    [
      '4: Member States without spread',
      finalValues,
      { '2.5': without('geographical_spread') },
      ['2.6 states-without-spread blocking'],
    ],
    ['4: spread over one State', initialValues, { '2.6': ['FR'] }, ['2.6 one-state warning']],
    [
      '5: economic impact says an amount',
      finalValues,
      { '4.12': 'Exceeded.' },
      ['4.12 economic-amount warning'],
    ],
    [
      '5: costs above the threshold',
      finalValues,
      { '2.5': without('economic_impact') },
      ['2.5 costs-over-threshold warning'],
    ],
    [
      '5: a duration above the threshold',
      finalValues,
      { '2.5': without('duration_and_service_downtime') },
      ['2.5 duration-over-threshold warning'],
    ],
    [
      '6: expected restoration is an estimate',
      intermediateValues,
      {},
      ['3.17 restoration-expected warning'],
      { now: '2026-03-03T09:00:00Z' },
    ],
    [
      '6: expected restoration that says so',
      intermediateValues,
      { '3.17': 'estimates' },
      [],
      { now: '2026-03-03T09:00:00Z' },
    ],
    [
      '7: a statement for clients',
      finalValues,
      { '3.12': ['no_impact_on_financial_counterparts', 'estimates_for_transactions_affected'] },
      ['3.12 one-statement-clients blocking'],
    ],
    [
      '7: a statement for counterparts',
      finalValues,
      { '3.12': ['actual_figures_for_clients_affected', 'estimates_for_transactions_affected'] },
      ['3.12 one-statement-financial_counterparts blocking'],
    ],
    [
      '7: a statement for transactions',
      finalValues,
      { '3.12': ['actual_figures_for_clients_affected', 'no_impact_on_financial_counterparts'] },
      ['3.12 one-statement-transactions blocking'],
    ],
    [
      '7: only one statement for clients',
      finalValues,
      {
        '3.12': [
          'actual_figures_for_clients_affected',
          'estimates_for_clients_affected',
          'no_impact_on_financial_counterparts',
          'estimates_for_transactions_affected',
        ],
      },
      ['3.12 one-statement-clients blocking'],
    ],
    [
      '7: no impact on clients is 0',
      finalValues,
      {
        '3.12': [
          'no_impact_on_clients',
          'no_impact_on_financial_counterparts',
          'estimates_for_transactions_affected',
        ],
      },
      ['3.12 no-impact-clients blocking'],
    ],
    [
      '7: no impact on counterparts is 0',
      finalValues,
      { '3.6': '1' },
      ['3.12 no-impact-financial_counterparts blocking'],
    ],
    [
      '7: no impact on transactions is 0',
      finalValues,
      {
        '3.12': [
          'actual_figures_for_clients_affected',
          'no_impact_on_financial_counterparts',
          'no_impact_on_transactions',
        ],
      },
      ['3.12 no-impact-transactions blocking'],
    ],
    [
      '8: none stands alone',
      finalValues,
      { '3.31': ['none', 'csirt'], '3.32': undefined },
      ['3.31 none-alone blocking'],
    ],
    [
      '9: no measures have a reason',
      finalValues,
      { '3.33': false, '3.34': undefined },
      ['3.34 no-measures-reason warning'],
    ],
    ['9: no measures with a reason', finalValues, { '3.33': false }, []],
    [
      '10: details belong to a category',
      finalValues,
      { '4.1': ['process_failure'] },
      ['4.2 detail-in-category blocking'],
    ],
    [
      '10: additions belong to a detail',
      finalValues,
      { '4.3': ['logging', 'error_handling'] },
      ['4.3 addition-in-detail blocking'],
    ],
    [
      '10: every category has a detail',
      finalValues,
      { '4.1': ['malicious_actions', 'process_failure', 'human_error'] },
      ['4.2 category-without-detail warning'],
    ],
    [
      '11: recoveries beyond the costs',
      finalValues,
      { '4.14': '150000.01' },
      ['4.14 recoveries-over-costs warning'],
    ],
    ['11: costs of nothing are stated', finalValues, { '4.13': '0', '4.14': '0' }, []],
    [
      '13: who reports for itself has an LEI',
      finalValues,
      { '1.3': 'DE-HRB-1' },
      [
        '1.3 submitter-by-lei blocking',
        '1.5 missing-another-entity blocking',
        '1.6 missing-another-entity blocking',
      ],
    ],
    [
      '13: who reports for another needs none',
      finalValues,
      { '1.3': 'DE-HRB-1', '1.5': 'Other SE', '1.6': LEI },
      [],
    ],
    [
      '14: the number of occurrences',
      finalValues,
      { '4.15': 'Often.', '4.16': '2026-01-02T00:00:00Z' },
      ['4.15 recurring-number warning'],
    ],
    [
      '14: the first lies before the last',
      finalValues,
      { '4.15': '3 times.', '4.16': '2026-03-02T08:50:01Z' },
      ['4.16 first-before-last blocking'],
    ],
    [
      'a third party at the root',
      finalValues,
      {
        '4.1': ['external_event'],
        '4.2': ['external_event_third-party_failures'],
        '4.3': undefined,
        '4.4': undefined,
      },
      ['2.8 third-party-origin warning'],
    ],
  ])('%s', (_name, values, change, findings, context = {}) => {
    expect(foundIn(changed(values, change), context)).toEqual(findings);
  });

  it('events at the same instant are in order', () => {
    const at = '2026-03-02T09:14:00Z';
    expect(
      foundIn(
        changed(finalValues, { '2.2': at, '2.3': at, '3.2': at, '3.3': at, '4.7': at, '4.8': at }),
      ),
    ).toEqual([]);
  });

  it('have an id of their own for each field, an article and a field', () => {
    const ids = CROSS_FIELD_RULES.map(({ id, field }) => `${id} ${field}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(CROSS_FIELD_RULES.filter(({ article }) => !/20\d\d\/\d+/.test(article))).toEqual([]);
  });
});

/** The criteria of the good reports but one. */
function without(criterion: string): readonly string[] {
  const all = initialValues['2.5'];
  return typeof all === 'object' ? all.filter((one) => one !== criterion) : [];
}
