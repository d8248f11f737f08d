import { describe, expect, it } from 'vitest';
import type { ReportContext } from './conditions.ts';
import { REPORT_FIELDS } from './fields.ts';
import { foundIn, type Change } from './testing/found.ts';
import {
  changed,
  finalValues,
  initialValues,
  intermediateValues,
  reclassifiedValues,
} from './testing/good-reports.ts';

describe('duties by stage (ITS 2025/302 Annex II)', () => {
  const stages = [
    { stage: 'initial', values: initialValues },
    { stage: 'intermediate', values: intermediateValues },
    { stage: 'final', values: finalValues },
  ] as const;

  it.each(stages)(
    'every mandatory field left out is found, and nothing else, $stage',
    ({ stage, values }) => {
      for (const { no, duty } of REPORT_FIELDS) {
        if (duty[stage] !== 'M' || no === '1.1') continue;
        const findings = foundIn(changed(values, { [no]: undefined }));
        expect(findings, no).toEqual([`${no} missing blocking`]);
      }
    },
  );

  it('fields of later stages are not asked for earlier', () => {
    const findings = foundIn(changed(finalValues, { '1.1': 'initial_notification' }));
    expect(findings).toEqual([]);
    expect(
      foundIn(
        changed(initialValues, {
          '2.5': ['critical_services_affected', 'data_losses', 'reputational_impact'],
          '2.6': undefined,
        }),
      ),
    ).toEqual([]);
  });

  it.each<[string, Change, string[], ReportContext?]>([
    ['2.6 with geographical spread', { '2.6': undefined }, ['2.6 missing-spread blocking']],
    ['3.18 with geographical spread', { '3.18': undefined }, ['3.18 missing-spread blocking']],
    ['3.19 with geographical spread', { '3.19': undefined }, ['3.19 missing-spread blocking']],
    ['3.3 with a downtime', { '3.3': undefined }, ['3.3 missing-downtime-stated blocking']],
    ['3.16 with a restoration', { '3.16': undefined }, ['3.16 missing-downtime blocking']],
    ['3.9 with transactions', { '3.9': undefined }, ['3.9 missing-transactions-affected blocking']],
    [
      '3.10 with transactions',
      { '3.10': undefined },
      ['3.10 missing-transactions-affected blocking'],
    ],
    [
      '3.11 with transactions',
      { '3.11': undefined },
      ['3.11 missing-transactions-affected blocking'],
    ],
    ['3.13 with reputation', { '3.13': undefined }, ['3.13 missing-reputational blocking']],
    ['3.14 with reputation', { '3.14': undefined }, ['3.14 missing-reputational blocking']],
    ['3.17 with duration', { '3.17': undefined }, ['3.17 missing-duration blocking']],
    ['3.20 with data losses', { '3.20': undefined }, ['3.20 missing-data-losses blocking']],
    ['3.21 with data losses', { '3.21': undefined }, ['3.21 missing-data-losses blocking']],
    ['3.24 with an other kind', { '3.24': undefined }, ['3.24 missing-type-other blocking']],
    [
      '3.25 with cybersecurity',
      { '3.25': undefined, '3.26': undefined },
      ['3.25 missing-cyber blocking'],
    ],
    [
      '3.26 with an other technique',
      { '3.26': undefined },
      ['3.26 missing-technique-other blocking'],
    ],
    ['3.29 with components', { '3.29': undefined }, ['3.29 missing-components blocking']],
    [
      '3.32 with an other authority',
      { '3.32': undefined },
      ['3.32 missing-authority-other blocking'],
    ],
    ['3.34 with measures', { '3.34': undefined }, ['3.34 missing-measures blocking']],
    ['4.3 with a process failure', { '4.3': undefined }, ['4.3 missing-process-failure blocking']],
    ['4.4 with an other cause', { '4.4': undefined }, ['4.4 missing-cause-other blocking']],
    ['1.14 with a parent', { '1.13': 'Example Group SE' }, ['1.14 missing-group blocking']],
    ['1.6 with another entity', { '1.5': 'Other SE' }, ['1.6 missing-another-entity blocking']],
    [
      '4.16 with recurring ones',
      { '4.15': 'It occurred 3 times.' },
      ['4.16 missing-recurring blocking'],
    ],
    [
      '4.15 with a first one',
      { '4.16': '2026-01-02T00:00:00Z' },
      ['4.15 missing-recurring blocking'],
    ],
    [
      '1.13 where the console knows of a group',
      {},
      ['1.13 missing-group blocking', '1.14 missing-group blocking'],
      { group: true },
    ],
    [
      '3.1 once the authority gave one',
      { '3.1': undefined },
      ['3.1 missing-authority-code blocking'],
      { authorityCode: true },
    ],
    [
      '3.8 once the threshold is met',
      { '3.8': undefined },
      ['3.8 missing-relevant-affected blocking'],
      { relevantAffected: true },
    ],
    [
      '3.35 in the scope of NIS2',
      { '3.35': undefined },
      ['3.35 missing-indicators blocking'],
      { nis2: true },
    ],
    [
      '2.8 where a third party is at its root',
      {},
      ['2.8 missing-third-party-origin blocking'],
      { thirdPartyOrigin: true },
    ],
    [
      '4.10 under the resolution directive',
      {},
      ['4.10 missing-resolution-risk blocking'],
      { resolutionRisk: true },
    ],
    [
      '4.11 where resolvability is affected',
      {},
      ['4.11 missing-resolvability blocking'],
      { resolvability: true },
    ],
  ])('%s', (_name, change, findings, context = {}) => {
    expect(foundIn(changed(finalValues, change), context)).toEqual(findings);
  });

  it('says nothing of what neither the report nor the console tells', () => {
    expect(
      foundIn(changed(finalValues, { '3.1': undefined, '3.8': undefined, '3.35': undefined })),
    ).toEqual([]);
  });

  it('a reclassification gives its reasons and needs no criteria any more', () => {
    expect(foundIn(changed(reclassifiedValues, { '2.10': undefined }))).toEqual([
      '2.10 missing-other-information blocking',
    ]);
    expect(foundIn(changed(reclassifiedValues, { '2.5': ['geographical_spread'] }))).toEqual([]);
  });

  it('blank text counts as missing', () => {
    expect(foundIn(changed(finalValues, { '4.5': ' \n ' }))).toEqual(['4.5 missing blocking']);
  });

  it('an unknown type of submission is asked for what every stage is', () => {
    expect(foundIn(changed(initialValues, { '1.1': 'last_report', '1.2': undefined }))).toEqual([
      '1.1 closed-list blocking',
      '1.2 missing blocking',
    ]);
    expect(foundIn(changed(initialValues, { '1.1': undefined }))).toEqual(['1.1 missing blocking']);
  });
});
