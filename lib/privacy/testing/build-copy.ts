/** The copy of a request for access or portability, ordered and built as desk and worker do it, for database tests. */
import type { IncidentDesk } from '#lib/incidents/testing/incident-desk.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { orderPackage } from '../package/order-package.ts';
import type { OutGround } from '../package/out-grounds.ts';
import { PackageDesk } from '../package/package-desk.ts';
import { readPreview } from '../package/read-preview.ts';

type Desk = Pick<IncidentDesk, 'people' | 'context' | 'worker' | 'owner'>;
/** What to do with a text that nobody has read. */
export type Taking = (text: string) => 'in' | 'out' | OutGround;

/**
 * Orders and has the worker build; what is undecided then is decided on and built once more.
 * @param take null where nothing is decided on.
 * @returns SHA-256 of the newest one; empty where none was built.
 */
export async function buildCopy(
  desk: Desk,
  id: string,
  take: Taking | null = () => 'in',
  more: Record<string, string> = {},
): Promise<string> {
  const { actor } = desk.people.dora;
  valueOf(await orderPackage(actor, { id, ...more }, desk.context));
  await buildOrdered(desk);
  const first = await newest(desk.owner, id);
  if (take === null || first?.undecided === 0) return first?.digest ?? '';
  const { items } = valueOf(await readPreview(actor, { id }, desk.context));
  const choices = items.flatMap<Record<string, string>>(({ item, text, take: now }) => {
    if (item === null || now !== 'undecided') return [];
    const said = take(text ?? '');
    if (said === 'in') return [{ item, take: said, reason: '' }];
    const ground = said === 'out' ? 'unrelated' : said;
    return [{ item, take: 'out', ground, reason: 'It is about somebody else.' }];
  });
  valueOf(await orderPackage(actor, { id, choices }, desk.context));
  await buildOrdered(desk);
  return (await newest(desk.owner, id))?.digest ?? '';
}

export async function buildOrdered({ worker, context }: Pick<Desk, 'worker' | 'context'>) {
  const packages = new PackageDesk({
    db: worker,
    clock: () => context.clock(),
    settings: context.settings,
  });
  await packages.look();
  await packages.settled();
}

async function newest(owner: Database, requestId: string) {
  const row = await owner.privacyPackage.findFirst({
    where: { requestId },
    orderBy: { version: 'desc' },
    include: { built: true },
  });
  return row?.built ?? null;
}
