/** The parties of a vault's key decide and sign: at once, or with a cold one by a trip that people make. */
import { z } from 'zod';
import { isWaiting } from '#lib/mpc/client/benign.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import { signTransaction } from '#lib/mpc/client/sign-transaction.ts';
import type { ToVerify } from '#lib/mpc/client/verify-parts.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { requirement } from '#lib/protocol/policy.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { changeState, type Stop } from '../change-state.ts';
import { carrySigning } from '../cold/carry-signing.ts';
import { groupNotAsked, splitMembers } from '../cold/cold-members.ts';
import type { OperationRow } from '../load-standing.ts';
import { chooseSigners, needsTrip } from './choose-signers.ts';
import { holdRefused, type PartyNo } from './hold-refused.ts';
import { waitForParties } from './wait-for-parties.ts';
import type { WorkerContext } from './worker-context.ts';

export type Signing = {
  /** What the parties decide on, with fresh facts. */
  bundle: () => Promise<OperationBundle>;
  /** A transaction, or a text that is none. */
  transaction: { chain: string; message: Uint8Array } & ToVerify;
  /** Hex, as the ceremony made it; and who holds a share of it. */
  vault: { publicKey: string; members: readonly string[] };
  roster: Roster;
  /** Waited for before any party is asked for its share. */
  beforeRelease: () => Promise<void>;
};

/** Why there is no signature (yet). */
export type Unsigned =
  /** People are on their way to a cold party, or nobody has set out. */
  | { is: 'under-way' }
  /** The worker has the asset or the chain stand still, or too much of it is missing, and no share is out yet. */
  | { is: 'asset-held' }
  /** It was held or ended since it was looked at, and no share is out. */
  | { is: 'moved-on' }
  /** A delay or time-lock runs at these parties. */
  | { is: 'delayed'; parties: readonly PartyClient[] }
  | { is: 'refused'; no: PartyNo }
  | { is: 'stopped'; stop: Stop };

export type Signed =
  /** One signature for each part of what is signed, in the decoder's order. */
  | { ok: true; signatures: readonly Uint8Array[]; keep?: (tx: Tx) => Promise<void> }
  | { ok: false; because: Unsigned };

const unsigned = (because: Unsigned): Signed => ({ ok: false, because });

/** Changes nothing of the operation; see {@link holdUnsigned}. */
export const signWithParties = (
  row: OperationRow,
  signing: Signing,
  context: WorkerContext,
): Promise<Signed> =>
  needsTrip(signing.roster, signing.vault.members)
    ? signByTrip(row, signing, context)
    : signAtOnce(signing, context);

/** All whose share is needed have a network. */
async function signAtOnce(
  { bundle, transaction, vault, roster, beforeRelease }: Signing,
  context: WorkerContext,
): Promise<Signed> {
  const { members } = vault;
  const signers = chooseSigners({ roster, members, clients: context.parties });
  if (!signers.ok) return unsigned({ is: 'stopped', stop: signers.stop });
  const signed = await signTransaction({
    clients: signers.value,
    bundle: await bundle(),
    transaction,
    expectedKey: vault.publicKey,
    beforeRelease,
  });
  if (signed.ok) return { ok: true, signatures: signed.value.signatures };
  if (isWaiting(signed.refusal)) return unsigned({ is: 'delayed', parties: signers.value });
  return unsigned({ is: 'refused', no: signed });
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
  if (!online) return unsigned({ is: 'stopped', stop: noPartyFor(members) });
  const carried = await carrySigning(row, { online, bundle, transaction, beforeRelease }, context);
  if (carried.state === 'signed')
    return { ok: true, signatures: carried.signatures, keep: carried.keep };
  if (carried.state === 'waits') return unsigned({ is: 'under-way' });
  if (isWaiting(carried.no.refusal)) return unsigned({ is: 'delayed', parties: [online] });
  return unsigned({ is: 'refused', no: carried.no });
}

const noPartyFor = (members: readonly string[]): Stop => ({
  code: 'no-party-with-network',
  party: null,
  sentence: `The worker knows no party with a network that holds a share of this vault’s key and whose group the rule asks; the key is held by ${members.join(', ')}. Add it to the worker’s list of parties; then the raiser starts a new attempt.`,
});

/**
 * signing → held or waiting, where that is what follows.
 * @returns whether the operation moved on.
 */
export async function holdUnsigned(
  row: OperationRow,
  because: Unsigned,
  context: WorkerContext,
): Promise<boolean> {
  switch (because.is) {
    case 'under-way':
    case 'asset-held':
    case 'moved-on':
      return false;
    case 'delayed':
      await waitForParties(row, because.parties, 'last', context);
      return false;
    case 'refused':
      return holdRefused(row, because.no, context);
    case 'stopped':
      return holdFor(row, because.stop, context);
  }
}

/** signing → held. */
export const holdFor = (row: OperationRow, stop: Stop, context: WorkerContext): Promise<boolean> =>
  inTransaction(context.db, (tx) =>
    changeState(tx, { operation: row.id, from: 'signing', to: 'held', stop }, context.clock()),
  );
