'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { importRegister } from './records/import-register.ts';
import { retireRecord } from './records/retire-record.ts';
import { saveRecord } from './records/save-record.ts';

/** A refusal names its fields: `faultsIn` of records/refusals.ts reads them. */
export async function saveRecordAction(input: unknown) {
  return asActor((actor, context) => saveRecord(actor, input, context));
}

export async function retireRecordAction(input: unknown) {
  return asActor((actor, context) => retireRecord(actor, input, context));
}

/** Rows by template, as the files of a package spell them. */
export async function importRegisterAction(input: unknown) {
  return asActor((actor, context) => importRegister(actor, input, context));
}
