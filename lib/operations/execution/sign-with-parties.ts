/** The parties of a vault's key decide and sign: at once, or with a cold one by a trip that people make. */
import { z } from 'zod';
import { isWaiting } from '#lib/mpc/client/benign.ts';
import { signTransaction } from '#lib/mpc/client/sign-transaction.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { requirement } from '#lib/protocol/policy.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { changeState, type Stop } from '../change-state.ts';
import { carrySigning } from '../cold/carry-signing.ts';
import { groupNotAsked, splitMembers } from '../cold/cold-members.ts';
import type { OperationRow } from '../load-standing.ts';
import { chooseSigners, needsTrip } from './choose-signers.ts';
import { holdRefused } from './hold-refused.ts';
import { waitForParties } from './wait-for-parties.ts';
import type { WorkerContext } from './worker-context.ts';

export type Signing = {
  /** What the parties decide on, with fresh facts. */
  bundle: () => Promise<OperationBundle>;
  /** A transaction, or a text that is none. */
  transaction: { chain: string; message: Uint8Array };
  /** Hex, as the ceremony made it; and who holds a share of it. */
  vault: { publicKey: string; members: readonly string[] };
  roster: Roster;
  /** Waited for before any party is asked for its share. */
  beforeRelease: () => Promise<void>;
};

export type Signed =
  | { ok: true; signature: Uint8Array; keep?: (tx: Tx) => Promise<void> }
  /** Whether the operation moved on to somewhere else. */
  | { ok: false; moved: boolean };

/** For an operation in the state `signing`; held where a party refuses. */
export const signWithParties = (
  row: OperationRow,
  signing: Signing,
  context: WorkerContext,
): Promise<Signed> =>
  needsTrip(signing.roster, signing.vault.members)
    ? signByTrip(row, signing, context)
    : signAtOnce(row, signing, context);

/** All whose share is needed have a network. */
async function signAtOnce(
  row: OperationRow,
  { bundle, transaction, vault, roster, beforeRelease }: Signing,
  context: WorkerContext,
): Promise<Signed> {
  const { members } = vault;
  const signers = chooseSigners({ roster, members, clients: context.parties });
  if (!signers.ok) return { ok: false, moved: await holdFor(row, signers.stop, context) };
  const signed = await signTransaction({
    clients: signers.value,
    bundle: await bundle(),
    transaction,
    expectedKey: vault.publicKey,
    beforeRelease,
  });
  if (signed.ok) return { ok: true, signature: signed.value.signature };
  if (isWaiting(signed.refusal)) {
    await waitForParties(row, signers.value, 'last', context);
    return { ok: false, moved: false };
  }
  return { ok: false, moved: await holdRefused(row, signed, context) };
}

/** As for the key of a cold vault: one member with a network signs together with one without. */
async function signByTrip(
  row: OperationRow,
  { bundle, transaction, vault, roster, beforeRelease }: Signing,
  context: WorkerContext,
): Promise<Signed> {
  const { members } = vault;
  const withNetwork = splitMembers(roster, members).online;
  const needs = z.array(requirement).parse(row.needs);
  const online = context.parties.find(
    ({ name }) => withNetwork.includes(name) && groupNotAsked(roster, name, needs) === null,
  );
  if (!online) return { ok: false, moved: await holdFor(row, noPartyFor(members), context) };
  const carried = await carrySigning(row, { online, bundle, transaction, beforeRelease }, context);
  if (carried.state === 'signed')
    return { ok: true, signature: carried.signature, keep: carried.keep };
  if (carried.state === 'waits') return { ok: false, moved: false };
  if (isWaiting(carried.no.refusal)) {
    await waitForParties(row, [online], 'last', context);
    return { ok: false, moved: false };
  }
  return { ok: false, moved: await holdRefused(row, carried.no, context) };
}

const noPartyFor = (members: readonly string[]): Stop => ({
  code: 'no-party-with-network',
  party: null,
  sentence: `The worker knows no party with a network that holds a share of this vault’s key and whose group the rule asks; the key is held by ${members.join(', ')}. Add it to the worker’s list of parties; then the raiser starts a new attempt.`,
});

/** signing → held. */
export const holdFor = (row: OperationRow, stop: Stop, context: WorkerContext): Promise<boolean> =>
  inTransaction(context.db, (tx) =>
    changeState(tx, { operation: row.id, from: 'signing', to: 'held', stop }, context.clock()),
  );
