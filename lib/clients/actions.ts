'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { endAgreement } from './agreements/end-agreement.ts';
import { registerAgreement } from './agreements/register-agreement.ts';
import { exportComplaints } from './complaints/export-complaints.ts';
import {
  acknowledgeComplaint,
  decideComplaint,
  delayComplaint,
} from './complaints/move-complaint.ts';
import { recordComplaint } from './complaints/record-complaint.ts';
import { prepareCaseDecision } from './decisions/prepare-decision.ts';
import { submitCaseDecision } from './decisions/submit-decision.ts';
import { declineLoss, proposeLoss } from './losses/decide-loss.ts';
import { payLoss } from './losses/pay-loss.ts';
import { recordLoss } from './losses/record-loss.ts';
import { markSummarySent } from './policy/mark-sent.ts';
import { recordPolicy } from './policy/record-policy.ts';
import { recordPolicyRequest } from './policy/record-request.ts';
import { correctText } from './register/correct-text.ts';
import { completeReturn, withdrawReturn } from './returns/end-return.ts';
import { linkOperation } from './returns/link-operation.ts';
import { recordReturn } from './returns/record-return.ts';
import { computeEntitlements } from './rights/compute-entitlements.ts';
import { dropRightsEvent } from './rights/drop-event.ts';
import { handOut } from './rights/hand-out.ts';
import { keepUnderAgreements } from './rights/keep-under-agreements.ts';
import { recordRightsEvent } from './rights/record-event.ts';
import { checkSegregation } from './segregation/check-segregation.ts';
import { classifyAddress } from './segregation/classify-address.ts';
import {
  checkSubCustodian,
  endSubCustodian,
  informOfSubCustodian,
} from './sub-custodians/move-sub-custodian.ts';
import { recordSubCustodian } from './sub-custodians/record-sub-custodian.ts';

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

export async function recordComplaintAction(input: unknown) {
  return asActor((actor, context) => recordComplaint(actor, input, context));
}

export async function acknowledgeComplaintAction(input: unknown) {
  return asActor((actor, context) => acknowledgeComplaint(actor, input, context));
}

export async function delayComplaintAction(input: unknown) {
  return asActor((actor, context) => delayComplaint(actor, input, context));
}

export async function decideComplaintAction(input: unknown) {
  return asActor((actor, context) => decideComplaint(actor, input, context));
}

export async function correctTextAction(input: unknown) {
  return asActor((actor, context) => correctText(actor, input, context));
}

export async function exportComplaintsAction() {
  return asActor(exportComplaints);
}

export async function prepareCaseDecisionAction(input: unknown) {
  return asActor((actor, context) => prepareCaseDecision(actor, input, context));
}

export async function submitCaseDecisionAction(input: unknown) {
  return asActor((actor, context) => submitCaseDecision(actor, input, context));
}

export async function recordRightsEventAction(input: unknown) {
  return asActor((actor, context) => recordRightsEvent(actor, input, context));
}

export async function computeEntitlementsAction(input: unknown) {
  return asActor((actor, context) => computeEntitlements(actor, input, context));
}

export async function dropRightsEventAction(input: unknown) {
  return asActor((actor, context) => dropRightsEvent(actor, input, context));
}

export async function handOutAction(input: unknown) {
  return asActor((actor, context) => handOut(actor, input, context));
}

export async function keepUnderAgreementsAction(input: unknown) {
  return asActor((actor, context) => keepUnderAgreements(actor, input, context));
}

export async function recordReturnAction(input: unknown) {
  return asActor((actor, context) => recordReturn(actor, input, context));
}

export async function linkOperationAction(input: unknown) {
  return asActor((actor, context) => linkOperation(actor, input, context));
}

export async function completeReturnAction(input: unknown) {
  return asActor((actor, context) => completeReturn(actor, input, context));
}

export async function withdrawReturnAction(input: unknown) {
  return asActor((actor, context) => withdrawReturn(actor, input, context));
}

export async function recordLossAction(input: unknown) {
  return asActor((actor, context) => recordLoss(actor, input, context));
}

export async function proposeLossAction(input: unknown) {
  return asActor((actor, context) => proposeLoss(actor, input, context));
}

export async function declineLossAction(input: unknown) {
  return asActor((actor, context) => declineLoss(actor, input, context));
}

export async function payLossAction(input: unknown) {
  return asActor((actor, context) => payLoss(actor, input, context));
}

export async function recordSubCustodianAction(input: unknown) {
  return asActor((actor, context) => recordSubCustodian(actor, input, context));
}

export async function informOfSubCustodianAction(input: unknown) {
  return asActor((actor, context) => informOfSubCustodian(actor, input, context));
}

export async function checkSubCustodianAction(input: unknown) {
  return asActor((actor, context) => checkSubCustodian(actor, input, context));
}

export async function endSubCustodianAction(input: unknown) {
  return asActor((actor, context) => endSubCustodian(actor, input, context));
}

export async function classifyAddressAction(input: unknown) {
  return asActor((actor, context) => classifyAddress(actor, input, context));
}

export async function checkSegregationAction() {
  return asActor(checkSegregation);
}
