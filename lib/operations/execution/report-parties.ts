/** Writes down what each party says about itself, for the parties' page. Nobody believes it. */
import { partyStatus } from '#lib/mpc/client/party-client.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { askInTime } from './ask-in-time.ts';
import type { WorkerContext } from './worker-context.ts';

/** A report that is older is made anew. */
const everyMs = 3_000;

export async function reportParties(context: WorkerContext): Promise<void> {
  const { db, clock } = context;
  const newest = await db.partyReport.findFirst({ orderBy: { at: 'asc' } });
  const known = await db.partyReport.count();
  const isFresh = newest !== null && clock().getTime() - newest.at.getTime() < everyMs;
  if (isFresh && known >= context.parties.length) return;
  const reports = await Promise.all(
    context.parties.map(async (party) => {
      const answer = await askInTime(partyStatus(party));
      // Its own instant: a clock is compared with it, however long another party keeps us waiting.
      return { party: party.name, answer, at: clock() };
    }),
  );
  await inTransaction(db, async (tx) => {
    for (const { party, answer, at } of reports) {
      const status = asJson(
        answer.ok ? { ok: true, status: answer.value } : { ok: false, refusal: answer.refusal },
      );
      await tx.partyReport.upsert({
        where: { party },
        create: { party, at, status },
        update: { at, status },
      });
    }
    await publish(tx, { topic: 'parties' });
  });
}
