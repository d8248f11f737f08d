import { redirect } from 'next/navigation';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewHomePath } from '#lib/identity/view-home-path.ts';
import { webContext } from '#lib/platform/web-context.ts';

/** The first page is the person's own: genesis while there is no roster, then the queue. */
export default async function FirstPage() {
  await requireActor();
  redirect(await viewHomePath(webContext()));
}
