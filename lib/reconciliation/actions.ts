'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { commentBreak } from './comment-break.ts';
import { declineClosing } from './decline-closing.ts';
import { prepareClosing } from './prepare-closing.ts';
import { repeatRun } from './repeat-run.ts';
import { startRun } from './start-run.ts';
import { submitClosing } from './submit-closing.ts';
import { takeBreak } from './take-break.ts';
import { withdrawClosing } from './withdraw-closing.ts';

export async function startRunAction(input: unknown) {
  return asActor((actor, context) => startRun(actor, input, context));
}

export async function repeatRunAction(input: unknown) {
  return asActor((actor, context) => repeatRun(actor, input, context));
}

export async function commentBreakAction(input: unknown) {
  return asActor((actor, context) => commentBreak(actor, input, context));
}

export async function takeBreakAction(input: unknown) {
  return asActor((actor, context) => takeBreak(actor, input, context));
}

export async function prepareClosingAction(input: unknown) {
  return asActor((actor, context) => prepareClosing(actor, input, context));
}

export async function submitClosingAction(input: unknown) {
  return asActor((actor, context) => submitClosing(actor, input, context));
}

export async function declineClosingAction(input: unknown) {
  return asActor((actor, context) => declineClosing(actor, input, context));
}

export async function withdrawClosingAction(input: unknown) {
  return asActor((actor, context) => withdrawClosing(actor, input, context));
}
