/** One loss: its value at the time, who bears which part, what was decided, and what this person may do. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { takenBackOf, type TakenBack } from '../outcomes/taken-back.ts';
import { findStepFault } from '../register/registers.ts';
import { loadCase } from '../register/load-cases.ts';
import { stepLines, type StepLine } from '../register/step-lines.ts';
import { lossFacts } from './loss.ts';
import { euroText, lossView, type LossView } from './loss-view.ts';

export type LossLine = {
  account: string;
  client: string | null;
  /** Exact decimal text: of the asset, and in euro. */
  amount: string;
  value: string;
  /** Null while nothing is decided, and where nothing is owed. */
  liability: string | null;
  /** The journal that paid it, and the one that took it back again; null while none did. */
  paid: { journal: string; at: string; takenBackBy: string | null } | null;
};

export type LossRecord = {
  loss: LossView & { openedByName: string };
  steps: StepLine[];
  lines: LossLine[];
  next: string | null;
  /** Journals that paid some of it, in their order. */
  paidBy: string[];
  /** Those of which a correction took something back. */
  takenBack: TakenBack[];
  can: { propose: boolean; accept: boolean; decline: boolean; pay: boolean };
  acceptRefusal: string | null;
};

/** @param input.after account that the page of lines before ended with. */
export async function viewLoss(
  actor: Actor,
  input: { id: string; after: string | null },
  context: Context,
): Promise<Result<LossRecord>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const { id, after } = input;
  const unknown = refuse('loss-unknown', 'There is no such loss in the register.');
  if (!operationId.safeParse(id).success) return unknown;
  const nameOf = await operatorNames(context.db);
  const read = await inSnapshot(context.db, async (tx) => {
    const found = await loadCase(tx, 'loss', id);
    if (!found) return null;
    const page = await loadLines(tx, id, lossFacts.parse(found.facts).asset, after);
    return { found, ...page, paidBy: await paidBy(tx, id), takenBack: await takenBackOf(tx, id) };
  });
  if (!read) return unknown;
  const { found, lines, next, takenBack } = read;
  const canWrite = actor.scopes.has('client:write');
  const history = { opener: found.openedBy, taken: found.steps };
  const faultOf = (step: string) => findStepFault('loss', history, { step, actor: actor.personId });
  const may = (step: string): boolean => canWrite && faultOf(step) === null;
  return ok({
    loss: {
      ...lossView(found, context.clock(), takenBack.length > 0),
      openedByName: nameOf(found.openedBy),
    },
    steps: stepLines(found, nameOf),
    lines,
    next,
    paidBy: read.paidBy,
    takenBack,
    can: {
      propose: may('proposed'),
      accept: may('accepted'),
      decline: may('declined'),
      pay: may('settled'),
    },
    acceptRefusal:
      canWrite && faultOf('accepted') === 'same-person'
        ? 'You proposed what is owed, so a colleague accepts it or sends it back.'
        : null,
  });
}

const journalsMax = 50;

async function paidBy(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ journal: string }[]>`
    select distinct journal_id, journal_id::text as journal from register_outcome
      where case_id = ${id}::uuid and journal_id is not null
      order by journal_id limit ${journalsMax}`;
  return rows.map(({ journal }) => journal);
}

const perPage = 100;

type Row = {
  account: string;
  client: string | null;
  units: string;
  value: string;
  cents: string | null;
  journal: string | null;
  takenBackBy: string | null;
  at: Date | null;
};

async function loadLines(
  tx: Tx,
  id: string,
  asset: string,
  after: string | null,
): Promise<{ lines: LossLine[]; next: string | null }> {
  const rows = await tx.$queryRaw<Row[]>`
    select s.account_id as account, a.client_id as client, s.units::text, s.value_cents::text as value,
        l.cents::text, o.journal_id::text as journal, o.at,
        outcome_taken_back(o.journal_id, o.line)::text as "takenBackBy"
      from loss_share s join account a on a.id = s.account_id
        left join loss_liability l on l.case_id = s.case_id and l.account_id = s.account_id
        left join register_outcome o on o.case_id = s.case_id and o.account_id = s.account_id
      where s.case_id = ${id}::uuid and s.account_id > ${after ?? ''}
      order by s.account_id limit ${perPage + 1}`;
  const page = rows.slice(0, perPage);
  return {
    lines: page.map(({ account, client, units, value, cents, journal, takenBackBy, at }) => ({
      account,
      client,
      amount: amountText(units, asset),
      value: euroText(value),
      // A part too small for a cent is owed nothing either.
      liability: cents === null || cents === '0' ? null : euroText(cents),
      paid: journal === null || at === null ? null : { journal, at: at.toISOString(), takenBackBy },
    })),
    next: rows.length > perPage ? (page.at(-1)?.account ?? null) : null,
  };
}
