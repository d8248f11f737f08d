/** People of a test carry the documents of a ceremony to the cold sites and the answers back. */
import { vi, expect } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { bringAnswer } from '../cold/bring-answer.ts';
import { orderTrip } from '../cold/order-trip.ts';
import { takeSteps, type ColdSite } from './cold-sites.ts';
import { advance, type PartyDesk } from './party-desk.ts';

/** Longest time for sealing a share on a busy machine, in milliseconds. */
const SEALED = { timeout: 30_000, interval: 5 };

const waysMax = 16;

export function siteOf(desk: PartyDesk, name: string): ColdSite {
  const site = desk.sites.find((one) => one.name === name);
  if (!site) throw new Error(`There is no site ${name}.`);
  return site;
}

export const orderCeremony = (desk: PartyDesk, operation: string) =>
  orderTrip(desk.people.marek.actor, { operation, party: null }, desk.context);

export const bringBack = (desk: PartyDesk, document: bigint, text: string) =>
  bringAnswer(desk.people.marek.actor, { document: String(document), text }, desk.context);

/** What is on its way for an operation, oldest first. */
export async function documentsOut(desk: PartyDesk, operation: string) {
  const { documents } = await desk.owner.coldTrip.findFirstOrThrow({
    where: { operationId: operation, state: 'out' },
    include: { documents: { where: { takenAt: null }, orderBy: { id: 'asc' } } },
  });
  return documents;
}

/** A person at the site reads a document, has its steps taken, and takes the answer along. */
export async function answerAt(desk: PartyDesk, party: string, document: string): Promise<string> {
  const site = siteOf(desk, party);
  // People carry for longer than a share takes to be sealed.
  await vi.waitFor(() => expect([...site.party.backups.values()]).not.toContain('sealing'), SEALED);
  return takeSteps(site, document).text;
}

/** One way: everything that is out goes to its site, and every answer comes back. */
export async function carryWay(desk: PartyDesk, operation: string): Promise<void> {
  for (const { id, party, document } of await documentsOut(desk, operation))
    valueOf(await bringBack(desk, id, await answerAt(desk, party, document)));
}

/** Goes on with the trip that is under way until the ceremony is done. @returns how many ways that took. */
export async function carryToEnd(desk: PartyDesk, operation: string): Promise<number> {
  for (let ways = 0; ways < waysMax; ways += 1) {
    if ((await advance(desk, operation)) === 'done') return ways;
    await carryWay(desk, operation);
  }
  throw new Error('The ceremony does not end.');
}

/** Orders the trip of a ceremony, and carries every document there and back. */
export async function carryCeremonyOf(desk: PartyDesk, operation: string): Promise<number> {
  valueOf(await orderCeremony(desk, operation));
  return carryToEnd(desk, operation);
}
