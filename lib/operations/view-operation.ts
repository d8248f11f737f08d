/** One operation as its page shows it: read from the canonical bytes that people sign. */
import { sealedTextColumns } from '#lib/audit/sealed-text.ts';
import { readTextFor } from '#lib/persons/texts/restricted.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import {
  canonicalize,
  intent as intentSchema,
  intentDigest,
  movesCoins,
  type Intent,
  type MovingIntent,
} from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { onePersonRule } from './ask-policy.ts';
import { feeWords, paidFeeWords } from './fee-words.ts';
import { vaultKeyOf } from './execution/chains/source-account.ts';
import { isTimeForTrip } from './cold/trip-time.ts';
import { kindFacts } from './kinds.ts';
import { loadCircumstances, type Circumstances } from './load-circumstances.ts';
import { loadStanding } from './load-standing.ts';
import { postedFee } from './posted-fee.ts';
import { findWaits, keyWorkOf, type WaitView } from './progress/find-waits.ts';
import type { KeyWorkView } from './progress/key-work-view.ts';
import { findRetryRefusal } from './retry-refusal.ts';
import { groupName } from './group-names.ts';
import { amountText } from './ledger-text.ts';
import { findDecisionRefusal, openNeeds } from './standing.ts';
import { underWayWords } from './list-operations.ts';
import { isFinal, type OperationState } from './states.ts';
import { findEurValue, type EurValue } from './facts/eur-value.ts';
import { viewChange, type ChangeView } from './policy/view-change.ts';
import { viewTransactions, type TransactionView } from './view-transaction.ts';
import { viewStatements, type StatementView } from './view-statements.ts';
import { loadPolicyAt } from './trust.ts';
import { viewStop, type StopView } from './view-stop.ts';
import { viewerSeat, type ViewerSeat } from './viewer-seat.ts';

export type ActionView = { allowed: true } | { allowed: false; sentence: string };

export type OperationView = Circumstances &
  StopView &
  ChangeView & {
    id: string;
    number: string;
    kind: Intent['kind'];
    kindName: string;
    /** The kind inside a sentence: "You raised this withdrawal". */
    noun: string;
    state: OperationState;
    final: boolean;
    waitsFor: string;
    /** Why it stands still once every statement is there, as the worker last found it; null where nothing is in its way. */
    wait: WaitView | null;
    /** How far the parties are with a key, as the console that leads them says; null for anything else. */
    keyWork: KeyWorkView | null;
    /** While it waits: when it goes on by itself, unless somebody says no. */
    waitingUntil: string | null;
    /** How long each party waits once it has seen every statement; 0 where none does. */
    waitSeconds: number;
    /** True where who approves or co-signs types the code that the party of their group shows. */
    secondChannel: boolean;
    attempt: number;
    revision: number;
    intent: Intent;
    intentText: string;
    digest: string;
    words: string[];
    /** False when the stored digest is not the digest of the stored intent. */
    digestHolds: boolean;
    amount: string | null;
    /** "at most 0.000010000 SOL, paid by the custodian"; without "at most" once it is posted. */
    fee: string | null;
    /** While it is open by the newest price, then by that of the raise. */
    eurValue: EurValue | null;
    /** With the address that coins leave from: the owner's own where owners have accounts. */
    vault: { name: string; tier: string; address: string } | null;
    destination: {
      label: string;
      client: string;
      chain: string;
      asset: string;
      address: string;
      class: string;
      state: string;
      listedAt: string | null;
      /** From then on parties let something go there. */
      cooledAt: string | null;
      expiresAt: string;
      timesUsed: number;
      lastUsedAt: string | null;
    } | null;
    reason: string | null;
    /** What was noted as evidence of ownership; null where there is none or it was erased. */
    evidence: string | null;
    raisedBy: { id: string; name: string };
    raisedAt: string;
    expiresAt: string;
    policyVersion: number;
    rosterVersion: number;
    rule: string;
    needs: { label: string; people: number; stated: number }[];
    statements: StatementView[];
    stop: { code: string; party: string | null; sentence: string } | null;
    /** As their bytes read, in the order in which they were made. */
    transactions: TransactionView[];
    /** What it set aside; all of it ends together. */
    hold: {
      /** One for each account, in its asset. */
      amounts: { value: string; asset: string }[];
      placedAt: string;
      outcome: string | null;
      resolvedAt: string | null;
    } | null;
    journals: { id: string; postedAt: string }[];
    /** For which group the reader states. */
    viewer: ViewerSeat;
    actions: {
      approve: ActionView;
      cosign: ActionView;
      reject: ActionView;
      cancel: ActionView;
      retry: ActionView;
    };
  };

