/**
 * What surrounds an operation and helps a person decide: what is unusual about it, where the
 * parties stand, what changed in the roster, and whether policy and roster have moved since.
 */
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import type {
  DestinationListingIntent,
  Intent,
  KeyCeremonyIntent,
  RosterChangeIntent,
  WithdrawalIntent,
} from '#lib/protocol/intent.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { roster as rosterSchema, type Roster } from '#lib/protocol/roster.ts';
import { clientAccount } from '#lib/ledger/accounts.ts';
import { checkRecipient } from './check-recipient.ts';
import { describeNeed, inWords } from './describe-policy.ts';
import type { OperationRow } from './load-standing.ts';
import { partyStandings, type PartyStanding } from './party-standings.ts';
import { rosterDiff, unusualRoster, type RosterDiff } from './roster-diff.ts';
import type { Standing } from './standing.ts';
import { isFinal } from './states.ts';
import { loadTrust } from './trust.ts';
import {
  unusualCeremony,
  unusualListing,
  unusualWithdrawal,
  type LookAlike,
  type Unusual,
} from './unusual.ts';

export type Circumstances = {
  /** What the deciding rule asks for: "one approver of Control and one co-signer of Custody". */
  asks: string;
  parties: PartyStanding[];
  /** Null once the operation is over: what is on record then includes the operation itself. */
  unusual: Unusual | null;
  roster: RosterDiff | null;
  /** Set when policy or roster are no longer those the operation was raised under. */
  movedOn: { policyVersion: number; rosterVersion: number } | null;
};

const dayMs = 24 * 3_600_000;
/** Earlier withdrawals looked at for what is usual. */
const earlierMax = 1000;

export async function loadCircumstances(
  row: OperationRow,
  standing: Standing,
  intent: Intent,
  context: Context,
): Promise<Circumstances> {
  const [trust, pinned, adoptions, diff] = await Promise.all([
    loadTrust(context.db),
    rosterAt(row.rosterVersion, context),
    context.db.partyAdoption.findMany({ where: { operationId: row.id }, select: { party: true } }),
    intent.kind === 'roster-change' ? loadRosterDiff(intent, context) : null,
  ]);
  const stop =
    row.stopCode === null ? null : { party: row.stopParty, sentence: row.stopSentence ?? '' };
  const hasMoved =
    trust !== null &&
    !isFinal(standing.state) &&
    (trust.policy.version !== row.policyVersion || trust.roster.version !== row.rosterVersion);
  return {
    asks: inWords(standing.needs.map(describeNeed)),
    parties: partyStandings(standing, {
      roster: pinned,
      adopted: new Set(adoptions.map(({ party }) => party)),
      stop,
    }),
    unusual: isFinal(standing.state)
      ? null
      : await findUnusual(row, intent, { current: trust?.roster ?? null, diff }, context),
    roster: diff,
    movedOn: hasMoved
      ? { policyVersion: trust.policy.version, rosterVersion: trust.roster.version }
      : null,
  };
}

async function rosterAt(version: number, context: Context): Promise<Roster | null> {
  const row = await context.db.rosterVersion.findUnique({ where: { version } });
  return row ? rosterSchema.parse(JSON.parse(row.document)) : null;
}

async function loadRosterDiff(intent: RosterChangeIntent, context: Context): Promise<RosterDiff> {
  const row = await context.db.rosterVersion.findUnique({
    where: { version: intent.roster.version - 1 },
  });
  const before =
    row && row.digest === intent.roster.previous
      ? rosterSchema.parse(JSON.parse(row.document))
      : null;
  const ids = [...intent.roster.people, ...(before?.people ?? [])].map(({ id }) => id);
  const people = await context.db.operator.findMany({
    where: { id: { in: ids } },
    select: { id: true, displayName: true },
  });
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  return rosterDiff(before, intent.roster, (id) => names.get(id) ?? id);
}

