import { assetRules } from '../kinds/asset.ts';
import { contractRules } from '../kinds/contract.ts';
import { entityRules } from '../kinds/entity.ts';
import { findingRules } from '../kinds/finding.ts';
import { functionRules } from '../kinds/function.ts';
import { planTestRules } from '../kinds/plan-test.ts';
import { planRules } from '../kinds/plan.ts';
import { providerRules } from '../kinds/provider.ts';
import { riskRules } from '../kinds/risk.ts';
import { testRules } from '../kinds/test.ts';
import { anyRules, type AnyRules } from './kind-rules.ts';
import type { Kind } from './kinds.ts';

const rulesOf: Readonly<Record<Kind, AnyRules>> = {
  entity: anyRules(entityRules),
  provider: anyRules(providerRules),
  function: anyRules(functionRules),
  contract: anyRules(contractRules),
  asset: anyRules(assetRules),
  risk: anyRules(riskRules),
  finding: anyRules(findingRules),
  test: anyRules(testRules),
  plan: anyRules(planRules),
  'plan-test': anyRules(planTestRules),
};

/** The rules of a kind. */
export const rulesFor = (kind: Kind): AnyRules => rulesOf[kind];
