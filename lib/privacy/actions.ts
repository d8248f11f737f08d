'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { confirmTie } from './people/confirm-tie.ts';
import { endTie } from './people/end-tie.ts';
import { findPeople } from './people/find-people.ts';
import { openPerson } from './people/open-person.ts';
import { recordConsent } from './people/record-consent.ts';
import { recordPerson } from './people/record-person.ts';
import { takeBackEnd } from './people/take-back-end.ts';

export async function findPeopleAction(input: unknown) {
  return asActor((actor, context) => findPeople(actor, input, context));
}

export async function openPersonAction(input: unknown) {
  return asActor((actor, context) => openPerson(actor, input, context));
}

export async function recordPersonAction(input: unknown) {
  return asActor((actor, context) => recordPerson(actor, input, context));
}

export async function recordConsentAction(input: unknown) {
  return asActor((actor, context) => recordConsent(actor, input, context));
}

export async function confirmTieAction(input: unknown) {
  return asActor((actor, context) => confirmTie(actor, input, context));
}

export async function endTieAction(input: unknown) {
  return asActor((actor, context) => endTie(actor, input, context));
}

export async function takeBackEndAction(input: unknown) {
  return asActor((actor, context) => takeBackEnd(actor, input, context));
}
