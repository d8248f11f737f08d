import type { Context } from '#lib/platform/context.ts';
import { returnPath } from './return-path.ts';

/**
 * Where a person goes once signed in: before there is a roster nothing but genesis can be done, and
 * then the queue, or the page that they wanted when they were asked to sign in.
 * @param wanted as it stood in the address; anything but a path of ours is passed over.
 */
export async function viewHomePath(context: Context, wanted?: unknown): Promise<string> {
  const roster = await context.db.rosterVersion.findFirst({ select: { version: true } });
  return roster ? (returnPath(wanted) ?? '/queue') : '/genesis';
}
