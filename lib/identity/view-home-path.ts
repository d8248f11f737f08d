import type { Context } from '#lib/platform/context.ts';

/** Where a person goes once signed in: before there is a roster nothing but genesis can be done. */
export async function viewHomePath(context: Context): Promise<'/genesis' | '/queue'> {
  const roster = await context.db.rosterVersion.findFirst({ select: { version: true } });
  return roster ? '/queue' : '/genesis';
}
