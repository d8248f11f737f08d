/**
 * People who asked to be erased, whom a restored database brought back, and who were erased again before it was served: a
 * request of theirs is granted and answered by that erasure, since nothing is left for another one.
 */
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { Failures } from '#lib/platform/failures.ts';
import { erasingRights } from '../requests/life.ts';
import { eventsMax, lockRequest } from '../requests/load-request.ts';
import type { Erasure } from './erasure-row.ts';
import { sayErased } from './finish-erasure.ts';

/** What a decision about somebody who was erased again names as its plan: that nothing is left to plan. */
export const planOfErasedAgain = '0'.repeat(64);

/** Picked by chance: so many that can't be answered keep none of the others waiting for ever. */
const atOnce = 50;

/** The proved erasure by which a restored database lost somebody again; null where there is none. */
export const findErasedAgain = (tx: Tx, personId: string): Promise<Erasure | null> =>
  tx.personErasure.findFirst({
    where: {
      personId,
      cause: 'restore',
      scope: 'whole',
      state: 'proved',
      person: { erasedAt: { not: null } },
    },
    orderBy: { queuedAt: 'desc' },
  });

/** Says so in requests that were granted and wait for an erasure that can't come any more. */
export async function answerErasedAgain({
  db,
  clock,
}: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const rows = await db.$queryRaw<{ id: string; person: string }[]>`
    select s.request_id::text as id, s.person_id as person from privacy_request_standing s
    join privacy_request_event e on e.request_id = s.request_id and e.seq = s.proposal
    where s."right" = any (${[...erasingRights]}::text[]) and s.state = 'approved' and s.seq < ${eventsMax}
      and e.facts ->> 'decision' <> 'refuse' and e.facts ->> 'plan' is not null
      and exists (select from person p where p.id = s.person_id and p.erased_at is not null)
      and exists (select from person_erasure p where p.person_id = s.person_id and p.cause = 'restore'
        and p.scope = 'whole' and p.state = 'proved')
      and not exists (select from privacy_request_event d where d.request_id = s.request_id and d.kind = 'erased'
        and d.seq > s.proposal)
    order by random() limit ${atOnce}`;
  const failures = new Failures();
  for (const { id, person } of rows)
    await failures.keep(() =>
      inTransaction(db, async (tx) => {
        const file = await lockRequest(tx, id);
        const erasure = await findErasedAgain(tx, person);
        const isWaiting = file?.standing.state === 'approved' && file.standing.erased === null;
        if (file && erasure && isWaiting) await sayErased(tx, file, { erasure, now: clock() });
      }),
    );
  failures.raise();
}
