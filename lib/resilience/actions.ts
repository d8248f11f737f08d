'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { ok } from '#lib/platform/result.ts';
import { importRegisterFile, refuseUnread } from './records/import-register-file.ts';
import { recordSubmission } from './records/record-submission.ts';
import { retireRecord } from './records/retire-record.ts';
import { saveRecord } from './records/save-record.ts';

/** A refusal names its fields: `faultsIn` of records/faults-in.ts reads them. */
export async function saveRecordAction(input: unknown) {
  return asActor((actor, context) => saveRecord(actor, input, context));
}

export async function retireRecordAction(input: unknown) {
  return asActor((actor, context) => retireRecord(actor, input, context));
}

export async function recordSubmissionAction(input: unknown) {
  return asActor((actor, context) => recordSubmission(actor, input, context));
}

/** Whether a register may be handed in now; asked before any of it is read. */
export async function askForRegisterAction() {
  return asActor(async (actor) => refuseUnread(actor) ?? ok(null));
}

/** A package or a workbook as it was sent. A refusal names its places. */
export async function importRegisterFileAction(input: unknown) {
  return asActor((actor, context) => importRegisterFile(actor, input, context));
}
