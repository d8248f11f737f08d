import { readInvitation } from '#lib/identity/enrolment.ts';
import { keyView, type KeyView } from '#lib/identity/key-view.ts';
import { operatorName } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { findAdmission, type AdmissionView } from './find-admission.ts';
import { latestGenesis } from './genesis/latest-genesis.ts';

export type EnrolmentProgress = {
  displayName: string;
  /**
   * `founding` waits for genesis, `waiting` for a roster operation; `admitted` people sign in.
   */
  stage: 'registering' | 'founding' | 'waiting' | 'admitted' | 'suspended';
  /** ISO instant at which the link was used up, null before. */
  finishedAt: string | null;
  keys: KeyView[];
  genesis: { signed: number; founders: number } | null;
  admission: AdmissionView | null;
};

/** How long a link shows the way into the roster after it was made, in milliseconds. */
const followedForMs = 30 * 24 * 3_600_000;

/**
 * How far somebody has got who enrolled with this link. The link opens nothing any more once it is
 * used; whoever holds it sees only what its own person may see.
 */
export async function viewEnrolmentProgress(
  token: unknown,
  context: Context,
): Promise<Result<EnrolmentProgress>> {
  const invitation = await readInvitation(context.db, token);
  const isOver =
    invitation && context.clock().getTime() - invitation.createdAt.getTime() > followedForMs;
  const isReplaced = invitation?.usedAt && invitation.operator.status === 'invited';
  if (!invitation || isOver || isReplaced)
    return refuse(
      'link-unknown',
      'This enrolment link is not valid. Ask whoever invited you for a new one.',
    );
  const { operator } = invitation;
  const hasRoster =
    (await context.db.rosterVersion.findFirst({ select: { version: true } })) !== null;
  const stage = stageOf(operator.status, hasRoster);
  return ok({
    displayName: await operatorName(context.db, operator.id),
    stage,
    finishedAt: invitation.usedAt?.toISOString() ?? null,
    keys: operator.credentials.map(keyView),
    genesis: stage === 'founding' ? await countSignatures(context) : null,
    admission: stage === 'waiting' ? await findAdmission(operator.id, context) : null,
  });
}

function stageOf(status: string, hasRoster: boolean): EnrolmentProgress['stage'] {
  if (status === 'invited') return 'registering';
  if (status === 'active') return 'admitted';
  if (status === 'suspended') return 'suspended';
  return hasRoster ? 'waiting' : 'founding';
}

async function countSignatures(context: Context): Promise<EnrolmentProgress['genesis']> {
  const row = await latestGenesis(context.db);
  if (!row) return null;
  const { roster } = JSON.parse(row.document) as { roster: { people: unknown[] } };
  const signed = await context.db.genesisStatement.count({ where: { digest: row.digest } });
  return { signed, founders: roster.people.length };
}
