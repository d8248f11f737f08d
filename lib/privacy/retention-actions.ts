'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { returnLift } from './retention/holds/act-on-hold.ts';
import { openHold } from './retention/holds/open-hold.ts';
import { prepareLift } from './retention/holds/prepare-lift.ts';
import { readHoldTexts } from './retention/holds/read-hold-texts.ts';
import { reviewHold } from './retention/holds/review-hold.ts';
import { submitLift } from './retention/holds/submit-lift.ts';
import { askRehearsal } from './retention/runs/ask-rehearsal.ts';
import { prepareRuleDecision, submitRuleDecision } from './retention/runs/decide-rule.ts';

export async function openHoldAction(input: unknown) {
  return asActor((actor, context) => openHold(actor, input, context));
}

export async function reviewHoldAction(input: unknown) {
  return asActor((actor, context) => reviewHold(actor, input, context));
}

export async function returnLiftAction(input: unknown) {
  return asActor((actor, context) => returnLift(actor, input, context));
}

export async function prepareLiftAction(input: unknown) {
  return asActor((actor, context) => prepareLift(actor, input, context));
}

export async function submitLiftAction(input: unknown) {
  return asActor((actor, context) => submitLift(actor, input, context));
}

export async function readHoldTextsAction(input: unknown) {
  return asActor((actor, context) => readHoldTexts(actor, input, context));
}

export async function askRehearsalAction(input: unknown) {
  return asActor((actor, context) => askRehearsal(actor, input, context));
}

export async function prepareRuleDecisionAction(input: unknown) {
  return asActor((actor, context) => prepareRuleDecision(actor, input, context));
}

export async function submitRuleDecisionAction(input: unknown) {
  return asActor((actor, context) => submitRuleDecision(actor, input, context));
}
