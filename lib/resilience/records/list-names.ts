/** What records are called, for figures that know them by id only. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { loadShownTexts } from './load-record.ts';

/** Ids beyond this are left without a name. */
const namesMax = 200;

/** Names by id, of at most `namesMax` records. */
export async function listNames(
  actor: Actor,
  { ids }: { ids: readonly string[] },
  context: Context,
): Promise<Result<Readonly<Record<string, string>>>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const asked = [...new Set(ids)].slice(0, namesMax);
  return inSnapshot(context.db, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; ref: string; name: string | null }[]>`
      select record_id as id, ref, facts ->> 'name' as name from resilience_current
        where record_id = any (${asked}::uuid[])`;
    const texts = await loadShownTexts(
      tx,
      rows.filter(({ name }) => name === null).map(({ id }) => id),
      ['title', 'name'],
    );
    return ok(
      Object.fromEntries(
        rows.map(({ id, ref, name }) => [
          id,
          name ?? texts.get(id)?.['title'] ?? texts.get(id)?.['name'] ?? ref,
        ]),
      ),
    );
  });
}
