'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { endAgreement } from './agreements/end-agreement.ts';
import { registerAgreement } from './agreements/register-agreement.ts';
import { markSummarySent } from './policy/mark-sent.ts';
import { recordPolicy } from './policy/record-policy.ts';
import { recordPolicyRequest } from './policy/record-request.ts';

export async function registerAgreementAction(input: unknown) {
  return asActor((actor, context) => registerAgreement(actor, input, context));
}

export async function endAgreementAction(input: unknown) {
  return asActor((actor, context) => endAgreement(actor, input, context));
}

export async function recordPolicyAction(input: unknown) {
  return asActor((actor, context) => recordPolicy(actor, input, context));
}

export async function recordPolicyRequestAction(input: unknown) {
  return asActor((actor, context) => recordPolicyRequest(actor, input, context));
}

export async function markSummarySentAction(input: unknown) {
  return asActor((actor, context) => markSummarySent(actor, input, context));
}
