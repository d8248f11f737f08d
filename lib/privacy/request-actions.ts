'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { collectSystem } from './collect/collect-system.ts';
import { addFile } from './requests/add-file.ts';
import { askTransmission } from './requests/ask-transmission.ts';
import {
  closeRequest,
  finishRecipients,
  fulfilRequest,
  notifyRecipient,
  reopenRequest,
  returnProposal,
  withdrawRequest,
} from './requests/carry-out.ts';
import { markDuplicate } from './requests/mark-duplicate.ts';
import {
  askPerson,
  endWaiting,
  extendRequest,
  giveOpinion,
  identifyPerson,
  noteDoubt,
  noteRequest,
  recordAnswer,
  recordAuthority,
} from './requests/move-request.ts';
import { reviewRequest } from './requests/review-request.ts';
import { importMessage } from './requests/import-message.ts';
import { openRequest } from './requests/open-request.ts';
import { prepareDecision } from './requests/prepare-decision.ts';
import { addRecipient, strikeRecipient } from './requests/record-recipient.ts';
import { readRequestTexts } from './requests/read-texts.ts';
import { submitDecision } from './requests/submit-decision.ts';

export async function noteRequestAction(input: unknown) {
  return asActor((actor, context) => noteRequest(actor, input, context));
}

export async function identifyPersonAction(input: unknown) {
  return asActor((actor, context) => identifyPerson(actor, input, context));
}

export async function recordAuthorityAction(input: unknown) {
  return asActor((actor, context) => recordAuthority(actor, input, context));
}

export async function noteDoubtAction(input: unknown) {
  return asActor((actor, context) => noteDoubt(actor, input, context));
}

export async function askPersonAction(input: unknown) {
  return asActor((actor, context) => askPerson(actor, input, context));
}

export async function recordAnswerAction(input: unknown) {
  return asActor((actor, context) => recordAnswer(actor, input, context));
}

export async function endWaitingAction(input: unknown) {
  return asActor((actor, context) => endWaiting(actor, input, context));
}

export async function extendRequestAction(input: unknown) {
  return asActor((actor, context) => extendRequest(actor, input, context));
}

export async function addRecipientAction(input: unknown) {
  return asActor((actor, context) => addRecipient(actor, input, context));
}

export async function strikeRecipientAction(input: unknown) {
  return asActor((actor, context) => strikeRecipient(actor, input, context));
}

export async function askTransmissionAction(input: unknown) {
  return asActor((actor, context) => askTransmission(actor, input, context));
}

export async function reviewRequestAction(input: unknown) {
  return asActor((actor, context) => reviewRequest(actor, input, context));
}

export async function giveOpinionAction(input: unknown) {
  return asActor((actor, context) => giveOpinion(actor, input, context));
}

export async function markDuplicateAction(input: unknown) {
  return asActor((actor, context) => markDuplicate(actor, input, context));
}

export async function fulfilRequestAction(input: unknown) {
  return asActor((actor, context) => fulfilRequest(actor, input, context));
}

export async function notifyRecipientAction(input: unknown) {
  return asActor((actor, context) => notifyRecipient(actor, input, context));
}

export async function finishRecipientsAction(input: unknown) {
  return asActor((actor, context) => finishRecipients(actor, input, context));
}

export async function closeRequestAction(input: unknown) {
  return asActor((actor, context) => closeRequest(actor, input, context));
}

export async function withdrawRequestAction(input: unknown) {
  return asActor((actor, context) => withdrawRequest(actor, input, context));
}

export async function reopenRequestAction(input: unknown) {
  return asActor((actor, context) => reopenRequest(actor, input, context));
}

export async function returnProposalAction(input: unknown) {
  return asActor((actor, context) => returnProposal(actor, input, context));
}

export async function openRequestAction(input: unknown) {
  return asActor((actor, context) => openRequest(actor, input, context));
}

export async function prepareRequestDecisionAction(input: unknown) {
  return asActor((actor, context) => prepareDecision(actor, input, context));
}

export async function submitRequestDecisionAction(input: unknown) {
  return asActor((actor, context) => submitDecision(actor, input, context));
}

export async function readRequestTextsAction(input: unknown) {
  return asActor((actor, context) => readRequestTexts(actor, input, context));
}

/** Called by the door for files, as messages are larger than what a server action takes. */
export async function importMessageAction(input: unknown, bytes: Uint8Array) {
  return asActor((actor, context) => importMessage(actor, input, bytes, context));
}

/** Called by the door for files as well. */
export async function addFileAction(input: unknown, bytes: Uint8Array) {
  return asActor((actor, context) => addFile(actor, input, bytes, context));
}

export async function collectSystemAction(input: unknown) {
  return asActor((actor, context) => collectSystem(actor, input, context));
}
