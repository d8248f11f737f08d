/** One person with the keys they hold and how each came into the roster. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { keyView, type HeldKeyView } from '#lib/identity/key-view.ts';
import { keysInRoster } from '#lib/identity/keys-in-roster.ts';
import { isLastAdministrator } from '#lib/identity/last-administrator.ts';
import { listStops, type StopView } from '#lib/identity/list-stops.ts';
import { isOpenAt } from '#lib/identity/sessions.ts';
import { operatorName } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { personId } from '#lib/protocol/scalars.ts';
import { findAdmission, type AdmissionView } from './find-admission.ts';
import { loadRoster } from './trust.ts';
import type { ActionView } from './view-operation.ts';
import { viewerSeat, type ViewerSeat } from './viewer-seat.ts';

export type RosterEntry = {
  version: number;
  adoptedAt: string;
  /** The operation that made the version; null for genesis. */
  operation: { id: string; number: string } | null;
};

export type PersonView = {
  id: string;
  displayName: string;
  roles: string[];
  group: string | null;
  /** For which group they state at the moment, and in whose place. */
  seat: ViewerSeat;
  status: string;
  /** Sample colleague, or anybody with a software key. */
  sandbox: boolean;
  invitedAt: string;
  /** Name of who invited; null for links made by the installation itself. */
  invitedBy: string | null;
  /** The open enrolment link's end, null when none is open. */
  linkExpiresAt: string | null;
  openSessions: number;
  isYou: boolean;
  keys: (HeldKeyView & { since: RosterEntry | null })[];
  /** While the person waits: the operation that will bring them in. */
  admission: AdmissionView | null;
  admit: ActionView;
  renew: ActionView;
  /** Stop a key, suspend, end sessions. */
  stop: ActionView;
  /** Nobody could administer people without them. */
  isLastAdministrator: boolean;
  /** What was ended for them so far, newest first. */
  stops: StopView[];
};

export async function viewPerson(
  actor: Actor,
  id: string,
  context: Context,
): Promise<Result<PersonView, string>> {
  const refused = lacksScope(actor, 'operator:read');
  if (refused) return refused;
  const known = personId.safeParse(id);
  const now = context.clock();
  const row = known.success
    ? await context.db.operator.findUnique({
        where: { id: known.data },
        include: {
          credentials: { orderBy: { createdAt: 'asc' } },
          sessions: { where: isOpenAt(now), select: { id: true } },
          invitations: { orderBy: { createdAt: 'desc' }, take: 1 },
        },
      })
    : null;
  if (!row) return refuse('operator-unknown', 'There is no such person here.');
  const [invitation] = row.invitations;
  const [entries, inRoster, stops, isLast, inviter, admission] = await Promise.all([
    findRosterEntries(row.id, context),
    keysInRoster(row.id, context),
    listStops(row.id, context),
    isLastAdministrator(context.db, row.id),
    invitation?.invitedBy ? operatorName(context.db, invitation.invitedBy) : null,
    row.status === 'pending' ? findAdmission(row.id, context) : null,
  ]);
  const roster = await loadRoster(context.db);
  const hasRoster = roster !== null;
  const isLinkOpen =
    row.status === 'invited' && invitation?.usedAt === null && invitation.expiresAt > now;
  return ok({
    id: row.id,
    displayName: await operatorName(context.db, row.id),
    roles: row.roles,
    group: row.group,
    seat: await viewerSeat(roster, row.id, context),
    status: row.status,
    sandbox: row.sandbox || row.credentials.some((key) => key.software),
    invitedAt: row.createdAt.toISOString(),
    invitedBy: inviter,
    linkExpiresAt: isLinkOpen ? invitation.expiresAt.toISOString() : null,
    openSessions: row.sessions.length,
    isYou: row.id === actor.personId,
    keys: row.credentials.map((key) => ({
      ...keyView(key),
      inRoster: inRoster.has(key.id),
      since: entries.get(key.id) ?? null,
    })),
    admission,
    admit: mayAdmit(actor, row.status, hasRoster, admission),
    renew: mayRenew(actor, row.status),
    stop: mayStop(actor, hasRoster),
    isLastAdministrator: isLast,
    stops,
  });
}

function mayAdmit(
  actor: Actor,
  status: string,
  hasRoster: boolean,
  admission: AdmissionView | null,
): ActionView {
  const no = (sentence: string): ActionView => ({ allowed: false, sentence });
  if (status !== 'pending') return no('This person does not wait for admission.');
  if (!hasRoster)
    return no('Before genesis nobody is admitted: founders sign the genesis document instead.');
  if (!actor.scopes.has('roster:raise'))
    return no('An officer or an administrator raises the admission.');
  if (admission && !admission.failed)
    return no(`${admission.number} is under way for this person.`);
  return { allowed: true };
}

function mayRenew(actor: Actor, status: string): ActionView {
  if (status !== 'invited')
    return { allowed: false, sentence: 'This person has finished their enrolment.' };
  return actor.scopes.has('operator:invite')
    ? { allowed: true }
    : { allowed: false, sentence: 'An administrator makes enrolment links.' };
}

function mayStop(actor: Actor, hasRoster: boolean): ActionView {
  if (!hasRoster)
    return { allowed: false, sentence: 'Before genesis nobody has access that could be ended.' };
  return actor.scopes.has('operator:stop')
    ? { allowed: true }
    : { allowed: false, sentence: 'Any officer and any administrator can end access at once.' };
}

const versionsMax = 1000;

/** For each of a person's keys the roster version in which it stands first. */
async function findRosterEntries(
  id: string,
  context: Context,
): Promise<ReadonlyMap<string, RosterEntry>> {
  const rows = await context.db.$queryRaw<
    {
      version: number;
      adopted_at: Date;
      operation_id: string | null;
      number: string | null;
      keys: string[];
    }[]
  >`
    select r.version, r.adopted_at, r.operation_id, o.number,
      array(select c ->> 'id' from jsonb_array_elements(p -> 'credentials') c) as keys
    from roster_version r
    cross join jsonb_array_elements(r.document::jsonb -> 'people') p
    left join operation o on o.id = r.operation_id
    where p ->> 'id' = ${id}
    order by r.version
    limit ${versionsMax}`;
  const entries = new Map<string, RosterEntry>();
  for (const row of rows)
    for (const key of row.keys) {
      if (entries.has(key)) continue;
      entries.set(key, {
        version: row.version,
        adoptedAt: row.adopted_at.toISOString(),
        operation:
          row.operation_id !== null && row.number !== null
            ? { id: row.operation_id, number: row.number }
            : null,
      });
    }
  return entries;
}
