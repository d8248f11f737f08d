'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { issuePosition } from './issue-position.ts';
import { orderPositions } from './order-positions.ts';

export async function issuePositionAction(input: unknown) {
  return asActor((actor, context) => issuePosition(actor, input, context));
}

export async function orderPositionsAction(input: unknown) {
  return asActor((actor, context) => orderPositions(actor, input, context));
}
