/** A vault whose key lies mostly with parties without a network, and what its client has in it. */
import { bringAnswer } from '#lib/operations/cold/bring-answer.ts';
import { orderTrip } from '#lib/operations/cold/order-trip.ts';
import type { Team } from '../colleagues/team.ts';
import type { SeedSite } from './cold-sites.ts';
import { coldVault, stateVault } from './make-vaults.ts';
import { waitFor, waitForEnd, type SeedContext } from './seed-context.ts';

export async function makeColdVault(
  team: Team,
  sites: readonly SeedSite[],
  context: SeedContext,
): Promise<void> {
  const { vault, name } = coldVault;
  if (await context.db.vault.findUnique({ where: { id: vault } })) return;
  const operation = await stateVault(team, coldVault, context);
  await carryTrips(team, { operation, sites }, context);
  await waitForEnd(context, operation);
  context.log(`key of ${name} made with ${sites.map((site) => site.name).join(' and ')}`);
}

/** More ways there and back no ceremony has. */
const answersMax = 40;

/** Carries each document to its site and the answer back, until the key is made. */
async function carryTrips(
  team: Team,
  { operation, sites }: { operation: string; sites: readonly SeedSite[] },
  context: SeedContext,
): Promise<void> {
  const { actor } = await team.signIn('ada');
  // A start that was cut off lost what the sites had in memory, so the trips begin anew.
  const ordered = await orderTrip(actor, { operation, party: null }, context);
  if (!ordered.ok) throw new Error(ordered.refusal.sentence);
  const { trip } = ordered.value;
  for (let count = 0; count < answersMax; count += 1) {
    const next = await waitFor('the next document for a cold party', 30_000, () =>
      findNext(trip, context),
    );
    if (next === 'over') return;
    const site = sites.find(({ name }) => name === next.party);
    if (!site) throw new Error(`There is no site of ${next.party}.`);
    const brought = await bringAnswer(
      actor,
      { document: next.id.toString(), text: site.answer(next.document) },
      context,
    );
    if (!brought.ok) throw new Error(`${next.party}: ${brought.refusal.sentence}`);
  }
  throw new Error('The trips to the cold parties do not end.');
}

async function findNext(trip: string, { db }: SeedContext) {
  const { state, stopSentence, documents } = await db.coldTrip.findUniqueOrThrow({
    where: { id: trip },
    include: { documents: { where: { answer: null }, orderBy: { id: 'asc' }, take: 1 } },
  });
  if (state === 'done') return 'over' as const;
  if (state !== 'wanted' && state !== 'out')
    throw new Error(`The trips to the cold parties ended ${state}: ${stopSentence ?? ''}`);
  return documents[0] ?? null;
}
