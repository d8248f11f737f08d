/** The fields of the records of resilience. Pure, for the browser too. */
import type { KindOf } from '#lib/resilience/records/kinds.ts';
import { assetSections } from './asset.ts';
import { contractSections } from './contract.ts';
import { entitySections } from './entity.ts';
import type { Sections, Starts } from './field.ts';
import { findingSections } from './finding.ts';
import { functionSections } from './function.ts';
import { planSections, planTestSections } from './plan.ts';
import { providerSections, providerStart } from './provider.ts';
import { riskSections } from './risk.ts';
import { testSections } from './test-fields.ts';

export const resilienceSections: Sections<KindOf<'resilience'>> = {
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

export const resilienceStarts: Starts<KindOf<'resilience'>> = {
  provider: providerStart,
  risk: { state: 'open' },
  finding: { state: 'open' },
  test: { state: 'planned' },
  plan: { state: 'draft' },
  'plan-test': { state: 'planned' },
};
