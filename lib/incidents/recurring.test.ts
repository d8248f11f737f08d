import { describe, expect, test } from 'vitest';
import { classifyIncident, FactError, type IncidentFacts } from './classification.ts';
import { findRecurring, findRecurringGroups, type OccurredIncident } from './recurring.ts';

const scope = { microenterprise: false };
const critical: IncidentFacts = { cs_a_cif_systems: true };
/** One threshold each, and another together with its like. */
const slow: IncidentFacts = { ...critical, duration: '02:00:00', gross_costs_eur: 60_000 };

const at = (
  id: string,
  occurred_on: string,
  facts: IncidentFacts = slow,
  root_cause: string | null = 'Disk full',
): OccurredIncident => ({ id, occurred_on, root_cause, facts });

describe('recurring incidents', () => {
  test('two that are not major one by one are one major incident when together they meet the test', () => {
    const two = [at('b', '2026-03-01'), at('a', '2026-01-10')];
    expect(classifyIncident(slow).major).toBe(false);
    expect(findRecurring(two, scope)).toEqual({ recurring_group: ['a', 'b'], major: true });
    expect(findRecurringGroups(two, scope)).toMatchObject([
      {
        ids: ['a', 'b'],
        root_cause: 'Disk full',
        first: '2026-01-10',
        last: '2026-03-01',
        facts: { duration: '02:00:00', gross_costs_eur: 120_000, cs_a_cif_systems: true },
        classification: { major: true, route: '8(1)(b)' },
        related: [],
      },
    ]);
  });

  test('the day 6 calendar months later still belongs to the 6 months, the next does not', () => {
    const isMajor = (one: string, other: string) =>
      findRecurring([at('a', one), at('b', other)], scope).major;
    expect(isMajor('2026-01-10', '2026-07-10')).toBe(true);
    expect(isMajor('2026-01-10', '2026-07-11')).toBe(false);
    expect(isMajor('2026-08-31', '2027-02-28')).toBe(true);
    expect(isMajor('2026-08-31', '2027-03-01')).toBe(false);
  });

  test('one alone does not recur, and neither do different or unknown causes', () => {
    expect(findRecurring([at('a', '2026-01-10')], scope)).toEqual({
      recurring_group: [],
      major: false,
    });
    const causes = (one: string | null, other: string | null) =>
      findRecurring([at('a', '2026-01-10', slow, one), at('b', '2026-01-11', slow, other)], scope)
        .major;
    expect(causes('Disk full', 'Disk broken')).toBe(false);
    expect(causes('', '')).toBe(false);
    expect(causes('  ', ' ')).toBe(false);
    expect(causes(null, null)).toBe(false);
    expect(causes('Disk full', '  disk  FULL ')).toBe(true);
  });

  test('what is no incident with an id is refused with its place', () => {
    const faultOf = (incidents: unknown): string => {
      try {
        findRecurring(incidents as OccurredIncident[], scope);
      } catch (error) {
        if (error instanceof FactError) return error.field;
        throw error;
      }
      return 'none';
    };
    expect(faultOf([null])).toBe('incidents[0]');
    expect(faultOf([at('a', '2026-01-10'), 'b'])).toBe('incidents[1]');
    expect(faultOf([{ occurred_on: '2026-01-10', root_cause: 'x', facts: slow }])).toBe(
      'incidents[0].id',
    );
    expect(faultOf([{ ...at('a', '2026-01-10'), id: ' ' }])).toBe('incidents[0].id');
    expect(faultOf(null)).toBe('incidents');
    expect(faultOf([])).toBe('none');
  });

  test('not for microenterprises nor for entities with the simplified framework', () => {
    const two = [at('a', '2026-01-10'), at('b', '2026-03-01')];
    const nothing = { recurring_group: [], major: false };
    expect(findRecurring(two, { microenterprise: true })).toEqual(nothing);
    expect(findRecurring(two, { microenterprise: false, simplified_framework: true })).toEqual(
      nothing,
    );
  });

  test('an incident that is major by itself is no part of a group', () => {
    const major = { ...slow, gross_costs_eur: 100_001 };
    expect(findRecurring([at('a', '2026-01-10', major), at('b', '2026-01-11')], scope).major).toBe(
      false,
    );
    expect(
      findRecurring(
        [at('a', '2026-01-10', major), at('b', '2026-01-11'), at('c', '2026-01-12')],
        scope,
      ).recurring_group,
    ).toEqual(['b', 'c']);
  });

  test('together without critical services they are not major', () => {
    const facts = { ...slow, cs_a_cif_systems: false };
    expect(
      findRecurring([at('a', '2026-01-10', facts), at('b', '2026-01-11', facts)], scope),
    ).toEqual({ recurring_group: [], major: false });
  });

  test('of several groups the largest is named, of equal ones the latest', () => {
    const small = [at('a1', '2026-01-10'), at('a2', '2026-01-11')];
    const later = [at('b1', '2026-05-10', slow, 'Cable'), at('b2', '2026-05-11', slow, 'Cable')];
    const large = ['c1', 'c2', 'c3'].map((id) => at(id, '2025-05-10', slow, 'Power'));
    expect(findRecurring([...small, ...later], scope).recurring_group).toEqual(['b1', 'b2']);
    expect(findRecurring([...small, ...later, ...large], scope).recurring_group).toEqual([
      'c1',
      'c2',
      'c3',
    ]);
    expect(
      findRecurringGroups([...small, ...later, ...large], scope).map(
        ({ root_cause }) => root_cause,
      ),
    ).toEqual(['Power', 'Cable', 'Disk full']);
  });

  test('no incident is in two groups; one that would fit with members of a group is named beside it', () => {
    const days = [
      '2026-01-01',
      '2026-02-01',
      '2026-06-01',
      '2026-08-15',
      '2027-06-01',
      '2027-07-01',
    ];
    const groups = findRecurringGroups(
      days.map((day, place) => at(`i${place}`, day)),
      scope,
    );
    expect(groups.map(({ ids, related }) => ({ ids, related }))).toEqual([
      { ids: ['i0', 'i1', 'i2'], related: ['i3'] },
      { ids: ['i4', 'i5'], related: [] },
    ]);
  });
});