async function viewEurValue(
  intent: Intent,
  of: { policy: Policy | null; isOpen: boolean; raisedAt: Date },
  { db, clock }: Context,
): Promise<EurValue | null> {
  const { policy, isOpen, raisedAt } = of;
  if (!policy) return null;
  return (
    (isOpen ? await findEurValue(intent, { policy, at: clock() }, db) : null) ??
    findEurValue(intent, { policy, at: raisedAt }, db)
  );
}

export async function viewOperation(
  actor: Actor,
  id: string,
  context: Context,
): Promise<Result<OperationView, string>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const known = operationId.safeParse(id);
  const now = context.clock();
  const loaded = known.success ? await loadStanding(context.db, known.data, now) : null;
  if (!loaded) return refuse('operation-unknown', 'There is no such operation.');
  const { row, standing } = loaded;
  const intent = intentSchema.parse(JSON.parse(row.intent));
  const viewer = await viewerSeat(standing.roster, actor.personId, context);
  const [policy, statements, hold, journals, vault, destination, circumstances, stop, waits] =
    await Promise.all([
      loadPolicyAt(context.db, row.policyVersion),
      viewStatements(row.id, context),
      viewHolds(row.id, context),
      context.db.journal.findMany({
        where: { operationId: row.id },
        select: {
          id: true,
          postedAt: true,
          kind: true,
          postings: { select: { asset: true, amount: true } },
        },
        orderBy: { id: 'asc' },
      }),
      row.vaultId === null
        ? null
        : context.db.vault.findUnique({ where: { id: row.vaultId }, include: { key: true } }),
      viewDestination(row.destinationId, row.id, context),
      loadCircumstances(row, standing, { intent, group: viewer.group }, context),
      viewStop(intent, context.db),
      findWaits([row], context.db),
    ]);
  const wait = waits.get(row.id) ?? null;
  const keyWork = keyWorkOf(row);
  const { coldTrip } = circumstances;
  const tripWords =
    coldTrip && isTimeForTrip(intent.kind, standing.state)
      ? `Cold trip: ${coldTrip.words.charAt(0).toLowerCase()}${coldTrip.words.slice(1)}`
      : null;
  const moving = movesCoins(intent) ? intent : null;
  const feePosted =
    moving &&
    postedFee(
      moving,
      journals.map(({ kind, postings }) => ({
        kind,
        lines: postings.map(({ asset, amount }) => ({ asset, amount: unitsOf(amount) })),
      })),
    );
  const decimals = moving ? assetFacts(moving.asset).decimals : 0;
  const may = (decision: 'approve' | 'cosign' | 'reject' | 'cancel'): ActionView =>
    actionOf(findDecisionRefusal(standing, actor, decision, now));
  const raised = statements.find((statement) => statement.decision === 'raise');
  return ok({
    ...circumstances,
    ...stop,
    ...(await viewChange(intent, context.db)),
    eurValue: await viewEurValue(
      intent,
      { policy, isOpen: !isFinal(standing.state), raisedAt: row.raisedAt },
      context,
    ),
    id: row.id,
    number: row.number,
    kind: standing.kind,
    kindName: kindFacts[standing.kind].name,
    noun: kindFacts[standing.kind].noun,
    state: standing.state,
    final: isFinal(standing.state),
    waitsFor: tripWords ?? underWayWords({ wait, keyWork }, standing, row.stopSentence),
    wait,
    keyWork,
    waitingUntil: standing.waitingUntil?.toISOString() ?? null,
    waitSeconds: row.delaySeconds,
    secondChannel: row.secondChannel,
    attempt: row.attempt,
    revision: row.revision,
    intent,
    intentText: row.intent,
    digest: row.digest,
    words: digestWords(row.digest),
    digestHolds: intentDigest(intent) === row.digest && canonicalize(intent) === row.intent,
    amount: moving && formatAmount(BigInt(moving.amount), decimals),
    fee: moving && (feePosted === null ? feeWords(moving) : paidFeeWords(moving, feePosted)),
    vault: vault && {
      name: shownText(vault.name),
      tier: vault.tier,
      address: sourceAddress(vault, moving),
    },
    destination,
    reason: raised?.note ?? null,
    evidence: await viewEvidence(row.id, context),
    raisedBy: { id: row.raisedBy, name: raised?.person ?? row.raisedBy },
    raisedAt: row.raisedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    policyVersion: row.policyVersion,
    rosterVersion: row.rosterVersion,
    rule:
      row.policyRule === onePersonRule
        ? 'One person, at once'
        : (policy?.rules.find(({ id }) => id === row.policyRule)?.name ?? row.policyRule),
    needs: openNeeds(standing).map((need) => ({
      label: `${need.decision === 'approve' ? 'Approver' : 'Co-signer'} of ${groupName(need.group)}`,
      people: need.people,
      stated: need.stated,
    })),
    statements,
    stop:
      row.stopCode === null
        ? null
        : { code: row.stopCode, party: row.stopParty, sentence: row.stopSentence ?? '' },
    transactions:
      moving && vault
        ? viewTransactions(row.transactions, { intent: moving, key: vaultKeyOf(vault), feePosted })
        : [],
    hold,
    journals: journals.map(({ id, postedAt }) => ({
      id: id.toString(),
      postedAt: postedAt.toISOString(),
    })),
    viewer,
    actions: {
      approve: may('approve'),
      cosign: may('cosign'),
      reject: may('reject'),
      cancel: may('cancel'),
      retry: actionOf(findRetryRefusal(row, actor, now)),
    },
  });
}

