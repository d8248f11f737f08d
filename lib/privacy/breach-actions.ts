'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { linkBreach } from './breaches/link-breach.ts';
import { listConcerned } from './breaches/list-concerned.ts';
import {
  assessBreach,
  closeBreach,
  confirmBreach,
  containBreach,
  describeBreach,
  moveAwareness,
  noteBreach,
  proposeDismissal,
  reopenBreach,
  returnClearance,
} from './breaches/move-breach.ts';
import { openBreach } from './breaches/open-breach.ts';
import { prepareBreachStep } from './breaches/prepare-step.ts';
import { readBreachTextsOf } from './breaches/read-breach-texts.ts';
import { submitBreachStep } from './breaches/submit-step.ts';
import { takeOffPersons } from './breaches/take-off-persons.ts';
import { recordNotified } from './breaches/tell-breach.ts';
import { listPersons, recordPersonsTold } from './breaches/tell-persons.ts';

export async function openBreachAction(input: unknown) {
  return asActor((actor, context) => openBreach(actor, input, context));
}

export async function noteBreachAction(input: unknown) {
  return asActor((actor, context) => noteBreach(actor, input, context));
}

export async function confirmBreachAction(input: unknown) {
  return asActor((actor, context) => confirmBreach(actor, input, context));
}

export async function moveAwarenessAction(input: unknown) {
  return asActor((actor, context) => moveAwareness(actor, input, context));
}

export async function proposeDismissalAction(input: unknown) {
  return asActor((actor, context) => proposeDismissal(actor, input, context));
}

export async function reopenBreachAction(input: unknown) {
  return asActor((actor, context) => reopenBreach(actor, input, context));
}

export async function describeBreachAction(input: unknown) {
  return asActor((actor, context) => describeBreach(actor, input, context));
}

export async function assessBreachAction(input: unknown) {
  return asActor((actor, context) => assessBreach(actor, input, context));
}

export async function containBreachAction(input: unknown) {
  return asActor((actor, context) => containBreach(actor, input, context));
}

export async function closeBreachAction(input: unknown) {
  return asActor((actor, context) => closeBreach(actor, input, context));
}

export async function returnClearanceAction(input: unknown) {
  return asActor((actor, context) => returnClearance(actor, input, context));
}

export async function recordNotifiedAction(input: unknown) {
  return asActor((actor, context) => recordNotified(actor, input, context));
}

export async function recordPersonsToldAction(input: unknown) {
  return asActor((actor, context) => recordPersonsTold(actor, input, context));
}

export async function listPersonsAction(input: unknown) {
  return asActor((actor, context) => listPersons(actor, input, context));
}

export async function takeOffPersonsAction(input: unknown) {
  return asActor((actor, context) => takeOffPersons(actor, input, context));
}

export async function listConcernedAction(input: unknown) {
  return asActor((actor, context) => listConcerned(actor, input, context));
}

export async function linkBreachAction(input: unknown) {
  return asActor((actor, context) => linkBreach(actor, input, context));
}

export async function prepareBreachStepAction(input: unknown) {
  return asActor((actor, context) => prepareBreachStep(actor, input, context));
}

export async function submitBreachStepAction(input: unknown) {
  return asActor((actor, context) => submitBreachStep(actor, input, context));
}

export async function readBreachTextsAction(input: unknown) {
  return asActor((actor, context) => readBreachTextsOf(actor, input, context));
}
