import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/identity/actor.ts';
import { clientAccount } from '#lib/ledger/accounts.ts';
import { placeHold } from '#lib/ledger/place-hold.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { DestinationListingIntent, Intent, WithdrawalIntent } from '#lib/protocol/intent.ts';
import { vaultTier, type VaultTier } from '#lib/protocol/scalars.ts';
import { findRaised } from './find-raised.ts';
import { askPolicy } from './prepare-raise.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { writeStatement, type RecordedStatement } from './recorded-statement.ts';
import { reopenOperation } from './reopen-operation.ts';
import type { Submitted } from './submit-statement.ts';
import type { Trust } from './trust.ts';

/** Keeps ids of operations apart from other things that are locked by the hash of their name. */
const raiseLock = 1;

/** Opens the operation that the raise statement describes, or a new attempt of a held one. */
export async function recordRaise(
  tx: Tx,
  actor: Actor,
  recorded: RecordedStatement,
  trust: Trust,
  now: Date,
): Promise<Result<Submitted>> {
  const { intent, statement } = recorded;
  const refused = lacksRaiseScope(actor, intent.kind);
  if (refused) return refused;
  const allowed = askPolicy(intent, await tierOf(tx, intent), trust);
  if (!allowed.ok) return allowed;
  if (statement.attempt > 1) return reopenOperation(tx, actor, recorded, allowed.value, now);
  // Two forms with the same id at once: the second looks only when the first has been written.
  await tx.$queryRaw`
    SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${intent.operation}, ${raiseLock}))`;
  const earlier = await findRaised(tx, intent);
  if (!earlier.ok) return earlier;
  if (earlier.value) {
    const row = await tx.operation.findUniqueOrThrow({ where: { id: intent.operation } });
    return ok({ operation: row.id, number: row.number, state: row.state });
  }
  const effect = await applyRaiseEffect(tx, intent, recorded.note?.text ?? '');
  if (!effect.ok) return effect;
  const [numbered] = await tx.$queryRaw<{ number: string }[]>`
    SELECT next_operation_number(${intent.kind}) AS number`;
  if (!numbered) throw new Error('The database gave no operation number.');
  await tx.operation.create({
    data: {
      id: intent.operation,
      number: numbered.number,
      kind: intent.kind,
      intent: recorded.intentText,
      digest: statement.intentDigest,
      state: 'raised',
      raisedBy: actor.personId,
      raisedAt: now,
      stateChangedAt: now,
      rosterVersion: statement.rosterVersion,
      policyVersion: statement.policyVersion,
      policyRule: allowed.value.rule,
      needs: allowed.value.needs,
      expiresAt: new Date(statement.expiresAt),
      ...listColumns(intent),
    },
  });
  await writeStatement(tx, recorded, now);
  await publish(tx, { topic: 'operations', id: intent.operation });
  return ok({ operation: intent.operation, number: numbered.number, state: 'raised' });
}

async function tierOf(tx: Tx, intent: Intent): Promise<VaultTier | null> {
  if (intent.kind === 'key-ceremony') return intent.vault.tier;
  if (intent.kind !== 'withdrawal') return null;
  const vault = await tx.vault.findUniqueOrThrow({ where: { id: intent.vault } });
  return vaultTier.parse(vault.tier);
}

/** Copies for lists and filters; what counts is the intent's text. */
function listColumns(intent: Intent) {
  switch (intent.kind) {
    case 'withdrawal':
      return {
        clientId: intent.client,
        vaultId: intent.vault,
        destinationId: intent.destination.id,
        asset: intent.asset,
        amount: intent.amount,
      };
    case 'destination-listing':
      return {
        clientId: intent.destination.client,
        destinationId: intent.destination.id,
        asset: intent.destination.asset,
      };
    case 'key-ceremony':
      return { vaultId: intent.vault.id };
    default:
      return {};
  }
}

/** What raising does besides standing in the queue: it holds the money or proposes the address. */
async function applyRaiseEffect(tx: Tx, intent: Intent, note: string): Promise<Result<null>> {
  if (intent.kind === 'withdrawal') return holdAmount(tx, intent);
  if (intent.kind === 'destination-listing') return proposeDestination(tx, intent, note);
  return ok(null);
}

async function holdAmount(tx: Tx, intent: WithdrawalIntent): Promise<Result<null>> {
  const held = await placeHold(tx, {
    hold: randomUUID(),
    operation: intent.operation,
    account: clientAccount(intent.client, intent.asset),
    amount: BigInt(intent.amount),
  });
  return held.ok ? ok(null) : held;
}

async function proposeDestination(
  tx: Tx,
  intent: DestinationListingIntent,
  label: string,
): Promise<Result<null>> {
  const { destination } = intent;
  if (await tx.destination.findUnique({ where: { id: destination.id } }))
    return refuse('destination-id-used', 'This destination was already proposed. Open a new form.');
  await tx.destination.create({
    data: {
      id: destination.id,
      clientId: destination.client,
      chain: destination.chain,
      asset: destination.asset,
      address: destination.address,
      label,
      state: 'proposed',
      operationId: intent.operation,
    },
  });
  return ok(null);
}
