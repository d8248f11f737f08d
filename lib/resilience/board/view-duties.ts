/** The duties of the board with their evidence: what is there, what is missing, what is too old; training by member. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { roleNames, scopesOf } from '#lib/identity/roles.ts';
import { byName, operatorNames, type NameOf } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { dayOf } from '../days.ts';
import {
  boardDuties,
  stateOfDuty,
  type BoardDuty,
  type DutyState,
  type Shown,
} from './board-duties.ts';
import type { Decision } from './pack.ts';
import { shownConditions } from './shown-conditions.ts';

export type EvidenceView = {
  id: string;
  duty: string;
  title: string;
  version: string;
  sha256: string;
  decidedOn: string;
  decision: Decision;
  /** Null without conditions; `(erased)` where they were erased. */
  conditions: string | null;
  members: string[];
  author: string | null;
  signedBy: string;
  keyLabel: string;
  signedAt: string;
};

export type MemberTraining = {
  person: string;
  name: string;
  /** Newest first, at most `trainingsMax`. */
  trainings: { topic: string; heldOn: string }[];
  state: DutyState;
  dueOn: string | null;
};

export type DutyLine = BoardDuty & {
  shown: Shown;
  state: DutyState;
  dueOn: string | null;
  /** Newest first, at most `evidenceMax`. */
  records: EvidenceView[];
};

export type DutiesView = {
  duties: DutyLine[];
  members: MemberTraining[];
  /** Who may be named: everybody on record, at most 500 beside the members. */
  people: { id: string; name: string; isMember: boolean }[];
  today: string;
  can: { sign: boolean; train: boolean };
};

const evidenceMax = 10;
const trainingsMax = 10;
const peopleMax = 500;
const boardRoles = Object.keys(roleNames).filter((role) => scopesOf([role]).has('board:sign'));

export async function viewDuties(actor: Actor, context: Context): Promise<Result<DutiesView>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const today = dayOf(context.clock());
  return inSnapshot(context.db, async (tx) => {
    const rows = await tx.operator.findMany({
      select: { id: true },
      orderBy: { id: 'asc' },
      take: peopleMax,
    });
    const nameOf = await operatorNames(tx);
    const onBoard = await membersOf(tx, nameOf);
    const isMember = new Set(onBoard.map(({ id }) => id));
    const people = byName(rows, nameOf).map((one) => ({ ...one, isMember: isMember.has(one.id) }));
    const listed = new Set(people.map(({ id }) => id));
    for (const member of onBoard)
      if (!listed.has(member.id)) people.push({ ...member, isMember: true });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const members: MemberTraining[] = [];
    for (const member of onBoard) members.push(await trainingOf(tx, member, today));
    const packs = await lastPack(tx);
    const duties: DutyLine[] = [];
    for (const duty of boardDuties) {
      const records = duty.shownBy === 'evidence' ? await evidenceOf(tx, duty.id, names) : [];
      const shown = await shownOf(tx, duty, { packs, members });
      duties.push({ ...duty, shown, ...stateOfDuty(duty, shown, today), records });
    }
    return ok({
      duties,
      members,
      people,
      today,
      can: {
        sign: actor.scopes.has('board:sign'),
        train: actor.scopes.has('resilience:write'),
      },
    });
  });
}

type Found = { packs: Shown; members: readonly MemberTraining[] };

/** What shows that a duty was done; the approval that counts is not hidden by later notes, however many. */
async function shownOf(tx: Tx, duty: BoardDuty, { packs, members }: Found): Promise<Shown> {
  if (duty.shownBy === 'packs') return packs;
  if (duty.shownBy === 'training') return oldestTraining(members);
  const newest = (where: object) =>
    tx.boardEvidence.findFirst({
      where: { duty: duty.id, ...where },
      orderBy: [{ decidedOn: 'desc' }, { id: 'asc' }],
      select: { decidedOn: true, decision: true },
    });
  const counts = duty.notedIsEnough ? {} : { decision: { not: 'noted' } };
  const shown = (await newest(counts)) ?? (await newest({}));
  return shown && { on: dayOf(shown.decidedOn), decision: shown.decision as Decision };
}

