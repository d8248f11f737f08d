import { describe, expect, it } from 'vitest';
import { checkReport, maySubmit } from '../report-rules.ts';
import { toDocument } from './document.ts';
import { dutyShare, prefill, valuesOf } from './prefill.ts';
import { finalValues, initialValues, LEI, OTHER_LEI } from './testing/good-reports.ts';
import { alarmKnowledge, resolvedKnowledge } from './testing/knowledge.ts';

describe('a draft of an initial notification', () => {
  it('has all but what people know, for an incident that an alarm opened', () => {
    const draft = prefill(alarmKnowledge, 'initial');
    const { mandatory } = dutyShare(valuesOf(draft), 'initial');
    expect(mandatory).toEqual({ filled: 17, of: 18 });
    expect(draft['2.9']).toEqual({
      value: null,
      source: 'missing',
      from: 'Not on record yet.',
    });
  });

  it('keeps the rules once a person has said the rest', () => {
    const draft = prefill(
      { ...alarmKnowledge, continuityActivated: { value: false, from: 'the continuity plans' } },
      'initial',
    );
    expect(checkReport(toDocument(valuesOf(draft)))).toEqual([]);
  });

  it('says where each value comes from, and which it concluded', () => {
    const draft = prefill(alarmKnowledge, 'initial');
    expect(draft['1.2']).toEqual({
      value: 'Example Custody SE',
      source: 'filled',
      from: 'From the profile of the entity, 1 February 2026.',
    });
    expect(draft['2.2']).toEqual({
      value: '2026-03-02T09:14:00Z',
      source: 'filled',
      from: 'From the alarm.',
    });
    expect(draft['2.7']).toEqual({
      value: 'monitoring_systems',
      source: 'inferred',
      from: 'Concluded, because an alarm of the console opened the incident (the incident’s file).',
    });
    expect(draft['2.4']?.value).toBe(
      'Signing stopped. Detected on 2 March 2026, 09:14 UTC by an alarm of the monitoring. Services affected: Custody.',
    );
    expect(draft['2.4']?.source).toBe('inferred');
    expect(draft['2.6']).toEqual({
      value: null,
      source: 'missing',
      from: 'Due only if geographical spread is one of the criteria met.',
    });
    expect(Object.values(draft).filter((field) => !field?.from.endsWith('.'))).toEqual([]);
  });

  it('has no field of later stages', () => {
    expect(Object.keys(prefill(alarmKnowledge, 'initial')).filter((no) => no > '3')).toEqual([]);
  });

  it('names the affected entity where somebody else submits', () => {
    const draft = prefill(
      {
        ...alarmKnowledge,
        submitter: { value: { name: 'Reporter', code: 'X1' }, from: 'the profile' },
      },
      'initial',
    );
    expect([
      draft['1.2']?.value,
      draft['1.3']?.value,
      draft['1.5']?.value,
      draft['1.6']?.value,
    ]).toEqual(['Reporter', 'X1', 'Example Custody SE', LEI]);
    expect(draft['1.14']?.value).toBe(OTHER_LEI);
  });

  it('counts a malicious access under data losses', () => {
    const classification = alarmKnowledge.classification;
    if (!classification) throw new Error('There is a classification.');
    const draft = prefill(
      {
        ...alarmKnowledge,
        classification: {
          ...classification,
          value: { ...classification.value, malicious_access_9_5_b: true },
        },
      },
      'intermediate',
    );
    expect(draft['2.5']?.value).toEqual([
      'clients_financial_counterparts_and_transactions_affected',
      'duration_and_service_downtime',
      'data_losses',
      'critical_services_affected',
    ]);
    expect(draft['3.23']).toMatchObject({ value: ['cybersecurity-related'], source: 'inferred' });
  });

  it('of knowledge of nothing has only its own type', () => {
    const draft = prefill({ now: '2026-03-02T11:30:00Z' }, 'final');
    expect(Object.keys(valuesOf(draft))).toEqual(['1.1']);
    expect(Object.keys(draft)).toHaveLength(76);
  });
});

