'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { addEvidence } from './desk/add-evidence.ts';
import { linkIncident, unlinkIncident } from './desk/link-incident.ts';
import {
  acknowledgeIncident,
  assignIncident,
  closeIncident,
  dropIncident,
  noteIncident,
  reopenIncident,
  retitleIncident,
  triageIncident,
} from './desk/move-incident.ts';
import { reportIncident } from './desk/report-incident.ts';
import { reviewIncident } from './desk/review-incident.ts';
import { addTask, finishTask, moveTask } from './desk/tasks.ts';
import { recordProfile } from './entity/record-profile.ts';
import { endTurn, setTurn } from './on-call/set-turn.ts';
import { checkRecurrence } from './recurrence/check-recurrence.ts';
import { classifyIncidentFile } from './worksheet/classify-incident.ts';
import { recordFacts } from './worksheet/record-facts.ts';

export async function reportIncidentAction(input: unknown) {
  return asActor((actor, context) => reportIncident(actor, input, context));
}

export async function acknowledgeIncidentAction(input: unknown) {
  return asActor((actor, context) => acknowledgeIncident(actor, input, context));
}

export async function triageIncidentAction(input: unknown) {
  return asActor((actor, context) => triageIncident(actor, input, context));
}

export async function assignIncidentAction(input: unknown) {
  return asActor((actor, context) => assignIncident(actor, input, context));
}

export async function noteIncidentAction(input: unknown) {
  return asActor((actor, context) => noteIncident(actor, input, context));
}

export async function retitleIncidentAction(input: unknown) {
  return asActor((actor, context) => retitleIncident(actor, input, context));
}

export async function closeIncidentAction(input: unknown) {
  return asActor((actor, context) => closeIncident(actor, input, context));
}

export async function reopenIncidentAction(input: unknown) {
  return asActor((actor, context) => reopenIncident(actor, input, context));
}

export async function dropIncidentAction(input: unknown) {
  return asActor((actor, context) => dropIncident(actor, input, context));
}

export async function linkIncidentAction(input: unknown) {
  return asActor((actor, context) => linkIncident(actor, input, context));
}

export async function unlinkIncidentAction(input: unknown) {
  return asActor((actor, context) => unlinkIncident(actor, input, context));
}

export async function addTaskAction(input: unknown) {
  return asActor((actor, context) => addTask(actor, input, context));
}

export async function moveTaskAction(input: unknown) {
  return asActor((actor, context) => moveTask(actor, input, context));
}

export async function finishTaskAction(input: unknown) {
  return asActor((actor, context) => finishTask(actor, input, context));
}

export async function addEvidenceAction(input: unknown) {
  return asActor((actor, context) => addEvidence(actor, input, context));
}

export async function reviewIncidentAction(input: unknown) {
  return asActor((actor, context) => reviewIncident(actor, input, context));
}

export async function recordProfileAction(input: unknown) {
  return asActor((actor, context) => recordProfile(actor, input, context));
}

export async function setTurnAction(input: unknown) {
  return asActor((actor, context) => setTurn(actor, input, context));
}

export async function endTurnAction(input: unknown) {
  return asActor((actor, context) => endTurn(actor, input, context));
}

export async function recordFactsAction(input: unknown) {
  return asActor((actor, context) => recordFacts(actor, input, context));
}

export async function classifyIncidentAction(input: unknown) {
  return asActor((actor, context) => classifyIncidentFile(actor, input, context));
}

export async function checkRecurrenceAction() {
  return asActor(checkRecurrence);
}
