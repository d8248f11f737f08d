/** Facts of records as tests write them: each is accepted as it is. */
import type { z } from 'zod';
import type { assetFacts } from '../kinds/asset.ts';
import type { assessmentFacts, contractFacts, useFacts } from '../kinds/contract.ts';
import type { entityFacts } from '../kinds/entity.ts';
import type { findingFacts } from '../kinds/finding.ts';
import type { functionFacts } from '../kinds/function.ts';
import type { planTestFacts } from '../kinds/plan-test.ts';
import type { planFacts } from '../kinds/plan.ts';
import type { providerFacts } from '../kinds/provider.ts';
import type { riskFacts } from '../kinds/risk.ts';
import type { testFacts } from '../kinds/test.ts';

/** An LEI with right check digits for each number up to six digits. */
export function leiOf(number: number): string {
  const base = `5299TEST0000${String(number).padStart(6, '0')}`;
  const digits = Array.from(`${base}00`, (character) => Number.parseInt(character, 36)).join('');
  return `${base}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}`;
}

export const entitySample: z.input<typeof entityFacts> = {
  lei: leiOf(1),
  name: 'Sample Custody S.A.',
  country: 'LU',
  type: 'eba_CT:x303',
  authority: 'CSSF',
  hierarchy: 'eba_RP:x21',
  integratedOn: '2026-01-01',
  currency: 'EUR',
  assets: '12000000',
};

export const providerSample: z.input<typeof providerFacts> = {
  person: 'eba_CT:x212',
  codeType: 'eba_qCO:qx2000',
  code: leiOf(2),
  name: 'Cloud One B.V.',
  latinName: 'Cloud One B.V.',
  country: 'NL',
  currency: 'EUR',
  expense: '120000.50',
};

export const functionSample: z.input<typeof functionFacts> = {
  id: 'F1',
  activity: 'eba_TA:x228',
  name: 'Custody of keys',
  critical: 'eba_BT:x28',
  assessedOn: '2026-03-01',
  rtoHours: 4,
  rpoHours: 1,
  impact: 'eba_ZZ:x793',
};

export const sampleUse = (provider: string, served: string): z.input<typeof useFacts> => ({
  provider,
  function: served,
  service: 'eba_TA:S17',
  startsOn: '2025-01-01',
  noticeEntity: 90,
  noticeProvider: 180,
  law: 'NL',
  providedFrom: 'NL',
  storesData: true,
  dataAt: 'DE',
  processedAt: 'NL',
  sensitivity: 'eba_ZZ:x793',
  reliance: 'eba_ZZ:x796',
});

export const assessmentSample = (provider: string): z.input<typeof assessmentFacts> => ({
  provider,
  service: 'eba_TA:S17',
  substitutability: 'eba_ZZ:x960',
  reason: 'eba_ZZ:x964',
  auditedOn: '2026-02-01',
  exitPlan: true,
  reintegration: 'eba_ZZ:x966',
  impact: 'eba_ZZ:x793',
  alternatives: 'eba_BT:x28',
  which: 'Cloud Two GmbH',
});

/** A contract with one provider for one function, whole as the register asks it. */
export const contractSample = (
  provider: string,
  served: string,
): z.input<typeof contractFacts> => ({
  reference: 'C-CLOUD-1',
  name: 'Cloud for the console',
  type: 'eba_CO:x1',
  currency: 'EUR',
  expense: '120000.50',
  signatories: [leiOf(1)],
  providerSignatories: [provider],
  users: [{}],
  uses: [sampleUse(provider, served)],
  chain: [{ service: 'eba_TA:S17', provider, rank: 1 }],
  assessments: [assessmentSample(provider)],
  exitTests: [{ on: '2026-04-01', result: 'passed' }],
  nextExitTestOn: '2027-04-01',
});

export const assetSample: z.input<typeof assetFacts> = {
  code: 'db-1',
  name: 'Database of the console',
  type: 'software',
  location: 'Rack 4, Luxembourg',
  classification: 'confidential',
  critical: 'not-critical',
  exposure: 'none',
  legacy: false,
};

export const riskSample = (owner: string): z.input<typeof riskFacts> => ({
  category: 'ict',
  state: 'open',
  inherent: { likelihood: 4, impact: 5 },
  residual: { likelihood: 2, impact: 4 },
  appetite: 6,
  treatment: 'mitigate',
  owner,
  reviewOn: '2027-03-01',
});

export const findingSample: z.input<typeof findingFacts> = {
  source: 'pentest',
  severity: 'high',
  state: 'open',
  foundOn: '2026-11-01',
};

export const testSample = (served: string): z.input<typeof testFacts> => ({
  type: 'penetration-test',
  state: 'planned',
  functions: [served],
  independence: 'external',
  plannedOn: '2026-12-15',
});

export const planSample = (served: string): z.input<typeof planFacts> => ({
  name: 'Loss of the data centre',
  type: 'continuity',
  state: 'draft',
  functions: [served],
  scenarios: ['c', 'i'],
  rtoHours: 4,
  rpoHours: 1,
  nextReviewOn: '2027-05-01',
});

export const planTestSample = (plan: string): z.input<typeof planTestFacts> => ({
  plan,
  state: 'passed',
  scenarios: ['c'],
  plannedOn: '2026-10-01',
  doneOn: '2026-10-02',
  plannedRtoMinutes: 240,
  actualRtoMinutes: 95,
  plannedRpoMinutes: 60,
  actualRpoMinutes: 5,
});
