import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Standing } from './load-record.ts';
import { retiredBecause } from './retired-because.ts';
import { rulesFor } from './rules-of.ts';

/**
 * Who wrote the content of a record as it stands: the writer of the newest version that changed anything but an
 * agreement to it. Agreeing, taking that back, retiring and bringing back leave the content to whoever wrote it.
 */
export async function loadWriter(
  tx: Pick<Tx, '$queryRaw'>,
  { id, kind, by }: Pick<Standing, 'id' | 'kind' | 'by'>,
): Promise<string> {
  const { agreement } = rulesFor(kind);
  if (agreement === undefined) return by;
  const facts = [...agreement.facts];
  const texts = [...agreement.texts, retiredBecause];
  const [found] = await tx.$queryRaw<{ by: string }[]>`
    select v.written_by as by from resilience_version v
      left join resilience_version p on p.record_id = v.record_id and p.version = v.version - 1
      where v.record_id = ${id}::uuid
        and (p.version is null
          or jsonb_strip_nulls(v.facts - ${facts}::text[]) <> jsonb_strip_nulls(p.facts - ${facts}::text[])
          or exists (select from resilience_text t where t.record_id = v.record_id and t.version = v.version
            and t.field <> all (${texts}::text[])))
      order by v.version desc limit 1`;
  if (!found) throw new Error('A record has no version.');
  return found.by;
}
