/** People of whom a value was corrected and is still held as it was before, where no law keeps it. */
import { endOfDay, startOfDay } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { DuePage } from './find-due.ts';

/** A day of UTC, as the index over corrections has it. */
const dayOfRow = (row: 'n' | 'o'): Prisma.Sql =>
  Prisma.sql`(${Prisma.raw(row)}.recorded_at at time zone 'UTC')::date`;

/**
 * Each once, by the first correction of theirs that is not seen to, in the order of the index that is gone along.
 * @param fields of which an earlier value goes.
 */
export const findCorrected = (
  tx: Database | Tx,
  fields: readonly string[],
  { newest, after, most, only }: DuePage,
): Promise<{ subject: string; triggerOn: Date }[]> => tx.$queryRaw`
  select distinct ${dayOfRow('n')} as "triggerOn", n.person_id as subject
  from person_value n
  where n.version > 1 and n.field = any (${[...fields]})
    and ${dayOfRow('n')} <= ${startOfDay(newest)}::date and n.recorded_at < ${endOfDay(newest)}
    and (${dayOfRow('n')}, n.person_id) > (${startOfDay(after.triggerOn)}::date, ${after.subject})
    ${only === undefined ? Prisma.empty : Prisma.sql`and n.person_id = ${only}`}
    and exists (select from person_value v where v.person_id = n.person_id and v.field = n.field
      and v.version < n.version)
    and not exists (select from person_value o where o.person_id = n.person_id and o.version > 1
      and o.field = any (${[...fields]}) and ${dayOfRow('o')} < ${dayOfRow('n')}
      and exists (select from person_value v where v.person_id = o.person_id and v.field = o.field
        and v.version < o.version))
  order by 1, 2 limit ${most}`;
