'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { declineCorrection } from './decline-correction.ts';
import { prepareCorrection } from './prepare-correction.ts';
import { submitCorrection } from './submit-correction.ts';
import { withdrawCorrection } from './withdraw-correction.ts';

export async function prepareCorrectionAction(input: unknown) {
  return asActor((actor, context) => prepareCorrection(actor, input, context));
}

export async function submitCorrectionAction(input: unknown) {
  return asActor((actor, context) => submitCorrection(actor, input, context));
}

export async function declineCorrectionAction(input: unknown) {
  return asActor((actor, context) => declineCorrection(actor, input, context));
}

export async function withdrawCorrectionAction(input: unknown) {
  return asActor((actor, context) => withdrawCorrection(actor, input, context));
}
