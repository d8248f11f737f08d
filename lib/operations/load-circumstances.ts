/**
 * What surrounds an operation and helps a person decide: what is unusual about it, where the
 * parties stand, what changed in the roster, and whether policy and roster have moved since.
 */
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import {
  movesCoins,
  type Intent,
  type KeyCeremonyIntent,
  type RosterChangeIntent,
} from '#lib/protocol/intent.ts';
import { movesShares } from '#lib/protocol/intent-kinds.ts';
import { roster as rosterSchema, type Group, type Roster } from '#lib/protocol/roster.ts';
import { channelParty } from './channel-party.ts';
import { checkRecipient } from './check-recipient.ts';
import { membersOfColdKey, splitMembers } from './cold/cold-members.ts';
import { findTripLink, type TripLinkView } from './cold/find-trip-link.ts';
import { partiesOfKey } from './cold/who-takes-part.ts';
import { describeNeed } from './describe-policy.ts';
import { inWords } from './policy-words.ts';
import { findFreezesInWay, type FreezeInWay } from './freezes-in-way.ts';
import { findUnusualListing, findUnusualWithdrawal } from './find-unusual.ts';
import type { ReportRow } from './keys/key-reports.ts';
import { isKeyLife } from './keys/key-workers.ts';
import type { OperationRow } from './load-standing.ts';
import { partyStandings, type PartyStanding } from './party-standings.ts';
import { wordAbout, type PartyWord } from './party-words.ts';
import { rosterDiff, unusualRoster, type RosterDiff } from './roster-diff.ts';
import type { Standing } from './standing.ts';
import { isFinal } from './states.ts';
import { loadRosterAt, loadTrust } from './trust.ts';
import { unusualCeremony, type Unusual } from './unusual.ts';
import { whatStops } from './what-stops.ts';

export type Circumstances = {
  /** What the deciding rule asks for: "one approver of Control and one co-signer of Custody". */
  asks: string;
  parties: PartyStanding[];
  /** Null once the operation is over: what is on record then includes the operation itself. */
  unusual: Unusual | null;
  roster: RosterDiff | null;
  /** Set when policy or roster are no longer those the operation was raised under. */
  movedOn: { policyVersion: number; rosterVersion: number } | null;
  /** Party whose page shows the reader the code of the second channel; null where none is asked for. */
  codeFrom: string | null;
  /** Its way to cold parties; null where no document travels for it. */
  coldTrip: TripLinkView | null;
  /** Freezes that stop it, or the one that did while it is held for that. */
  freezes: FreezeInWay[];
  /** What can still stop it, in sentences; null while people state, while it is held and once it is over. */
  stops: string | null;
};

/** At most 16 parties are in a roster; those that left it may still have a row. */
const reportsMax = 64;

