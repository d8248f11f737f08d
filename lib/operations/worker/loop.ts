/** The worker's rhythm: it acts when told that something changed, and looks anyway now and then. */
import { bookBankEntries } from '#lib/ledger/bank/book-bank-entries.ts';
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { closeEachMinute } from '#lib/ledger/close-each-minute.ts';
import { StatementDesk } from '#lib/ledger/statements/desk.ts';
import { Beside } from '#lib/platform/beside.ts';
import { noteRefusals, refusalIn } from '#lib/platform/data-keys/note-refusal.ts';
import { findUnownedKeys } from '#lib/platform/data-keys/unowned-keys.ts';
import { log } from '#lib/platform/log.ts';
import { completeGenesis } from '../genesis/complete-genesis.ts';
import { expireOperations } from '../expire-operations.ts';
import { catchUp } from '../execution/catch-up.ts';
import { deliverNoes } from '../execution/deliver-noes.ts';
import { HeldPayments } from '../execution/held-payments.ts';
import { keepNonceAccounts } from '../execution/keep-nonce-accounts.ts';
import { nameReleasing } from '../execution/name-releasing.ts';
import { PartyViews } from '../execution/party-views.ts';
import { SettledPayments } from '../execution/settled-payments.ts';
import { reportParties } from '../execution/report-parties.ts';
import { releaseEndedLeases } from '../execution/chains/leases.ts';
import { OwnerDeposits } from '../execution/deposits/owner-deposits.ts';
import { keepVaultAccounts } from '../execution/keep-vault-accounts.ts';
import { watchDeposits } from '../execution/watch-deposits.ts';
import { watchFeeAccount } from '../execution/watch-fee-account.ts';
import { OutflowsByOwner } from '../execution/outflows-by-owner.ts';
import { watchOutflows } from '../execution/watch-outflows.ts';
import { TokenWatch } from '../execution/watch-tokens.ts';
import { findLongNonceWaits } from '../nonce-waits.ts';
import { ClientProofDesk } from '../proofs/client-proof-desk.ts';
import { takeSnapshot } from '../proofs/take-snapshot.ts';
import { findUnsetSources } from '../sources/unset-sources.ts';
import { ReceiptDesk } from '../vault-receipts/receipt-desk.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { Carrier } from './carrier.ts';
import { endKeysEveryMs, endUnsignedKeys } from './end-unsigned-keys.ts';
import { notYet } from './not-yet.ts';
import { tellRefusedKeys } from './refused-keys.ts';
import { sweepChallenges } from './sweep-challenges.ts';
import { Turns } from './turns.ts';

/** What one worker remembers from pass to pass. */
export type Rounds = {
  bookings: Turns;
  carrier: Carrier;
  expiry: Turns;
  deposits: OwnerDeposits;
  /** A slow node, or a party that hangs, keeps none of the other duties waiting. */
  watches: { deposits: Beside; held: Beside; outflows: Beside; settled: Beside; views: Beside };
  held: HeldPayments;
  outflows: OutflowsByOwner;
  settled: SettledPayments;
  duties: Turns;
  proofs: ClientProofDesk;
  snapshots: Beside;
  statements: StatementDesk;
  told: Set<string>;
  tokens: TokenWatch;
  receipts: ReceiptDesk;
  unsigned: Beside;
  views: PartyViews;
};

export const newRounds = (context: WorkerContext): Rounds => ({
  bookings: new Turns(),
  carrier: new Carrier(context),
  expiry: new Turns(),
  deposits: new OwnerDeposits(),
  watches: {
    deposits: new Beside({ everyMs: 0 }),
    held: new Beside({ everyMs: 0 }),
    outflows: new Beside({ everyMs: 0 }),
    settled: new Beside({ everyMs: 0 }),
    views: new Beside({ everyMs: 0 }),
  },
  held: new HeldPayments(),
  outflows: new OutflowsByOwner(),
  settled: new SettledPayments(),
  duties: new Turns(),
  proofs: new ClientProofDesk(context),
  // A tree over every client takes minutes where there are many.
  snapshots: new Beside({ everyMs: 0 }),
  statements: new StatementDesk({
    db: context.db,
    clock: context.clock,
    decimalsOf: decimalsShown,
  }),
  told: new Set(),
  tokens: new TokenWatch(),
  receipts: new ReceiptDesk(),
  // A destruction waits for every place that keeps keys.
  unsigned: new Beside({ everyMs: endKeysEveryMs }),
  views: new PartyViews(context),
});

/**
 * Something to look at in each pass, by the name under which it is reported when it fails. One whose time had not come
 * says `notYet`: that it did nothing does not make good what it failed of before.
 */
export type Duty = [string, () => Promise<unknown>];

