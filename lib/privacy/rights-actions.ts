'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { endNotices, recordNotice } from './notices/record-notice.ts';
import { decideCorrection } from './rectification/decide-correction.ts';
import { planChanges } from './rectification/plan-changes.ts';
import { proposeCorrection } from './rectification/propose-correction.ts';
import { readPlannedChanges } from './rectification/read-changes.ts';
import { prepareRestrictionLift } from './restriction/prepare-lift.ts';
import { restrictPerson } from './restriction/restrict-person.ts';
import { stopMarketing } from './restriction/stop-use.ts';
import { returnRestrictionLift, submitRestrictionLift } from './restriction/submit-lift.ts';
import { tellOfLift } from './restriction/tell-of-lift.ts';

export async function planChangesAction(input: unknown) {
  return asActor((actor, context) => planChanges(actor, input, context));
}

export async function readPlannedChangesAction(input: unknown) {
  return asActor((actor, context) => readPlannedChanges(actor, input, context));
}

export async function proposeCorrectionAction(input: unknown) {
  return asActor((actor, context) => proposeCorrection(actor, input, context));
}

export async function decideCorrectionAction(input: unknown) {
  return asActor((actor, context) => decideCorrection(actor, input, context));
}

export async function restrictPersonAction(input: unknown) {
  return asActor((actor, context) => restrictPerson(actor, input, context));
}

export async function tellOfLiftAction(input: unknown) {
  return asActor((actor, context) => tellOfLift(actor, input, context));
}

export async function prepareRestrictionLiftAction(input: unknown) {
  return asActor((actor, context) => prepareRestrictionLift(actor, input, context));
}

export async function submitRestrictionLiftAction(input: unknown) {
  return asActor((actor, context) => submitRestrictionLift(actor, input, context));
}

export async function returnRestrictionLiftAction(input: unknown) {
  return asActor((actor, context) => returnRestrictionLift(actor, input, context));
}

export async function stopMarketingAction(input: unknown) {
  return asActor((actor, context) => stopMarketing(actor, input, context));
}

export async function recordNoticeAction(input: unknown) {
  return asActor((actor, context) => recordNotice(actor, input, context));
}

export async function endNoticesAction(input: unknown) {
  return asActor((actor, context) => endNotices(actor, input, context));
}