type VaultRow = Parameters<typeof vaultKeyOf>[0] & { address: string };

const sourceAddress = (vault: VaultRow, moving: MovingIntent | null): string =>
  moving && chainFacts(vault.chain).accounts === 'by-owner'
    ? addressOfOwner(vaultKeyOf(vault), ownerOf(moving))
    : vault.address;

const actionOf = (refused: Refused | null): ActionView =>
  refused ? { allowed: false, sentence: refused.refusal.sentence } : { allowed: true };

async function viewHolds(operation: string, { db }: Context): Promise<OperationView['hold']> {
  const rows = await db.hold.findMany({
    where: { operationId: operation },
    include: { resolution: true, account: { select: { asset: true } } },
    orderBy: { accountId: 'asc' },
  });
  const [first] = rows;
  return first
    ? {
        amounts: rows.map(({ account: { asset }, amount }) => ({
          value: amountText(unitsOf(amount), asset),
          asset,
        })),
        placedAt: first.placedAt.toISOString(),
        outcome: first.resolution?.outcome ?? null,
        resolvedAt: first.resolution?.resolvedAt.toISOString() ?? null,
      }
    : null;
}

async function viewEvidence(operation: string, { db }: Context): Promise<string | null> {
  const note = await db.operationNote.findFirst({
    where: { operationId: operation, kind: 'evidence' },
    select: sealedTextColumns,
  });
  const text = await readTextFor(db, 'operation', 'operation_note', note);
  return text === null ? null : shownText(text);
}

async function viewDestination(
  id: string | null,
  operation: string,
  context: Context,
): Promise<OperationView['destination']> {
  if (id === null) return null;
  const row = await context.db.destination.findUnique({ where: { id } });
  if (!row) return null;
  const earlier = {
    destinationId: id,
    state: 'confirmed',
    kind: 'withdrawal',
    id: { not: operation },
  };
  const [timesUsed, last] = await Promise.all([
    context.db.operation.count({ where: earlier }),
    context.db.operation.findFirst({ where: earlier, orderBy: { stateChangedAt: 'desc' } }),
  ]);
  return {
    label: shownText(row.label),
    client: row.clientId,
    chain: row.chain,
    asset: row.asset,
    address: row.address,
    class: row.class,
    state: row.state,
    cooledAt: row.cooledAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    listedAt: row.listedAt?.toISOString() ?? null,
    timesUsed,
    lastUsedAt: last?.stateChangedAt.toISOString() ?? null,
  };
}
