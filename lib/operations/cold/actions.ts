'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { bringAnswer } from './bring-answer.ts';
import { orderTrip } from './order-trip.ts';

export async function orderTripAction(input: unknown) {
  return asActor((actor, context) => orderTrip(actor, input, context));
}

export async function bringAnswerAction(input: unknown) {
  return asActor((actor, context) => bringAnswer(actor, input, context));
}