export async function loadCircumstances(
  row: OperationRow,
  standing: Standing,
  { intent, group }: { intent: Intent; group: Group | null },
  context: Context,
): Promise<Circumstances> {
  const { db } = context;
  const [trust, pinned, adoptions, reports, diff, members, threshold] = await Promise.all([
    loadTrust(db),
    loadRosterAt(db, row.rosterVersion),
    db.partyAdoption.findMany({
      where: { operationId: row.id },
      select: { party: true, adoptedAt: true },
    }),
    // What parties were asked and answered; of cold ones there is only what the console concludes.
    db.partyReport.findMany({ orderBy: { party: 'asc' }, take: reportsMax }),
    intent.kind === 'roster-change' ? loadRosterDiff(intent, context) : null,
    movesShares(intent.kind) ? partiesOfKey(db, intent) : null,
    thresholdOf(row, context),
  ]);
  const [coldTrip, { freezes, isFreezable }] = await Promise.all([
    findTripLink(row, members ?? [], trust, db),
    findFreezesInWay(row, intent, trust, context),
  ]);
  const stop =
    row.stopCode === null
      ? null
      : {
          party: row.stopParty,
          sentence: row.stopSentence ?? '',
          at: row.stateChangedAt.toISOString(),
        };
  const hasMoved =
    trust !== null &&
    !isFinal(standing.state) &&
    (trust.policy.version !== row.policyVersion || trust.roster.version !== row.rosterVersion);
  return {
    asks: standing.needs.length === 0 ? 'nobody else' : inWords(standing.needs.map(describeNeed)),
    parties: partyStandings(standing, {
      roster: pinned,
      adopted: new Map(adoptions.map(({ party, adoptedAt }) => [party, adoptedAt.toISOString()])),
      stop,
      members,
      threshold,
      words: wordsOf(pinned, reports, { operation: row.id, number: row.number, intent }),
    }),
    coldTrip,
    freezes,
    stops: whatStops(standing, {
      isFreezable,
      isTrip: coldTrip !== null,
      scope: movesCoins(intent) ? { vault: intent.vault, asset: intent.asset } : null,
      now: context.clock(),
    }),
    unusual: isFinal(standing.state)
      ? null
      : await findUnusual(row, intent, { current: trust?.roster ?? null, diff }, context),
    roster: diff,
    codeFrom: standing.secondChannel && trust ? channelParty(trust.roster, group) : null,
    movedOn: hasMoved
      ? { policyVersion: trust.policy.version, rosterVersion: trust.roster.version }
      : null,
  };
}

async function thresholdOf({ vaultId }: OperationRow, { db }: Context): Promise<number | null> {
  if (vaultId === null) return null;
  const vault = await db.vault.findUnique({ where: { id: vaultId }, include: { key: true } });
  return vault?.key.threshold ?? null;
}

/** What each party said of the operation when the worker asked it last. */
function wordsOf(
  roster: Roster | null,
  reports: readonly ReportRow[],
  { operation, number, intent }: { operation: string; number: string; intent: Intent },
): Map<string, PartyWord> {
  const key = intent.kind === 'key-ceremony' || isKeyLife(intent) ? intent.key : null;
  return new Map(
    (roster?.parties ?? []).map(({ name }) => [
      name,
      wordAbout(
        reports.find(({ party }) => party === name),
        { operation, number, key },
      ),
    ]),
  );
}

async function loadRosterDiff(intent: RosterChangeIntent, context: Context): Promise<RosterDiff> {
  const row = await context.db.rosterVersion.findUnique({
    where: { version: intent.roster.version - 1 },
  });
  const before =
    row && row.digest === intent.roster.previous
      ? rosterSchema.parse(JSON.parse(row.document))
      : null;
  return rosterDiff(before, intent.roster, await operatorNames(context.db));
}

async function findUnusual(
  row: OperationRow,
  intent: Intent,
  trust: { current: Roster | null; diff: RosterDiff | null },
  context: Context,
): Promise<Unusual | null> {
  switch (intent.kind) {
    case 'withdrawal':
      return findUnusualWithdrawal(
        intent,
        {
          raisedAt: row.raisedAt,
          recipient: row.transactions.length > 0 ? null : checkRecipient(intent, context),
        },
        context,
      );
    case 'destination-listing':
      return findUnusualListing(intent, context);
    case 'key-ceremony':
      return findUnusualCeremony(intent, trust.current);
    case 'roster-change':
      return trust.diff && unusualRoster(trust.diff);
    default:
      return null;
  }
}

function findUnusualCeremony(intent: KeyCeremonyIntent, current: Roster | null): Unusual {
  const roster = current ?? { parties: [] };
  const known = roster.parties.map(({ name }) => name);
  const { tier } = intent.vault;
  const isCold = splitMembers(roster, intent.parties).cold.length > 0;
  // Cold parties hold shares of cold vaults' keys, and of no others.
  const expected =
    tier === 'cold' && isCold ? membersOfColdKey(roster) : splitMembers(roster, known).online;
  return unusualCeremony({
    isColdInName: tier === 'cold' && !isCold,
    outside: intent.parties.filter((name) => !known.includes(name)),
    missing: expected.filter((name) => !intent.parties.includes(name)),
  });
}
