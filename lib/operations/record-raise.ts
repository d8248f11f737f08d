import type { Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { askPolicy, type Allowed } from './ask-policy.ts';
import { findMoveHold } from './asset-hold.ts';
import { findBreakStop } from './break-stop.ts';
import { findRaised } from './find-raised.ts';
import { passOnAlone } from './pass-on-alone.ts';
import { applyRaiseEffect } from './raise-effects.ts';
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
  if (statement.attempt > 1) {
    const again = await askPolicy(intent, { trust, raiser: actor.personId }, tx, now);
    if (!again.ok) return again;
    const stop = (await findMoveHold(intent, tx)) ?? (await findBreakStop(intent, again.value, tx));
    return stop ?? reopenOperation(tx, actor, recorded, again.value, now);
  }
  // Two forms with the same id at once: the second looks only when the first has been written.
  await tx.$queryRaw`
    SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${intent.operation}, ${raiseLock}))`;
  const earlier = await findRaised(tx, intent);
  if (!earlier.ok) return earlier;
  if (earlier.value) {
    const row = await tx.operation.findUniqueOrThrow({ where: { id: intent.operation } });
    return ok({ operation: row.id, number: row.number, state: row.state });
  }
  const allowed = await askPolicy(intent, { trust, raiser: actor.personId }, tx, now);
  if (!allowed.ok) return allowed;
  return openOperation(tx, actor, recorded, allowed.value, now);
}

async function openOperation(
  tx: Tx,
  actor: Actor,
  recorded: RecordedStatement,
  allowed: Allowed,
  now: Date,
): Promise<Result<Submitted>> {
  const { intent, statement } = recorded;
  const [numbered] = await tx.$queryRaw<{ number: string }[]>`
    SELECT next_operation_number(${intent.kind}) AS number`;
  if (!numbered) throw new Error('The database gave no operation number.');
  const { number } = numbered;
  const effect = await applyRaiseEffect(tx, { actor, recorded, number, allowed }, now, () =>
    tx.operation.create({
      data: {
        id: intent.operation,
        number,
        kind: intent.kind,
        intent: recorded.intentText,
        digest: statement.intentDigest,
        state: 'raised',
        raisedBy: actor.personId,
        raisedAt: now,
        stateChangedAt: now,
        rosterVersion: statement.rosterVersion,
        policyVersion: statement.policyVersion,
        policyRule: allowed.rule,
        needs: allowed.needs,
        delaySeconds: allowed.waitSeconds,
        secondChannel: allowed.secondChannel,
        expiresAt: new Date(statement.expiresAt),
        ...listColumns(intent),
      },
    }),
  );
  if (!effect.ok) return effect;
  await writeStatement(tx, recorded, now);
  const state = await passOnAlone(tx, intent.operation, allowed, now);
  await publish(tx, { topic: 'operations', id: intent.operation });
  return ok({ operation: intent.operation, number, state });
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
    case 'vault-transfer':
      return { vaultId: intent.vault, asset: intent.asset, amount: intent.amount };
    case 'destination-listing':
      return {
        clientId: intent.destination.client,
        destinationId: intent.destination.id,
        asset: intent.destination.asset,
      };
    case 'destination-removal':
      return { destinationId: intent.destination };
    case 'freeze':
      if (intent.scope.what === 'vault') return { vaultId: intent.scope.vault };
      return intent.scope.what === 'asset' ? { asset: intent.scope.asset } : {};
    case 'proof-of-control':
      return { vaultId: intent.vault };
    case 'key-ceremony':
      return { vaultId: intent.vault.id };
    default:
      return {};
  }
}
