'use server';

import { redirect } from 'next/navigation';
import { asActor, asVisitor } from '#lib/identity/current-actor.ts';
import { webEnvironment } from '#lib/platform/env.ts';
import { askColleague } from './ask-colleague.ts';
import { askInvitation } from './ask-invitation.ts';
import { askColdParty } from './genesis/ask-cold-party.ts';
import { drawUpGenesis } from './genesis/draw-up-genesis.ts';
import { leaveOutColdParty } from './genesis/leave-out-cold-party.ts';
import { prepareGenesisSignature, submitGenesisSignature } from './genesis/sign-genesis.ts';
import { takeIntroduction } from './genesis/take-introduction.ts';
import { writeGenesisToCarry } from './genesis/write-genesis-to-carry.ts';
import { listParties } from './list-parties.ts';
import { prepareAdmission } from './prepare-admission.ts';
import { prepareChainDecision } from './prepare-chain-decision.ts';
import { prepareDecision } from './prepare-decision.ts';
import { prepareDestination } from './prepare-destination.ts';
import { prepareKeyCeremony } from './prepare-key-ceremony.ts';
import { prepareRetry } from './prepare-retry.ts';
import { prepareWithdrawal } from './prepare-withdrawal.ts';
import { prepareVaultTransfer } from './transfers/prepare-vault-transfer.ts';
import { prepareFreeze } from './prepare-freeze.ts';
import { prepareRecertification } from './prepare-recertification.ts';
import { prepareRelease } from './prepare-release.ts';
import { prepareRemoval } from './prepare-removal.ts';
import { prepareRevocation } from './prepare-revocation.ts';
import { seeOutflow } from './see-outflow.ts';
import { submitAndHand } from './submit-and-hand.ts';
import { submitChainDecision } from './submit-chain-decision.ts';
import { withdrawChainWord } from './withdraw-chain-word.ts';

export async function prepareWithdrawalAction(input: unknown) {
  return asActor((actor, context) => prepareWithdrawal(actor, input, context));
}

export async function prepareVaultTransferAction(input: unknown) {
  return asActor((actor, context) => prepareVaultTransfer(actor, input, context));
}

export async function prepareDestinationAction(input: unknown) {
  return asActor((actor, context) => prepareDestination(actor, input, context));
}

export async function prepareAdmissionAction(input: unknown) {
  return asActor((actor, context) => prepareAdmission(actor, input, context));
}

export async function prepareKeyCeremonyAction(input: unknown) {
  return asActor((actor, context) => prepareKeyCeremony(actor, input, context));
}

export async function prepareRecertificationAction(input: unknown) {
  return asActor((actor, context) => prepareRecertification(actor, input, context));
}

export async function prepareRemovalAction(input: unknown) {
  return asActor((actor, context) => prepareRemoval(actor, input, context));
}

export async function prepareFreezeAction(input: unknown) {
  return asActor((actor, context) => prepareFreeze(actor, input, context));
}

export async function prepareReleaseAction(input: unknown) {
  return asActor((actor, context) => prepareRelease(actor, input, context));
}

export async function prepareRevocationAction(input: unknown) {
  return asActor((actor, context) => prepareRevocation(actor, input, context));
}

export async function prepareDecisionAction(input: unknown) {
  return asActor((actor, context) => prepareDecision(actor, input, context));
}

export async function prepareRetryAction(operation: string) {
  return asActor((actor, context) => prepareRetry(actor, { operation }, context));
}

/** The one way any statement comes in. */
export async function submitStatementAction(input: unknown) {
  return asActor((actor, context) => submitAndHand(actor, input, listParties(), context));
}

/** A form's action: whoever may not is not offered it, and the page it leads to says what became of it. */
export async function seeOutflowAction(form: FormData): Promise<void> {
  await asActor((actor, context) => seeOutflow(actor, { outflow: form.get('outflow') }, context));
  redirect('/vaults/outflows');
}

export async function prepareChainDecisionAction(input: unknown) {
  return asActor((actor, context) => prepareChainDecision(actor, input, context));
}

export async function submitChainDecisionAction(input: unknown) {
  return asActor((actor, context) => submitChainDecision(actor, input, context));
}

export async function withdrawChainWordAction(input: unknown) {
  return asActor((actor, context) => withdrawChainWord(actor, input, context));
}

export async function askColleagueAction(input: unknown) {
  return asActor((actor, context) =>
    askColleague(actor, input, webEnvironment().colleagues, context),
  );
}

/** For people who stand before the sign-in page; a sandbox has one, production refuses. */
export async function askInvitationAction(input: unknown) {
  return asVisitor((context) => askInvitation(input, webEnvironment().colleagues, context));
}

export async function drawUpGenesisAction() {
  return asActor((actor, context) => drawUpGenesis(actor, listParties(), context));
}

export async function askColdPartyAction(input: unknown) {
  const online = listParties().map(({ name }) => name);
  return asActor((actor, context) => askColdParty(actor, input, online, context));
}

export async function takeIntroductionAction(input: unknown) {
  return asActor((actor, context) => takeIntroduction(actor, input, context));
}

export async function leaveOutColdPartyAction(input: unknown) {
  return asActor((actor, context) => leaveOutColdParty(actor, input, context));
}

export async function writeGenesisToCarryAction(input: unknown) {
  return asActor((actor, context) => writeGenesisToCarry(actor, input, context));
}

export async function prepareGenesisSignatureAction(digest: string) {
  return asActor((actor, context) => prepareGenesisSignature(actor, { digest }, context));
}

export async function submitGenesisSignatureAction(input: unknown) {
  return asActor((actor, context) => submitGenesisSignature(actor, input, context));
}
