/**
 * cosigned → done for what is done to a key that exists: new shares, a lost share, sealed copies. The
 * parties do it; asked again for the same operation they go on from wherever they stopped, so a
 * crash in between leaves all of them on one epoch that can sign.
 */
import { runKeyBackup } from '#lib/mpc/client/key-backup.ts';
import { runKeyRefresh } from '#lib/mpc/client/key-refresh.ts';
import { runKeyRepair } from '#lib/mpc/client/key-repair.ts';
import type { PartyAnswer, PartyClient } from '#lib/mpc/client/party-client.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { keySuite } from '#lib/protocol/suites.ts';
import { bundleOf } from '../load-bundle.ts';
import { changeState } from '../change-state.ts';
import { carryCeremony } from '../cold/carry-ceremony.ts';
import { splitMembers, type Members } from '../cold/cold-members.ts';
import { tripProgress } from '../cold/trip-progress.ts';
import { findOpenTrip } from '../cold/trip-rows.ts';
import { keyWorkers, type KeyLifeIntent } from '../keys/key-workers.ts';
import type { OperationRow } from '../load-standing.ts';
import { followKeyWork } from '../progress/key-work-notes.ts';
import { loadTrust } from '../trust.ts';
import { holdRefused } from './hold-refused.ts';
import type { WorkerContext } from './worker-context.ts';

type Drive = (clients: readonly PartyClient[]) => Promise<PartyAnswer<unknown>>;

/** How far a refresh is stands on record for people; the other two are over in a moment. */
async function driveOf(
  row: OperationRow,
  intent: KeyLifeIntent,
  { isLive }: { isLive: boolean },
  context: WorkerContext,
): Promise<Drive> {
  const bundle = bundleOf(row);
  switch (intent.kind) {
    case 'key-refresh': {
      const { parties } = intent;
      const key = await context.db.mpcKey.findUniqueOrThrow({ where: { id: intent.key } });
      const of = {
        kind: intent.kind,
        attempt: row.attempt,
        parties,
        suite: keySuite.parse(key.suite),
      };
      return (clients) =>
        followKeyWork(
          { operation: row.id, of, clients, stored: row.progress?.keyWork },
          (members, options) => runKeyRefresh(members, bundle, options),
          context,
          { isLive },
        );
    }
    case 'key-repair':
      return (clients) => runKeyRepair(clients, bundle);
    case 'key-backup':
      return (clients) => runKeyBackup(clients, bundle);
  }
}

type Carried =
  | { ok: true; keep?: (tx: Tx) => Promise<void> }
  /** Whether the operation moved on to somewhere else. */
  | { ok: false; moved: boolean };

/** @returns false when a party was away or a trip is under way; a repeat goes on from there. */
export async function carryKeyLife(
  row: OperationRow,
  intent: KeyLifeIntent,
  context: WorkerContext,
): Promise<boolean> {
  const trust = await loadTrust(context.db);
  if (!trust) throw new Error(`Operation ${row.id} is stated but there is no roster.`);
  const members = splitMembers(trust.roster, keyWorkers(intent));
  const isLive = members.cold.length === 0;
  const drive = await driveOf(row, intent, { isLive }, context);
  const carried = await (!isLive
    ? byTrips(row, { members, drive }, context)
    : atOnce(row, drive, context));
  if (!carried.ok) return carried.moved;
  return inTransaction(context.db, async (tx) => {
    const to = { operation: row.id, from: 'cosigned', to: 'done' } as const;
    if (!(await changeState(tx, to, context.clock()))) return false;
    await carried.keep?.(tx);
    await publish(tx, { topic: 'vaults' });
    return true;
  });
}

async function atOnce(row: OperationRow, drive: Drive, context: WorkerContext): Promise<Carried> {
  const answer = await drive(context.parties);
  return answer.ok ? { ok: true } : { ok: false, moved: await holdRefused(row, answer, context) };
}

/** Some members have no network: documents lead them, which people carry. */
async function byTrips(
  row: OperationRow,
  { members, drive }: { members: Members; drive: Drive },
  context: WorkerContext,
): Promise<Carried> {
  const trip = await findOpenTrip(context.db, row);
  if (!trip) return { ok: false, moved: false };
  const progress = trip.progress === null ? null : tripProgress.parse(trip.progress);
  if (progress !== null && progress.what !== 'ceremony')
    throw new Error(`Trip ${trip.id} leads no parties through rounds.`);
  const isMember = ({ name }: PartyClient): boolean => members.online.includes(name);
  const carried = await carryCeremony(
    trip,
    {
      before: progress,
      under: {
        online: context.parties.filter(isMember),
        others: context.parties.filter((party) => !isMember(party)),
        cold: members.cold,
        drive,
      },
      remember: (ceremony, isDue) => ({ what: 'ceremony', ceremony, isDue }),
    },
    context,
  );
  if (carried.state === 'done') return { ok: true, keep: carried.keep };
  return {
    ok: false,
    moved: carried.state === 'refused' && (await holdRefused(row, carried.no, context)),
  };
}
