'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { ok } from '#lib/platform/result.ts';
import { prepareProofOfControl } from './prepare-proof-of-control.ts';
import { requestClientProof } from './request-client-proof.ts';
import { requestSnapshot } from './request-snapshot.ts';
import { viewClientProof } from './view-client-proof.ts';
import { viewPublication } from './view-publication.ts';

export async function requestSnapshotAction() {
  return asActor((actor, context) => requestSnapshot(actor, context));
}

export async function prepareProofOfControlAction(input: unknown) {
  return asActor((actor, context) => prepareProofOfControl(actor, input, context));
}

/** The file for everybody, or the one for auditors, as text to save. */
export async function savePublicationAction(of: {
  snapshot: string;
  for: 'everybody' | 'auditors';
}) {
  return asActor(async (actor, context) => {
    const found = await viewPublication(actor, of, context);
    return found.ok ? ok(`${JSON.stringify(found.value, null, 2)}\n`) : found;
  });
}

/** One client's proof as text to save, or since when the worker is at it; asks it where it is not. */
export async function saveClientProofAction(input: { snapshot: string; client: string }) {
  return asActor<{ file: string | null }>(async (actor, context) => {
    const found = await viewClientProof(actor, input, context);
    if (found.ok) return ok({ file: `${JSON.stringify(found.value, null, 2)}\n` });
    if (found.refusal.code !== 'proof-not-made') return found;
    const asked = await requestClientProof(actor, input, context);
    return asked.ok ? ok({ file: null }) : asked;
  });
}
