import { describe, expect, test } from 'vitest';
import {
  classifyIncident,
  FactError,
  findFactFault,
  type IncidentFacts,
} from './classification.ts';
import type { ThresholdsMet } from './judge.ts';

const critical: IncidentFacts = { cs_b_authorised_services: true };

/** Names of the thresholds that are met. */
const met = (facts: IncidentFacts): string[] =>
  Object.entries(classifyIncident(facts).thresholds_met)
    .filter(([, isMet]) => isMet)
    .map(([name]) => name);

const partOf = (facts: IncidentFacts, id: string) =>
  classifyIncident(facts)
    .criteria.flatMap((criterion) => criterion.parts)
    .find((part) => part.id === id);

type Boundary = [what: string, name: keyof ThresholdsMet, at: IncidentFacts, above: IncidentFacts];
const boundaries: Boundary[] = [
  [
    '10 % of the clients',
    'clients_counterparts_transactions',
    { clients_affected: 100, clients_total_service: 1000 },
    { clients_affected: 101, clients_total_service: 1000 },
  ],
  [
    '100,000 clients',
    'clients_counterparts_transactions',
    { clients_affected: 100_000, clients_total_service: 10_000_000 },
    { clients_affected: 100_001, clients_total_service: 10_000_000 },
  ],
  [
    '30 % of the counterparts',
    'clients_counterparts_transactions',
    { counterparts_affected: 3, counterparts_total_service: 10 },
    { counterparts_affected: 4, counterparts_total_service: 10 },
  ],
  [
    '10 % of the daily number of transactions',
    'clients_counterparts_transactions',
    { tx_affected_number: 5, tx_daily_avg_number: 50 },
    { tx_affected_number: 5, tx_daily_avg_number: 49.9 },
  ],
  [
    '10 % of the daily value of transactions',
    'clients_counterparts_transactions',
    { tx_affected_value: 0.3, tx_daily_avg_value: 3 },
    { tx_affected_value: '0.300000000000000001', tx_daily_avg_value: 3 },
  ],
  ['24 hours', 'duration_downtime', { duration: '01:00:00' }, { duration: '01:00:01' }],
  [
    '2 hours of downtime',
    'duration_downtime',
    { downtime: '00:02:00', downtime_on_cif_support: true },
    { downtime: '00:02:01', downtime_on_cif_support: true },
  ],
  [
    'one Member State',
    'geographical_spread',
    { member_states_impacted: ['DE', 'de ', 'DE'] },
    { member_states_impacted: ['DE', 'FR'] },
  ],
  ['EUR 100,000', 'economic_impact', { gross_costs_eur: 100_000 }, { gross_costs_eur: 100_000.01 }],
];

