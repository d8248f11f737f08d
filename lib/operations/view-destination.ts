import { sealedTextColumns } from '#lib/audit/sealed-text.ts';
import { readTextFor } from '#lib/persons/texts/restricted.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { slug } from '#lib/protocol/scalars.ts';
import { findOpenCertification, type OpenCertification } from './find-certification.ts';
import { findUnusualListing } from './find-unusual.ts';
import { kindFacts } from './kinds.ts';
import { destinationView, type DestinationView } from './list-destinations.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { asState, type OperationState } from './states.ts';
import { loadTrust } from './trust.ts';
import type { Unusual } from './unusual.ts';
import type { ActionView } from './view-operation.ts';

export type DestinationRecord = DestinationView & {
  /** Withdrawals to it that are final. */
  timesUsed: number;
  lastUsedAt: string | null;
  /** What the first payment may be at most, "50.000000000 SOL"; null once there was one, or without a bound. */
  firstUseCap: string | null;
  /** As noted when it was certified last; null where there is none or it was erased. */
  evidence: string | null;
  /** Look-alikes on the list and what else stands out; null for one that was removed. */
  unusual: Unusual | null;
  /** Newest first. */
  operations: {
    id: string;
    number: string;
    kindName: string;
    state: OperationState;
    raisedAt: string;
  }[];
  /** The operation by which it is being certified again. */
  pending: OpenCertification | null;
  certify: ActionView;
  remove: ActionView;
};

const operationsMax = 50;

const actionOf = (refused: ReturnType<typeof lacksRaiseScope>): ActionView =>
  refused ? { allowed: false, sentence: refused.refusal.sentence } : { allowed: true };

function certifyAction(actor: Actor, state: string, pending: OpenCertification | null): ActionView {
  const refused = lacksRaiseScope(actor, 'destination-listing');
  if (refused) return actionOf(refused);
  if (state !== 'listed')
    return { allowed: false, sentence: 'Only an address on the list can be certified again.' };
  return pending === null
    ? { allowed: true }
    : { allowed: false, sentence: `${pending.number} is certifying it already.` };
}

/** One destination of the book, with what was done about it. */
export async function viewDestination(
  actor: Actor,
  id: string,
  context: Context,
): Promise<Result<DestinationRecord>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const { db } = context;
  const known = slug.safeParse(id);
  const row = known.success ? await db.destination.findUnique({ where: { id: known.data } }) : null;
  if (!row) return refuse('destination-unknown', 'There is no such destination.');
  const [operations, timesUsed, last, trust, pending] = await Promise.all([
    db.operation.findMany({
      where: { destinationId: row.id },
      orderBy: [{ raisedAt: 'desc' }, { id: 'asc' }],
      take: operationsMax,
    }),
    db.operation.count({
      where: { destinationId: row.id, kind: 'withdrawal', state: 'confirmed' },
    }),
    db.operation.findFirst({
      where: { destinationId: row.id, kind: 'withdrawal', state: 'confirmed' },
      orderBy: { stateChangedAt: 'desc' },
      select: { stateChangedAt: true },
    }),
    loadTrust(db),
    findOpenCertification(row, db),
  ]);
  const destination = destinationView(row, context.clock());
  const shown = row.certifiedBy ?? row.operationId;
  const [note, unusual] = await Promise.all([
    shown === null
      ? null
      : db.operationNote.findFirst({
          where: { operationId: shown, kind: 'evidence' },
          select: sealedTextColumns,
        }),
    row.state === 'removed'
      ? null
      : findUnusualListing({ destination: { ...row, client: row.clientId } }, context),
  ]);
  const evidence = await readTextFor(db, 'operation', 'operation_note', note);
  const cap = trust?.policy.book?.firstUseCaps?.find(({ asset }) => asset === row.asset);
  return ok({
    ...destination,
    timesUsed,
    lastUsedAt: last?.stateChangedAt.toISOString() ?? null,
    firstUseCap:
      cap && timesUsed === 0 && row.state !== 'removed'
        ? `${formatAmount(BigInt(cap.amount), assetFacts(row.asset).decimals)} ${row.asset}`
        : null,
    evidence: evidence === null ? null : shownText(evidence),
    unusual,
    operations: operations.map(({ id: operation, number, kind, state, raisedAt }) => ({
      id: operation,
      number,
      kindName: kindFacts[kind as keyof typeof kindFacts].name,
      state: asState(state),
      raisedAt: raisedAt.toISOString(),
    })),
    pending,
    certify: certifyAction(actor, row.state, pending),
    remove: actionOf(lacksRaiseScope(actor, 'destination-removal')),
  });
}
