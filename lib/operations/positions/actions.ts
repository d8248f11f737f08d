'use server';

import { redirect } from 'next/navigation';
import { asActor } from '#lib/identity/current-actor.ts';
import { issuePosition } from './issue-position.ts';
import { orderPositions } from './order-positions.ts';

/** Leads to the statement when it was issued; otherwise says why it was not. */
export async function issuePositionAction(input: unknown) {
  const issued = await asActor((actor, context) => issuePosition(actor, input, context));
  if (issued.ok) redirect(`/statements/${issued.value.statement}`);
  return issued;
}

export async function orderPositionsAction(input: unknown) {
  return asActor((actor, context) => orderPositions(actor, input, context));
}