/** Everybody who may sign for the board, however many work here. */
async function membersOf(tx: Tx, nameOf: NameOf): Promise<{ id: string; name: string }[]> {
  const rows = await tx.operator.findMany({
    where: { status: 'active', roles: { hasSome: boardRoles } },
    select: { id: true },
  });
  return byName(rows, nameOf);
}

/** The board is as trained as the member whose last training is oldest. */
function oldestTraining(members: readonly MemberTraining[]): Shown {
  const last = members.map(({ trainings }) => trainings[0]?.heldOn ?? null);
  if (last.length === 0 || last.includes(null)) return null;
  const [oldest] = last.filter((day) => day !== null).toSorted();
  return oldest === undefined ? null : { on: oldest, decision: 'approved' };
}

/**
 * The board was told up to the end of the quarter of a pack, or up to the day it was made while the quarter ran,
 * whenever somebody signs it; whoever made it tells nobody by signing alone.
 */
async function lastPack(tx: Tx): Promise<Shown> {
  const [newest] = await tx.$queryRaw<{ told: Date; decision: string }[]>`
    select t.told, s.decision
    from board_pack p join board_signature s on s.pack_id = p.id and s.person <> p.made_by
      cross join lateral (select least((p.made_at at time zone 'UTC')::date,
        (make_date(left(p.quarter, 4)::int, right(p.quarter, 1)::int * 3, 1) + interval '1 month - 1 day')::date) as told) t
    order by t.told desc, p.id, s.signed_at limit 1`;
  return newest ? { on: dayOf(newest.told), decision: newest.decision as Decision } : null;
}

async function trainingOf(
  tx: Tx,
  { id, name }: { id: string; name: string },
  today: string,
): Promise<MemberTraining> {
  const rows = await tx.boardTraining.findMany({
    where: { person: id },
    orderBy: [{ heldOn: 'desc' }, { id: 'asc' }],
    take: trainingsMax,
    select: { topic: true, heldOn: true },
  });
  const trainings = rows.map(({ topic, heldOn }) => ({ topic, heldOn: dayOf(heldOn) }));
  const duty = boardDuties.find(({ shownBy }) => shownBy === 'training');
  const last = trainings[0];
  const shown: Shown = last ? { on: last.heldOn, decision: 'approved' } : null;
  const standing = duty
    ? stateOfDuty(duty, shown, today)
    : ({ state: 'kept', dueOn: null } as const);
  return { person: id, name, trainings, ...standing };
}

async function evidenceOf(
  tx: Tx,
  duty: string,
  names: ReadonlyMap<string, string>,
): Promise<EvidenceView[]> {
  const rows = await tx.boardEvidence.findMany({
    where: { duty },
    orderBy: [{ decidedOn: 'desc' }, { id: 'asc' }],
    take: evidenceMax,
    omit: { statement: true, assertion: true },
  });
  const keys = await tx.credential.findMany({
    where: { id: { in: rows.map(({ credentialId }) => credentialId) } },
    select: { id: true, label: true },
  });
  const labels = new Map(keys.map((key) => [key.id, shownText(key.label)]));
  const conditions = await shownConditions(tx, 'board_evidence', rows);
  const named = (id: string): string => names.get(id) ?? id;
  return rows.map((row, index) => ({
    id: row.id,
    duty: row.duty,
    title: row.title,
    version: row.version,
    sha256: row.sha256,
    decidedOn: dayOf(row.decidedOn),
    decision: row.decision as Decision,
    conditions: conditions[index] ?? null,
    members: row.members.map(named),
    author: row.author === null ? null : named(row.author),
    signedBy: named(row.signedBy),
    keyLabel: labels.get(row.credentialId) ?? '',
    signedAt: row.signedAt.toISOString(),
  }));
}