describe('thresholds', () => {
  test.each(boundaries)('exactly %s does not meet, one more does', (_what, name, at, above) => {
    expect(met({ ...critical, ...at })).toEqual([]);
    expect(met({ ...critical, ...above })).toEqual([name]);
  });

  test('of 80 clients nine are enough, eight are not', () => {
    const of80 = (clients_affected: number) => ({ clients_affected, clients_total_service: 80 });
    expect(met(of80(8))).toEqual([]);
    expect(met(of80(9))).toEqual(['clients_counterparts_transactions']);
    expect(partOf(of80(9), 'clients_share')).toEqual({
      id: 'clients_share',
      article: '9(1)(a)',
      name: 'Share of the clients who use the service',
      value: '9 of 80 clients (11.25 %)',
      threshold: 'higher than 10 % of the total',
      met: true,
    });
  });

  test('a share just above its limit is not shown as the limit itself', () => {
    const facts = { clients_affected: 100_001, clients_total_service: 1_000_000 };
    expect(partOf(facts, 'clients_share')).toMatchObject({
      value: '100,001 of 1,000,000 clients (about 10 %)',
      met: true,
    });
  });

  test('a total that is missing or 0 leaves the share unknown, unless nothing is affected', () => {
    for (const clients_total_service of [undefined, null, 0]) {
      expect(
        partOf({ clients_affected: 9, clients_total_service }, 'clients_share')?.met,
      ).toBeNull();
      expect(partOf({ clients_affected: 0, clients_total_service }, 'clients_share')?.met).toBe(
        false,
      );
    }
    const open = classifyIncident({ clients_affected: 9 }).criteria[1];
    expect(open).toMatchObject({ met: false, open: true });
  });

  test('against a daily average of nothing any transaction is more than 10 %', () => {
    expect(met({ tx_affected_number: 1, tx_daily_avg_number: 0 })).toEqual([
      'clients_counterparts_transactions',
    ]);
    expect(met({ tx_affected_number: 0, tx_daily_avg_number: 0 })).toEqual([]);
    expect(met({ tx_affected_number: 1 })).toEqual([]);
  });

  test('downtime counts only of services that support critical or important functions', () => {
    const long = { downtime: '00:09:00' };
    expect(met({ ...long, downtime_on_cif_support: false })).toEqual([]);
    expect(met(long)).toEqual([]);
    expect(partOf(long, 'downtime')?.met).toBeNull();
    expect(partOf({ downtime: '00:01:00' }, 'downtime')?.met).toBe(false);
  });

  test('data losses need an impact and an adverse effect', () => {
    const data_adverse_on_objectives_or_compliance = true;
    expect(met({ data_impact: ['integrity'] })).toEqual([]);
    expect(met({ data_adverse_on_objectives_or_compliance })).toEqual([]);
    expect(met({ data_impact: [], data_adverse_on_objectives_or_compliance })).toEqual([]);
    expect(
      met({ data_impact: ['confidentiality'], data_adverse_on_objectives_or_compliance }),
    ).toEqual(['data_losses']);
  });

  test.each(['a_media', 'b_repetitive_complaints', 'c_regulatory', 'd_loss_of_clients'])(
    '%s alone is a reputational impact',
    (name) => {
      expect(met({ reputational: { [name]: true } })).toEqual(['reputational_impact']);
      expect(met({ reputational: { [name]: false } })).toEqual([]);
    },
  );

  test('a relevant client is enough, however many others there are', () => {
    expect(met({ relevant_clients_or_counterparts_affected: true })).toEqual([
      'clients_counterparts_transactions',
    ]);
  });

  test('what an insurance pays takes nothing from the gross costs', () => {
    expect(met({ gross_costs_eur: '100000.01', insurance_recovery_eur: 100_000 })).toEqual([
      'economic_impact',
    ]);
  });

  test('Greece is one Member State, whichever of its two codes is written', () => {
    expect(met({ member_states_impacted: ['EL', 'GR'] })).toEqual([]);
  });
});

describe('major', () => {
  const two: IncidentFacts = { duration: '02:00:00', gross_costs_eur: 250_000 };
  const malicious: IncidentFacts = {
    malicious_access_succeeded: true,
    malicious_access_may_cause_data_loss: true,
  };

  test.each(['cs_a_cif_systems', 'cs_b_authorised_services', 'cs_c_malicious_access'])(
    'two thresholds with %s make a major incident',
    (name) => {
      expect(classifyIncident({ ...two, [name]: true })).toMatchObject({
        critical_services_affected: true,
        major: true,
        route: '8(1)(b)',
      });
    },
  );

  test('without critical services nothing makes an incident major', () => {
    expect(classifyIncident({ ...two, ...malicious })).toMatchObject({
      critical_services_affected: false,
      malicious_access_9_5_b: true,
      major: false,
      route: 'not major',
    });
  });

  test('one threshold is not enough, and critical services are not the second', () => {
    expect(classifyIncident({ ...critical, duration: '02:00:00' })).toMatchObject({
      major: false,
      route: 'not major',
    });
  });

  test('a malicious access that may lead to data losses stands alone, and is the route where both hold', () => {
    expect(classifyIncident({ ...critical, ...malicious })).toMatchObject({
      malicious_access_9_5_b: true,
      major: true,
      route: '8(1)(a)',
    });
    expect(classifyIncident({ ...critical, ...malicious, ...two }).route).toBe('8(1)(a)');
  });

  test('a malicious access that did harm data suffices, too', () => {
    const facts: IncidentFacts = {
      ...critical,
      ...malicious,
      data_impact: ['confidentiality'],
      data_adverse_on_objectives_or_compliance: true,
    };
    expect(classifyIncident(facts)).toMatchObject({
      malicious_access_9_5_b: true,
      route: '8(1)(a)',
      thresholds_met: { data_losses: true },
    });
  });

  test("an access to the entity's systems is one that succeeded, unless that was answered otherwise", () => {
    const facts: IncidentFacts = {
      cs_c_malicious_access: true,
      malicious_access_may_cause_data_loss: true,
    };
    expect(classifyIncident(facts).route).toBe('8(1)(a)');
    expect(partOf(facts, 'malicious_access_succeeded')?.value).toBe(
      'yes, as answered for Art 6(c)',
    );
    expect(classifyIncident({ ...facts, malicious_access_succeeded: false }).route).toBe(
      'not major',
    );
  });

  test("an access to a provider's systems does not by itself affect critical services", () => {
    expect(classifyIncident(malicious).critical_services_affected).toBe(false);
  });

  test('nothing known is not major, and every criterion is open', () => {
    const nothing = classifyIncident({});
    expect(nothing).toMatchObject({ major: false, route: 'not major' });
    expect(nothing.criteria.map(({ article, met: isMet, open }) => [article, isMet, open])).toEqual(
      ['6', '9(1)', '9(2)', '9(3)', '9(4)', '9(5)(a)', '9(5)(b)', '9(6)'].map((article) => [
        article,
        false,
        true,
      ]),
    );
  });
});

