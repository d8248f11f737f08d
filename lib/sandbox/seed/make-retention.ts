/** What retention begins with: people whose relationship ended long ago, a legal hold, and a rehearsal. */
import { monthsLater } from '#lib/incidents/days.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { writePerson, type Values } from '#lib/persons/write-person.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { openHold } from '#lib/privacy/retention/holds/open-hold.ts';
import { askRehearsal } from '#lib/privacy/retention/runs/ask-rehearsal.ts';
import type { Team } from '../colleagues/team.ts';
import type { LoggedContext } from './seed-context.ts';

type Former = { client: string; since: string; endedMonthsAgo: number; values: Values };

const formers: readonly Former[] = [
  {
    client: 'C-11903',
    since: '2014-02-03',
    endedMonthsAgo: 74,
    values: {
      'full-name': 'Marta Nowak',
      'birth-date': '1966-08-17',
      nationality: 'PL',
      email: 'marta.nowak@example.com',
      'document-number': 'ZZC000017',
    },
  },
  {
    client: 'C-30512',
    since: '2016-09-12',
    endedMonthsAgo: 51,
    values: {
      'full-name': 'Oskar Brandt',
      'birth-date': '1989-12-01',
      nationality: 'SE',
      email: 'oskar.brandt@example.net',
      'document-number': 'P0000451',
    },
  },
];

/** A start that was cut off goes on with what is not there yet; the worker's night finds what is due. */
export async function makeRetention(team: Team, context: LoggedContext): Promise<void> {
  const [ada, sofia] = [await team.signIn('ada'), await team.signIn('sofia')];
  const today = dayOf(context.clock());
  let held: string | null = null;
  for (const former of formers) {
    const known = await context.db.client.count({ where: { id: former.client } });
    const since = startOfDay(former.since);
    const before = await context.db.personTie.count({
      where: { clientId: former.client, since },
    });
    if (known === 0 || before > 0) continue;
    const id = newPersonId();
    await inTransaction(context.db, async (tx) => {
      const written = { by: ada.actor.personId, at: context.clock() };
      await writePerson(tx, { id, values: former.values }, written);
      await tx.personTie.create({
        data: {
          personId: id,
          role: 'representative',
          clientId: former.client,
          since,
          until: startOfDay(monthsLater(today, -former.endedMonthsAgo)),
        },
        select: { since: true },
      });
    });
    held = id;
  }
  if (held !== null && (await context.db.privacyHold.count()) === 0) {
    const opened = await openHold(
      sofia.actor,
      {
        ground: 'legal-claim',
        article: '17-3-e',
        reviewOn: monthsLater(today, 4),
        person: held,
        reasons:
          'Oskar Brandt claims fees of 2021 back before the district court; counsel needs his file until the case is closed.',
      },
      context,
    );
    if (!opened.ok) throw new Error(opened.refusal.sentence);
  }
  if ((await context.db.retentionRun.count({ where: { kind: 'rehearsal' } })) > 0) return;
  const asked = await askRehearsal(sofia.actor, { day: monthsLater(today, 62) }, context);
  if (!asked.ok) throw new Error(asked.refusal.sentence);
  context.log('retention has a legal hold and a rehearsal; what is due waits for an approval');
}