/**
 * Everything that is looked at regularly. A duty that fails keeps none of the others from its turn.
 * @param alive called, and waited for, before and after each duty: one may take long, and several
 * together longer than a worker may be silent.
 * @param more duties of areas that this one knows nothing of; whoever starts the worker brings them.
 */
export async function patrol(
  context: WorkerContext,
  rounds: Rounds,
  alive: () => Promise<void> = () => Promise.resolve(),
  more: readonly Duty[] = [],
): Promise<void> {
  const duties: Duty[] = [
    ['genesis', () => completeGenesis(context.parties, context)],
    ['operations', () => rounds.carrier.look()],
    ['noes', () => deliverNoes(context, rounds.told)],
    ['party views', async () => rounds.watches.views.look(() => rounds.views.look())],
    ['expiry', () => expireOperations(context, rounds.expiry)],
    ['nonce accounts', () => keepNonceAccounts(context)],
    // Before what is seen on the chain is told apart by it.
    ['ids of shared payments', () => nameReleasing(context)],
    ['held payments', async () => rounds.watches.held.look(() => rounds.held.look(context))],
    ['outflows', () => watchOutflows(context)],
    [
      'outflows by owner',
      async () => rounds.watches.outflows.look(() => rounds.outflows.look(context)),
    ],
    [
      'settled payments',
      async () => rounds.watches.settled.look(() => rounds.settled.look(context)),
    ],
    ['accounts of owners', () => keepVaultAccounts(context)],
    ['deposits', () => watchDeposits(context)],
    [
      'deposits by owner',
      async () => rounds.watches.deposits.look(() => rounds.deposits.look(context)),
    ],
    ['what operations set aside', () => releaseEndedLeases(context)],
    ['tokens', () => rounds.tokens.look(context)],
    ['bank entries', () => bookBankEntries(context.db, context.clock(), rounds.bookings)],
    ['fee account', () => watchFeeAccount(context)],
    ['catch-up', () => catchUp(context)],
    ['party reports', () => reportParties(context)],
    ['vault receipts', () => rounds.receipts.look(context)],
    ['closes', () => closeEachMinute(context.db, context.clock())],
    ['snapshots', async () => rounds.snapshots.look((signal) => takeSnapshot(context, signal))],
    ['proofs of clients', async () => rounds.proofs.look()],
    ['statements', () => rounds.statements.look()],
    ['challenges', () => sweepChallenges(context)],
    ['keys of unsigned texts', async () => rounds.unsigned.look(() => endUnsignedKeys(context))],
    ['refused keys', () => tellRefusedKeys(context)],
    ...more,
  ];
  await alive();
  for (const [name, run] of duties) {
    try {
      if ((await run()) !== notYet) rounds.duties.went(name);
    } catch (error) {
      rounds.duties.failed(name, context.clock().getTime());
      log.error({ err: error, duty: name }, 'duty failed');
      await noteRefused(context, name, error);
    }
    await alive();
  }
}

/** A key that stopped a duty is on record for whoever answers for it; that this can't be written keeps nobody waiting. */
async function noteRefused({ db }: WorkerContext, duty: string, failure: unknown): Promise<void> {
  const refusal = refusalIn(duty, failure);
  if (refusal === null) return;
  await noteRefusals(db, [refusal]).catch((error: unknown) =>
    log.error({ err: error, duty }, 'that a key was refused can’t be put on record'),
  );
}

/**
 * Looks at operations between two passes, when one of them changed: a pass takes as long as all its duties, and people
 * who read a party's own page of what was just raised, or wait for what they have just co-signed, wait for neither.
 */
export async function heardOfOperations({ carrier, views }: Rounds): Promise<void> {
  const looks = await Promise.allSettled([carrier.look(), views.look()]);
  for (const look of looks)
    if (look.status === 'rejected')
      log.error({ err: look.reason as unknown }, 'operations cannot be looked at');
}

/** Names shown at most; the log has them all. */
const shownMax = 20;

/** What people should know of, for the health view: what keeps failing and what waits for long. */
export async function troubles(rounds: Rounds, context: WorkerContext): Promise<string[]> {
  const { db, clock } = context;
  return [
    ...failing(rounds),
    ...(await findUnsetSources(context)),
    ...(await findLongNonceWaits(db, clock())),
    ...(await findUnownedKeys(db, clock())),
  ].slice(0, shownMax);
}

type Failing = Record<'bookings' | 'carrier' | 'expiry' | 'duties', Pick<Turns, 'troubles'>>;

/** What keeps failing: duties by name, operations by id, bank accounts by name. */
export function failing({ bookings, carrier, expiry, duties }: Failing): string[] {
  return [
    ...duties.troubles().map(({ name }) => name),
    ...carrier.troubles().map(({ name }) => `operation ${name}`),
    ...expiry.troubles().map(({ name }) => `expiry of ${name}`),
    ...bookings.troubles().map(({ name }) => `entries of bank account ${name}`),
  ].slice(0, shownMax);
}
