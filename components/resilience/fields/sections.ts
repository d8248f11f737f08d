/** The fields of every kind of record. Pure. */
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { assetSections } from './asset.ts';
import { contractSections } from './contract.ts';
import { entitySections } from './entity.ts';
import type { Section } from './field.ts';
import { findingSections } from './finding.ts';
import { functionSections } from './function.ts';
import { planSections, planTestSections } from './plan.ts';
import { providerSections, providerStart } from './provider.ts';
import { riskSections } from './risk.ts';
import { testSections } from './test-fields.ts';

export const sectionsOf: Readonly<Record<Kind, readonly Section[]>> = {
  entity: entitySections,
  provider: providerSections,
  function: functionSections,
  contract: contractSections,
  asset: assetSections,
  risk: riskSections,
  finding: findingSections,
  test: testSections,
  plan: planSections,
  'plan-test': planTestSections,
};

/** What a new record begins with, so that the usual answer need not be chosen. */
export const startOf: Readonly<Partial<Record<Kind, Readonly<Record<string, unknown>>>>> = {
  provider: providerStart,
  risk: { state: 'open' },
  finding: { state: 'open' },
  test: { state: 'planned' },
  plan: { state: 'draft' },
  'plan-test': { state: 'planned' },
};
