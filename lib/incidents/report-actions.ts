'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { recordCost } from './costs/record-cost.ts';
import { recordTold } from './notices/record-told.ts';
import { declineReport, recordReceipt, recordSent, withdrawReport } from './reports/move-report.ts';
import { openReport } from './reports/open-report.ts';
import { prepareReportStep } from './reports/prepare-step.ts';
import { saveDraft } from './reports/save-draft.ts';
import { submitReportStep } from './reports/submit-step.ts';
import { recordThreatSent } from './threats/record-threat-sent.ts';
import { saveThreatDraft } from './threats/save-threat-draft.ts';

export async function openReportAction(input: unknown) {
  return asActor((actor, context) => openReport(actor, input, context));
}

export async function saveDraftAction(input: unknown) {
  return asActor((actor, context) => saveDraft(actor, input, context));
}

export async function prepareReportStepAction(input: unknown) {
  return asActor((actor, context) => prepareReportStep(actor, input, context));
}

export async function submitReportStepAction(input: unknown) {
  return asActor((actor, context) => submitReportStep(actor, input, context));
}

export async function declineReportAction(input: unknown) {
  return asActor((actor, context) => declineReport(actor, input, context));
}

export async function withdrawReportAction(input: unknown) {
  return asActor((actor, context) => withdrawReport(actor, input, context));
}

export async function recordSentAction(input: unknown) {
  return asActor((actor, context) => recordSent(actor, input, context));
}

export async function recordReceiptAction(input: unknown) {
  return asActor((actor, context) => recordReceipt(actor, input, context));
}

export async function recordToldAction(input: unknown) {
  return asActor((actor, context) => recordTold(actor, input, context));
}

export async function saveThreatDraftAction(input: unknown) {
  return asActor((actor, context) => saveThreatDraft(actor, input, context));
}

export async function recordThreatSentAction(input: unknown) {
  return asActor((actor, context) => recordThreatSent(actor, input, context));
}

export async function recordCostAction(input: unknown) {
  return asActor((actor, context) => recordCost(actor, input, context));
}
