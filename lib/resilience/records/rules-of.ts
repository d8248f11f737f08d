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
import { activityRules } from '../kinds/activity.ts';
import { consentRules } from '../kinds/consent.ts';
import { dpiaRules } from '../kinds/dpia.ts';
import { noticeRules } from '../kinds/notice.ts';
import { partyRules } from '../kinds/party.ts';
import { processorRules } from '../kinds/processor.ts';
import { transferRules } from '../kinds/transfer.ts';
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
  activity: anyRules(activityRules),
  dpia: anyRules(dpiaRules),
  transfer: anyRules(transferRules),
  processor: anyRules(processorRules),
  notice: anyRules(noticeRules),
  consent: anyRules(consentRules),
  party: anyRules(partyRules),
};

/** The rules of a kind. */
export const rulesFor = (kind: Kind): AnyRules => rulesOf[kind];