describe('what several incidents come to together', () => {
  const together = (...facts: IncidentFacts[]): IncidentFacts | undefined =>
    findRecurringGroups(
      facts.map((each, place) => at(String(place), '2026-01-10', { ...critical, ...each })),
      scope,
    )[0]?.facts;
  const cost = { gross_costs_eur: 60_000 };

  test('counts and money are added up, of spans the longest counts, states and data are united', () => {
    expect(
      together(
        { ...cost, duration: '00:20:00', clients_affected: 6, clients_total_service: 100 },
        {
          ...cost,
          duration: '00:21:00',
          clients_affected: 6,
          clients_total_service: 100,
          member_states_impacted: ['DE'],
          insurance_recovery_eur: '0.1',
        },
        { member_states_impacted: ['at', 'DE'].slice(0, 1), insurance_recovery_eur: 0.2 },
      ),
    ).toEqual({
      cs_a_cif_systems: true,
      duration: '00:21:00',
      gross_costs_eur: 120_000,
      insurance_recovery_eur: 0.3,
      clients_affected: 12,
      clients_total_service: 100,
      member_states_impacted: ['AT', 'DE'],
    });
  });

  test('a share is taken of the smallest total, and is of everybody at most', () => {
    expect(
      together(
        { ...cost, clients_affected: 60, clients_total_service: 601 },
        { ...cost, clients_affected: 60, clients_total_service: 600 },
        { clients_affected: 0, clients_total_service: 5 },
      ),
    ).toMatchObject({ clients_affected: 120, clients_total_service: 600 });
    const many = { clients_affected: 10, clients_total_service: 100 };
    expect(together(...Array.from({ length: 12 }, () => ({ ...cost, ...many })))).toMatchObject({
      clients_affected: 100,
      clients_total_service: 100,
    });
  });

  test('a long downtime of other services and a short one of these make no long one of these', () => {
    const other = { ...cost, downtime: '00:09:00', downtime_on_cif_support: false };
    const these = { ...cost, downtime: '00:01:00', downtime_on_cif_support: true };
    expect(together(other, these)).toBeUndefined();
    expect(together(other, these, { duration: '02:00:00' })).toMatchObject({
      downtime: '00:01:00',
      downtime_on_cif_support: true,
    });
  });

  test('an impact on data in one and an adverse effect in another are no data loss', () => {
    const impact: IncidentFacts = {
      ...cost,
      data_impact: ['integrity'],
      data_adverse_on_objectives_or_compliance: false,
    };
    const effect: IncidentFacts = {
      ...cost,
      data_impact: [],
      data_adverse_on_objectives_or_compliance: true,
    };
    expect(together(impact, effect)).toBeUndefined();
    expect(
      together(impact, {
        ...cost,
        data_impact: ['availability'],
        data_adverse_on_objectives_or_compliance: true,
      }),
    ).toMatchObject({ data_impact: ['availability'] });
  });

  test('an access that succeeded in one and possible losses in another are no 9(5)(b)', () => {
    const one = { malicious_access_succeeded: true, malicious_access_may_cause_data_loss: false };
    const other = { malicious_access_succeeded: false, malicious_access_may_cause_data_loss: true };
    expect(together(one, other)).toBeUndefined();
  });

  test('critical services of one are enough, and so is an access in one without them', () => {
    const two = [
      at('a', '2026-01-10', critical),
      at('b', '2026-01-11', {
        malicious_access_succeeded: true,
        malicious_access_may_cause_data_loss: true,
      }),
    ];
    expect(findRecurringGroups(two, scope)[0]?.classification.route).toBe('8(1)(a)');
  });
});

describe('what cannot be is refused with the incident, the field and the reason', () => {
  const refusalOf = (incidents: OccurredIncident[]): unknown => {
    try {
      findRecurring(incidents, scope);
      return null;
    } catch (error) {
      return error;
    }
  };

  test.each<[string, OccurredIncident[], string]>([
    ['occurred_on', [at('a', '2026-02-30')], 'Incident a, occurred_on: '],
    ['id', [at('a', '2026-02-20'), at('a', '2026-02-21')], 'Incident a, id: '],
    ['duration', [at('a', '2026-02-20', { duration: '00:24:00' })], 'Incident a, duration: '],
  ])('%s', (field, incidents, message) => {
    const refusal = refusalOf(incidents);
    expect(refusal).toBeInstanceOf(FactError);
    expect(refusal).toMatchObject({ field });
    expect(String(refusal)).toContain(message);
  });
});