describe('facts that cannot be are refused with their field', () => {
  test.each<[string, unknown, string]>([
    ['clients_affected', -1, 'less than nothing'],
    ['clients_affected', 1.5, 'whole things'],
    ['clients_affected', Number.NaN, 'no number'],
    ['clients_affected', Number.POSITIVE_INFINITY, 'no number'],
    ['counterparts_affected', '12 ', 'no number'],
    ['tx_affected_number', '1e3', 'no number'],
    ['gross_costs_eur', 1e21, 'larger'],
    ['gross_costs_eur', `0.${'1'.repeat(25)}`, 'decimals'],
    ['gross_costs_eur', true, 'no number'],
    ['duration', '00:24:00', 'DD:HH:MM'],
    ['duration', '00:00:60', 'DD:HH:MM'],
    ['duration', '-1:00:00', 'DD:HH:MM'],
    ['downtime', 'two hours', 'DD:HH:MM'],
    ['downtime', 120, 'DD:HH:MM'],
    ['member_states_impacted', ['DE', 'XX'], '"XX" is no Member State'],
    ['member_states_impacted', ['GB'], 'no Member State'],
    ['member_states_impacted', ['toString'], 'no Member State'],
    ['member_states_impacted', 'DE', 'no list'],
    ['data_impact', ['secrecy'], '"secrecy" is not known'],
    ['data_adverse_on_objectives_or_compliance', 'yes', 'yes or no'],
    ['reputational', ['a_media'], 'named facts'],
  ])('%s: %j', (field, value, reason) => {
    const fault = findFactFault({ [field]: value });
    expect(fault?.field).toBe(field);
    expect(fault?.reason).toContain(reason);
    const classify = () => classifyIncident({ [field]: value });
    expect(classify).toThrow(FactError);
    expect(classify).toThrow(reason);
  });

  test('more affected than there are', () => {
    expect(findFactFault({ clients_affected: 81, clients_total_service: 80 })).toEqual({
      field: 'clients_affected',
      reason: 'More clients are affected (81) than use the service (80).',
    });
    expect(findFactFault({ counterparts_affected: 2, counterparts_total_service: 1 })?.field).toBe(
      'counterparts_affected',
    );
    // A day's incident may well touch what three average days bring.
    expect(findFactFault({ tx_affected_number: 30, tx_daily_avg_number: 10 })).toBeNull();
  });

  test('no facts at all', () => {
    expect(findFactFault('facts')?.field).toBe('facts');
    expect(findFactFault([])?.field).toBe('facts');
    expect(findFactFault(null)).toBeNull();
    expect(findFactFault({ reputational: { a_media: 1 } })?.field).toBe('reputational.a_media');
  });
});
