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
import { markSummarySent } from './policy/mark-sent.ts';
import { recordPolicy } from './policy/record-policy.ts';
import { recordPolicyRequest } from './policy/record-request.ts';
import { correctText } from './register/correct-text.ts';

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
