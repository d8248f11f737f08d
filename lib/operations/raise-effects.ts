/**
 * What raising does besides standing in the queue: it holds money, proposes an address, or stops
 * something at once. Joins the caller's transaction.
 */
import { openTexts } from '#lib/audit/sealed-text.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { placeHolds } from '#lib/ledger/place-hold.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { DestinationListingIntent, MovingIntent } from '#lib/protocol/intent.ts';
import type { Allowed } from './ask-policy.ts';
import { findAssetHold } from './asset-hold.ts';
import { findBreakStop } from './break-stop.ts';
import { notCovered } from './check-funds.ts';
import { findOpenCertification } from './find-certification.ts';
import type { RecordedStatement } from './recorded-statement.ts';
import { isKeyLife } from './keys/key-workers.ts';
import { claimKey } from './keys/load-key.ts';
import { freezeAtOnce, noteRelease, removeAtOnce, revokeAtOnce } from './stop-effects.ts';
import { takingOf } from './taking-of.ts';

export type Raised = {
  actor: Actor;
  recorded: RecordedStatement;
  number: string;
  allowed: Allowed;
};

/**
 * @param open writes the operation's row; a hold comes before it, so that a refusal leaves nothing,
 *   and what names the operation after it.
 */
export async function applyRaiseEffect(
  tx: Tx,
  raised: Raised,
  now: Date,
  open: () => Promise<unknown>,
): Promise<Result<null>> {
  const { intent, note } = raised.recorded;
  const before = await applyBefore(tx, intent, raised.allowed, note);
  if (!before.ok) return before;
  await open();
  switch (intent.kind) {
    case 'freeze':
      await freezeAtOnce(tx, intent, raised, now);
      break;
    case 'release':
      await noteRelease(tx, intent, raised, now);
      break;
    case 'revocation':
      await revokeAtOnce(tx, intent, raised, now);
      break;
    case 'destination-removal':
      await removeAtOnce(tx, intent, raised, now);
      break;
    default:
      break;
  }
  return ok(null);
}

/** What the raiser called the address; it came sealed. */
async function labelOf(note: RecordedStatement['note']): Promise<string> {
  const [label] = note ? await openTexts('operation_note', [{ ...note, redacted: null }]) : [];
  return label ?? '';
}

async function applyBefore(
  tx: Tx,
  intent: RecordedStatement['intent'],
  allowed: Allowed,
  note: RecordedStatement['note'],
): Promise<Result<null>> {
  if (intent.kind === 'withdrawal' || intent.kind === 'vault-transfer')
    return holdAmount(tx, intent, allowed);
  if (intent.kind === 'destination-listing')
    return proposeDestination(tx, intent, await labelOf(note));
  return isKeyLife(intent) ? claimKey(tx, intent) : ok(null);
}

async function holdAmount(tx: Tx, intent: MovingIntent, allowed: Allowed): Promise<Result<null>> {
  const held = await findAssetHold(intent, tx);
  if (held) return held;
  const stop = intent.kind === 'withdrawal' ? await findBreakStop(intent, allowed, tx) : null;
  if (stop) return stop;
  const taking = takingOf(intent);
  if (!taking) return ok(null);
  const { operation } = intent;
  return placeHolds(tx, { operation, ...taking }, (wanted) => notCovered(taking.client, wanted));
}

/** A listed one is certified again: its row stays as it is until the parties have taken it over. */
async function proposeDestination(
  tx: Tx,
  intent: DestinationListingIntent,
  label: string,
): Promise<Result<null>> {
  const { destination } = intent;
  const known = await tx.destination.findUnique({ where: { id: destination.id } });
  if (known?.state === 'listed') return claimCertification(tx, known);
  if (known?.state === 'removed')
    return refuse(
      'destination-removed',
      'This address was removed from the list meanwhile, for good. To pay it again, list it anew.',
    );
  if (known)
    return refuse('destination-id-used', 'This destination was already proposed. Open a new form.');
  await tx.destination.create({
    data: {
      id: destination.id,
      clientId: destination.client,
      chain: destination.chain,
      asset: destination.asset,
      address: destination.address,
      class: destination.class,
      evidenceMethod: destination.evidence?.method ?? null,
      evidenceCommitment: destination.evidence?.commitment ?? null,
      expiresAt: new Date(destination.expiresAt),
      label,
      state: 'proposed',
      operationId: intent.operation,
    },
  });
  return ok(null);
}

/** One certification at a time: of two, the later one adopted would decide, whoever stated it. */
async function claimCertification(
  tx: Tx,
  destination: { id: string; state: string },
): Promise<Result<null>> {
  const open = await findOpenCertification(destination, tx);
  return open
    ? refuse('certification-raised', `${open.number} is certifying this address already.`)
    : ok(null);
}
