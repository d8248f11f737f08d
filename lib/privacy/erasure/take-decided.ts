/** Puts into the queue of erasures what two people decided. The database takes none without the decision. */
import { randomUUID } from 'node:crypto';
import { inTransaction, sqlStateOf } from '#lib/platform/db/transaction.ts';
import { dayOf } from '#lib/platform/days.ts';
import { Failures } from '#lib/platform/failures.ts';
import { log } from '#lib/platform/log.ts';
import { lockRequest } from '../requests/load-request.ts';
import { erasingRights, isErasingRight } from '../requests/life.ts';
import type { ErasureNeeds } from './erasure-row.ts';
import { planErasure } from './plan-erasure.ts';

type Needs = Pick<ErasureNeeds, 'db' | 'clock' | 'isProved'>;

/**
 * Few wait in truth, and those go in the order in which they came. Where more seem to, most were made up and are passed
 * over: chance picks then, so that they keep the others out for no more than a few looks.
 */
const atOnce = 500;
/** Where nothing may go any more; it is left at its first step. */
const none = 'none';

/**
 * What no keys prove is not taken: whoever has the web server writes decisions in people's names. The worker's watch of
 * key presses says so by itself.
 * @returns how many were taken.
 * @throws what the first that can't be looked at failed of, once the others were taken.
 */
export async function takeDecided({ db, clock, isProved }: Needs): Promise<number> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select s.request_id::text as id from privacy_request_standing s
    join privacy_request_event e on e.request_id = s.request_id and e.seq = s.proposal
    where s."right" = any (${[...erasingRights]}::text[]) and s.state = 'approved' and s.person_id is not null
      and e.facts ->> 'decision' <> 'refuse' and e.facts ->> 'plan' is not null
      and not exists (select from person_erasure p where p.request_id = s.request_id and p.proposal = s.proposal)
      and exists (select from person p where p.id = s.person_id and p.erased_at is null)
      and not exists (select from person_erasure p where p.person_id = s.person_id
        and p.state not in ('proved', 'left'))
    order by case when count(*) over () > ${atOnce} then random() else 0 end, s.received_at, s.request_id
    limit ${atOnce}`;
  let taken = 0;
  const failures = new Failures();
  for (const { id } of rows)
    await failures.keep(async () => {
      if ((await isProved(id)) && (await take({ db, clock }, id))) taken += 1;
    });
  failures.raise();
  return taken;
}

async function take(
  { db, clock }: Pick<Needs, 'db' | 'clock'>,
  requestId: string,
): Promise<boolean> {
  try {
    return await inTransaction(db, async (tx) => {
      const file = await lockRequest(tx, requestId);
      if (!file) return false;
      const { right, person, proposal, state } = file.standing;
      const isDecided = state === 'approved' && proposal !== null && proposal.plan !== null;
      if (!isDecided || !person || !isErasingRight(right)) return false;
      const now = clock();
      const about = { person: person.id, right, number: file.number, today: dayOf(now) };
      // Where it changed since, the row says so at its first step, and the request goes back.
      const plan = await planErasure(tx, about);
      if (!plan) return false;
      const isWhole = proposal.decision === 'grant' && right === 'erasure';
      await tx.personErasure.create({
        data: {
          id: randomUUID(),
          personId: person.id,
          cause: 'request',
          requestId,
          proposal: proposal.seq,
          scope: isWhole ? 'whole' : 'part',
          fields: isWhole ? [] : plan.fields.length > 0 ? plan.fields : [none],
          plan: proposal.plan ?? '',
          state: 'due',
          queuedAt: now,
        },
        select: { id: true },
      });
      return true;
    });
  } catch (error) {
    // Another worker was faster.
    if (sqlStateOf(error) !== '23505') throw error;
    log.debug({ request: requestId }, 'an erasure was taken by another worker');
    return false;
  }
}