async function findUnusual(
  row: OperationRow,
  intent: Intent,
  trust: { current: Roster | null; diff: RosterDiff | null },
  context: Context,
): Promise<Unusual | null> {
  switch (intent.kind) {
    case 'withdrawal':
      return findUnusualWithdrawal(row, intent, context);
    case 'destination-listing':
      return findUnusualListing(intent, context);
    case 'key-ceremony':
      return findUnusualCeremony(intent, trust.current);
    case 'roster-change':
      return trust.diff && unusualRoster(trust.diff);
  }
}

async function findUnusualWithdrawal(
  row: OperationRow,
  intent: WithdrawalIntent,
  context: Context,
): Promise<Unusual> {
  const now = context.clock();
  const { db } = context;
  const own = { kind: 'withdrawal', id: { not: row.id } };
  const isBuilt = row.transactions.length > 0;
  const [earlier, timesUsed, destination, repeat, account, lookAlikes, recipient] =
    await Promise.all([
      db.operation.findMany({
        where: {
          ...own,
          clientId: intent.client,
          asset: intent.asset,
          state: 'confirmed',
          raisedAt: { gte: new Date(now.getTime() - 90 * dayMs) },
        },
        select: { amount: true },
        orderBy: { raisedAt: 'desc' },
        take: earlierMax,
      }),
      db.operation.count({
        where: { ...own, destinationId: intent.destination.id, state: 'confirmed' },
      }),
      db.destination.findUnique({ where: { id: intent.destination.id } }),
      db.operation.findFirst({
        where: {
          ...own,
          destinationId: intent.destination.id,
          amount: intent.amount,
          raisedAt: { gte: new Date(row.raisedAt.getTime() - dayMs), lte: row.raisedAt },
          state: { notIn: ['rejected', 'cancelled', 'expired', 'failed'] },
        },
        select: { number: true },
        orderBy: { raisedAt: 'desc' },
      }),
      db.account.findUnique({ where: { id: clientAccount(intent.client, intent.asset) } }),
      findLookAlikes(intent.destination.address, context),
      isBuilt ? null : checkRecipient(intent, context),
    ]);
  return unusualWithdrawal(
    {
      amount: BigInt(intent.amount),
      earlier: earlier.flatMap(({ amount }) => (amount === null ? [] : [unitsOf(amount)])),
      destination: { timesUsed, listedAt: destination?.listedAt ?? null },
      repeats: repeat?.number ?? null,
      lookAlikes,
      recipient,
      balance: account === null ? 0n : unitsOf(account.credits) - unitsOf(account.debits),
    },
    now,
  );
}

/** Other addresses on the list that begin and end with the same four characters. */
async function findLookAlikes(address: string, context: Context): Promise<LookAlike[]> {
  const rows = await context.db.destination.findMany({
    where: {
      state: { in: ['proposed', 'listed'] },
      address: { not: address, startsWith: address.slice(0, 4), endsWith: address.slice(-4) },
    },
    select: { label: true, clientId: true },
    orderBy: { id: 'asc' },
    take: 5,
  });
  return rows.map(({ label, clientId }) => ({ label: shownText(label), client: clientId }));
}

async function findUnusualListing(
  { destination }: DestinationListingIntent,
  context: Context,
): Promise<Unusual> {
  const [shared, lookAlikes] = await Promise.all([
    context.db.destination.findMany({
      where: {
        address: destination.address,
        clientId: { not: destination.client },
        state: { in: ['proposed', 'listed'] },
      },
      select: { clientId: true },
      distinct: ['clientId'],
      orderBy: { clientId: 'asc' },
      take: 5,
    }),
    findLookAlikes(destination.address, context),
  ]);
  return unusualListing({ sharedWith: shared.map(({ clientId }) => clientId), lookAlikes });
}

function findUnusualCeremony(intent: KeyCeremonyIntent, current: Roster | null): Unusual {
  const known = (current?.parties ?? []).map(({ name }) => name);
  return unusualCeremony({
    tier: intent.vault.tier,
    outside: intent.parties.filter((name) => !known.includes(name)),
    missing: known.filter((name) => !intent.parties.includes(name)),
  });
}
