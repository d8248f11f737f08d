'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { prepareRosterChange } from '../prepare-roster-change.ts';

export async function prepareRosterChangeAction(input: unknown) {
  return asActor((actor, context) => prepareRosterChange(actor, input, context));
}
