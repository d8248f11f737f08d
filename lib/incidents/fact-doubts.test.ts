import { expect, test } from 'vitest';
import { findFactDoubts } from './fact-doubts.ts';
import type { IncidentFacts } from './facts.ts';

test.each<[string, IncidentFacts, string]>([
  [
    'an access that was and was not',
    { cs_c_malicious_access: true, malicious_access_succeeded: false },
    'malicious_access_succeeded',
  ],
  ['a downtime of unknown services', { downtime: '00:03:00' }, 'downtime_on_cif_support'],
  [
    'an effect of nothing',
    { data_impact: [], data_adverse_on_objectives_or_compliance: true },
    'data_impact',
  ],
  [
    'clients of a service without any',
    { clients_affected: 5, clients_total_service: 0 },
    'clients_total_service',
  ],
  [
    'counterparts of a service without any',
    { counterparts_affected: '1', counterparts_total_service: 0 },
    'counterparts_total_service',
  ],
  [
    'more recovered than lost',
    { gross_costs_eur: 10, insurance_recovery_eur: '10.01' },
    'insurance_recovery_eur',
  ],
])('%s is doubted', (_what, facts, field) => {
  const doubts = findFactDoubts(facts);
  expect(doubts).toHaveLength(1);
  expect(doubts[0]?.fields).toContain(field);
});

test('answers that agree are not doubted', () => {
  expect(findFactDoubts({})).toEqual([]);
  expect(findFactDoubts({ clients_affected: 0, clients_total_service: 0 })).toEqual([]);
  expect(
    findFactDoubts({
      cs_c_malicious_access: true,
      malicious_access_succeeded: true,
      downtime: '00:03:00',
      downtime_on_cif_support: true,
      gross_costs_eur: 10,
      insurance_recovery_eur: 10,
    }),
  ).toEqual([]);
});
