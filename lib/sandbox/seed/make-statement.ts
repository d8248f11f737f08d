/** A statement of position that a client asked for. */
import { issuePosition } from '#lib/operations/positions/issue-position.ts';
import type { Team } from '../colleagues/team.ts';
import { waitFor, type SeedContext } from './seed-context.ts';

const client = 'C-20418';

export async function makeStatement(team: Team, context: SeedContext): Promise<void> {
  const { db } = context;
  if (await db.positionStatement.findFirst({ where: { clientId: client } })) return;
  const account = await db.posting.findFirst({
    where: { account: { clientId: client } },
    orderBy: { journalId: 'asc' },
  });
  // The worker closes the books every minute; a statement from before the first deposit says nothing.
  if (account)
    await waitFor('the books to be closed', 90_000, () =>
      db.ledgerClose.findFirst({ where: { lastJournal: { gte: account.journalId } } }),
    );
  const { actor } = await team.signIn('ada');
  const from = new Date(context.clock().getTime() - 90 * 86_400_000).toISOString().slice(0, 10);
  const issued = await issuePosition(actor, { client, from, through: '' }, context);
  if (!issued.ok) throw new Error(issued.refusal.sentence);
  context.log(`statement of position of ${client} issued`);
}