describe('a draft of a later report', () => {
  const draft = prefill(resolvedKnowledge, 'final');
  const sources = (...fields: (keyof typeof draft)[]) =>
    fields.map((no) => [draft[no]?.value, draft[no]?.source]);

  it('works out shares, spans and statements', () => {
    expect(sources('3.4', '3.5', '3.6', '3.7')).toEqual([
      ['9', 'filled'],
      ['11.3', 'filled'],
      ['0', 'filled'],
      ['0', 'filled'],
    ]);
    expect(sources('3.9', '3.10', '3.11')).toEqual([
      ['5', 'inferred'],
      ['142.9', 'inferred'],
      ['1234.57', 'filled'],
    ]);
    expect(sources('3.12')).toEqual([
      [
        [
          'actual_figures_for_clients_affected',
          'no_impact_on_financial_counterparts',
          'estimates_for_transactions_affected',
        ],
        'filled',
      ],
    ]);
    expect(sources('3.15', '3.16', '3.17')).toEqual([
      ['01:04:11', 'filled'],
      ['01:01:10', 'inferred'],
      ['actual_figures_and_estimates', 'filled'],
    ]);
  });

  it('works out costs and the plan', () => {
    expect(sources('4.9', '4.12', '4.13', '4.14')).toEqual([
      ['Resolved 2 days before the planned day, 5 March 2026.', 'inferred'],
      [
        'Gross costs and losses are EUR 150,000.50 and exceed the threshold of EUR 100,000.',
        'inferred',
      ],
      ['150000.5', 'filled'],
      ['0', 'filled'],
    ]);
  });

  it('breaks no rule but those that wait for people', () => {
    const findings = checkReport(toDocument(valuesOf(draft)));
    expect(findings.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      '2.5 costs-over-threshold',
      '3.23 missing',
      '3.30 missing',
      '4.5 missing',
      '4.6 missing',
    ]);
    expect(maySubmit(findings)).toBe(false);
  });

  it('leaves amounts in another currency to people', () => {
    const entity = resolvedKnowledge.entity;
    if (!entity) throw new Error('There is an entity.');
    const koruna = prefill(
      { ...resolvedKnowledge, entity: { ...entity, value: { ...entity.value, currency: 'CZK' } } },
      'final',
    );
    expect(['3.11', '4.12', '4.13'].map((no) => koruna[no as '3.11']?.source)).toEqual([
      'missing',
      'missing',
      'missing',
    ]);
  });

  it('estimates the duration of an incident that goes on', () => {
    expect(prefill(alarmKnowledge, 'intermediate')['3.15']).toEqual({
      value: '00:02:17',
      source: 'inferred',
      from: 'From 2 March 2026, 09:14 UTC until now; the incident goes on.',
    });
  });
});

describe('a draft after something was sent', () => {
  const sent = [
    {
      submission: 'initial_notification',
      at: '2026-03-02T12:00:00Z',
      values: { ...initialValues, '3.22': 'Custody, said early.', '3.15': '00:01:00' },
    },
  ];

  it('begins with what was sent, and keeps what people wrote', () => {
    const draft = prefill({ now: '2026-03-04T00:00:00Z', sent }, 'intermediate');
    expect(draft['2.4']).toEqual({
      value: initialValues['2.4'],
      source: 'filled',
      from: 'Sent with the initial notification of 2 March 2026, 12:00 UTC.',
    });
    const corrected = prefill({ ...alarmKnowledge, sent }, 'intermediate');
    expect(corrected['2.4']?.value).toBe(initialValues['2.4']);
  });

  it('corrects it by what is known now, and says so', () => {
    const draft = prefill({ ...alarmKnowledge, sent }, 'intermediate');
    expect(draft['2.5']?.value).not.toEqual(initialValues['2.5']);
    expect(draft['2.5']?.from).toMatch(/It differs from what was sent before\.$/);
    expect(draft['3.15']?.value).toBe('00:02:17');
    // What was only concluded doesn't overwrite what people sent.
    expect(draft['2.7']?.from).toMatch(/^Sent with/);
  });

  it('has fields that were given early', () => {
    expect(prefill({ now: '2026-03-04T00:00:00Z', sent }, 'initial')['3.22']?.value).toBe(
      'Custody, said early.',
    );
  });

  it('takes what people enter before all else', () => {
    const draft = prefill(
      {
        ...alarmKnowledge,
        sent,
        entered: { '2.4': { value: 'Written anew.', from: 'Ines Okafor, 4 March 2026' } },
      },
      'intermediate',
    );
    expect(draft['2.4']).toEqual({
      value: 'Written anew.',
      source: 'filled',
      from: 'From Ines Okafor, 4 March 2026.',
    });
  });

  it('takes the latest of several reports', () => {
    const later = {
      submission: 'intermediate_report',
      at: '2026-03-05T12:00:00Z',
      values: { '2.4': 'Later words.' },
    };
    const draft = prefill({ now: '2026-03-06T00:00:00Z', sent: [...sent, later] }, 'final');
    expect(draft['2.4']?.value).toBe('Later words.');
    expect(draft['1.2']?.value).toBe('Example Custody SE');
    expect(draft['1.1']?.value).toBe('final_report');
  });

  it('of a reclassification asks for the reasons', () => {
    const draft = prefill({ now: '2026-03-04T00:00:00Z', sent }, 'reclassified');
    expect(draft['1.1']?.value).toBe('major_incident_reclassified_as_non-major');
    expect(draft['2.10']?.source).toBe('missing');
  });
});

describe('the share of what is due', () => {
  it('counts mandatory fields, and conditional ones that are known to be due', () => {
    expect(dutyShare(finalValues, 'final')).toEqual({
      mandatory: { filled: 42, of: 42 },
      conditional: { filled: 21, of: 21 },
    });
    expect(dutyShare({}, 'initial')).toEqual({
      mandatory: { filled: 0, of: 18 },
      conditional: { filled: 0, of: 0 },
    });
    expect(dutyShare(initialValues, 'initial', { group: true })).toEqual({
      mandatory: { filled: 18, of: 18 },
      conditional: { filled: 1, of: 3 },
    });
  });
});
