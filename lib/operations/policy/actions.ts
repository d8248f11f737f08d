'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { beginDraft } from './begin-draft.ts';
import { checkDraft } from './check-draft.ts';
import { discardDraft } from './discard-draft.ts';
import { dryRun } from './dry-run.ts';
import { preparePolicyChange } from './prepare-policy-change.ts';
import { saveDraft } from './save-draft.ts';

export async function beginDraftAction(input: unknown) {
  return asActor((actor, context) => beginDraft(actor, input, context));
}

export async function saveDraftAction(input: unknown) {
  return asActor((actor, context) => saveDraft(actor, input, context));
}

export async function discardDraftAction(input: unknown) {
  return asActor((actor, context) => discardDraft(actor, input, context));
}

export async function checkDraftAction(input: unknown) {
  return asActor((actor, context) => checkDraft(actor, input, context));
}

export async function dryRunAction(input: unknown) {
  return asActor((actor, context) => dryRun(actor, input, context));
}

export async function preparePolicyChangeAction(input: unknown) {
  return asActor((actor, context) => preparePolicyChange(actor, input, context));
}
