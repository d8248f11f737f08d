/** cosigned → done for a key ceremony: the parties make the key, the console writes the vault down. */
import { openTexts } from '#lib/audit/sealed-text.ts';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { openVaultAccounts } from '#lib/ledger/open-accounts.ts';
import { runKeyCeremony } from '#lib/mpc/client/key-ceremony.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { assets } from '#lib/chains/assets.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { KeyCeremonyIntent } from '#lib/protocol/intent.ts';
import { bundleOf } from '../load-bundle.ts';
import { changeState } from '../change-state.ts';
import { carryCeremony } from '../cold/carry-ceremony.ts';
import { splitMembers, type Members } from '../cold/cold-members.ts';
import { tripProgress } from '../cold/trip-progress.ts';
import { findOpenTrip } from '../cold/trip-rows.ts';
import type { OperationRow } from '../load-standing.ts';
import { loadTrust } from '../trust.ts';
import { followKeyWork } from '../progress/key-work-notes.ts';
import { holdRefused } from './hold-refused.ts';
import type { WorkerContext } from './worker-context.ts';

/** @returns false when a party was away; the parties answer the same again after a repeat. */
export async function makeKey(
  row: OperationRow,
  intent: KeyCeremonyIntent,
  context: WorkerContext,
): Promise<boolean> {
  const trust = await loadTrust(context.db);
  if (!trust) throw new Error(`Operation ${row.id} is stated but there is no roster.`);
  const members = splitMembers(trust.roster, intent.parties);
  const made = await (members.cold.length > 0
    ? makeByTrips(row, intent, members, context)
    : makeAtOnce(row, intent, context));
  if (!made.ok) return made.moved;
  const { publicKey } = made;
  const notes = await context.db.operationNote.findMany({
    where: { operationId: row.id, kind: 'reason' },
    take: 1,
  });
  // Where keys are away this throws before anything is written, and the worker comes again.
  const [name] = await openTexts('operation_note', notes);
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const moved = await changeState(tx, { operation: row.id, from: 'cosigned', to: 'done' }, now);
    if (!moved) return false;
    await made.keep?.(tx);
    await tx.mpcKey.create({
      data: {
        id: intent.key,
        suite: intent.suite,
        publicKey,
        threshold: intent.threshold,
        parties: intent.parties,
        operationId: row.id,
        createdAt: now,
      },
    });
    await tx.vault.create({
      data: {
        id: intent.vault.id,
        name: name ?? intent.vault.id,
        tier: intent.vault.tier,
        chain: intent.vault.chain,
        keyId: intent.key,
        // Where owners have accounts of their own it is the custodian's.
        address: addressOfOwner(
          { chain: intent.vault.chain, suite: intent.suite, publicKey },
          null,
        ),
        createdAt: now,
      },
    });
    const held = assets.filter((asset) => asset.chains.includes(intent.vault.chain));
    for (const asset of held)
      await openVaultAccounts(tx, { vault: intent.vault.id, asset: asset.code });
    return true;
  });
}

type Made =
  | { ok: true; publicKey: string; keep?: (tx: Tx) => Promise<void> }
  /** Whether the operation moved on to somewhere else. */
  | { ok: false; moved: boolean };

/** The rounds, with how far they are on record for people. */
const follow = (
  row: OperationRow,
  { parties, suite }: KeyCeremonyIntent,
  context: WorkerContext,
  { isLive }: { isLive: boolean },
): ((clients: readonly PartyClient[]) => ReturnType<typeof runKeyCeremony>) => {
  const bundle = bundleOf(row);
  return (clients) =>
    followKeyWork(
      {
        operation: row.id,
        of: { kind: 'key-ceremony', attempt: row.attempt, parties, suite },
        clients,
        stored: row.progress?.keyWork,
      },
      (members, options) => runKeyCeremony(members, bundle, options),
      context,
      { isLive },
    );
};

async function makeAtOnce(
  row: OperationRow,
  intent: KeyCeremonyIntent,
  context: WorkerContext,
): Promise<Made> {
  const made = await follow(row, intent, context, { isLive: true })(context.parties);
  return made.ok
    ? { ok: true, publicKey: made.value.publicKey }
    : { ok: false, moved: await holdRefused(row, made, context) };
}

/** Some members have no network: documents lead them, which people carry. */
async function makeByTrips(
  row: OperationRow,
  intent: KeyCeremonyIntent,
  { online, cold }: Members,
  context: WorkerContext,
): Promise<Made> {
  const trip = await findOpenTrip(context.db, row);
  if (!trip) return { ok: false, moved: false };
  const progress = trip.progress === null ? null : tripProgress.parse(trip.progress);
  if (progress !== null && progress.what !== 'ceremony')
    throw new Error(`Trip ${trip.id} makes no key.`);
  const isMember = ({ name }: PartyClient): boolean => online.includes(name);
  const carried = await carryCeremony(
    trip,
    {
      before: progress,
      under: {
        online: context.parties.filter(isMember),
        others: context.parties.filter((party) => !isMember(party)),
        cold,
        drive: follow(row, intent, context, { isLive: false }),
      },
      remember: (ceremony, isDue) => ({ what: 'ceremony', ceremony, isDue }),
    },
    context,
  );
  if (carried.state === 'done')
    return { ok: true, publicKey: carried.value.publicKey, keep: carried.keep };
  return {
    ok: false,
    moved: carried.state === 'refused' && (await holdRefused(row, carried.no, context)),
  };
}
