'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { keepAccess } from './keep-access.ts';

export async function keepAccessAction(input: unknown) {
  return asActor((actor, context) => keepAccess(actor, input, context));
}
