'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { makePack } from './make-pack.ts';
import { prepareBoardEvidence } from './prepare-evidence.ts';
import { preparePackSignature } from './prepare-signature.ts';
import { recordTraining } from './record-training.ts';
import { submitBoardEvidence } from './submit-evidence.ts';
import { submitPackSignature } from './submit-signature.ts';

export async function makePackAction(input: unknown) {
  return asActor((actor, context) => makePack(actor, input, context));
}

export async function preparePackSignatureAction(input: unknown) {
  return asActor((actor, context) => preparePackSignature(actor, input, context));
}

export async function submitPackSignatureAction(input: unknown) {
  return asActor((actor, context) => submitPackSignature(actor, input, context));
}

export async function prepareBoardEvidenceAction(input: unknown) {
  return asActor((actor, context) => prepareBoardEvidence(actor, input, context));
}

export async function submitBoardEvidenceAction(input: unknown) {
  return asActor((actor, context) => submitBoardEvidence(actor, input, context));
}

export async function recordTrainingAction(input: unknown) {
  return asActor((actor, context) => recordTraining(actor, input, context));
}
