'use server';

import { asActor } from '#lib/identity/current-actor.ts';
import { orderPackage } from './package/order-package.ts';
import { readPreview } from './package/read-preview.ts';

export async function orderPackageAction(input: unknown) {
  return asActor((actor, context) => orderPackage(actor, input, context));
}

export async function readPreviewAction(input: unknown) {
  return asActor((actor, context) => readPreview(actor, input, context));
}
