import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { shortfallRules } from '#lib/operations/shortfall-rules.ts';
import { loadTrust } from '#lib/operations/trust.ts';
import type { SealedTextRow } from '#lib/audit/sealed-text.ts';
import { readTextsFor } from '#lib/persons/texts/restricted.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { unitsText } from './amount-text.ts';
import { readGone } from './corrections/read-missing.ts';
import { standingOf, type CorrectionStanding } from './corrections/correction-row.ts';
import { closingFaults } from './breaks/find-closing-fault.ts';
import { breakLine, type BreakLine } from './list-breaks.ts';
import type { Item } from './matching/item.ts';
import { itemSchema } from './matching/item-schema.ts';

export type BreakItemView = {
  ref: string;
  /** Number of the journal, where it is a line of the books. */
  journal: string | null;
  transaction: string | null;
  reference: string | null;
  amount: string;
  at: string;
  position: string | null;
};

export type BreakEventView = {
  id: string;
  what: string;
  by: string;
  at: string;
  run: string | null;
  note: string | null;
  cause: string | null;
  journal: string | null;
  /** The correction by whose statements it was done; they stand on its page. */
  correction: string | null;
  /** What was signed, where it took a key. */
  signed: { document: string; assertion: string } | null;
};

export type BreakView = BreakLine & {
  revision: number;
  subject: string;
  closedAt: string | null;
  firstRun: string;
  lastRun: string;
  ledger: BreakItemView[];
  outside: BreakItemView[];
  proposal: { by: string; how: string; journal: string | null; isMine: boolean } | null;
  acceptedBy: string | null;
  /**
   * Why it counts as missing all the same although people are said to have closed it; null when it does not. The
   * fault in words, and the incident; null while nobody has verified it yet.
   */
  unproved: { fault: string | null; incident: string | null } | null;
  events: BreakEventView[];
  /** Rules of the policy in force about what is missing of the asset, in words; empty for none. */
  rules: string[];
  /** Of the asset over everything: what went out of banks unexplained and may be why; null where nothing did. */
  goneUnexplained: { amount: string; account: string } | null;
  /** What the person who looks may do. */
  can: { comment: boolean; close: boolean; correct: boolean; isOwner: boolean };
  /** Corrections of the books that were raised to answer it, newest first. */
  corrections: { id: string; number: string; standing: CorrectionStanding; raisedBy: string }[];
};

const correctionsShown = 20;

const sidesSchema = z.object({ ledger: z.array(itemSchema), outside: z.array(itemSchema) });
const factsSchema = z.object({
  cause: z.string().optional(),
  journal: z.string().optional(),
  correction: z.string().optional(),
});
const eventsMax = 500;

/** By its id, or by the number that sentences name it by. */
function keyOf(text: string): { id: string } | { number: string } | null {
  if (z.uuid().safeParse(text).success) return { id: text };
  return /^BR-\d{6,12}$/u.test(text) ? { number: text } : null;
}

/** One break: the difference, both sides of it, and everything that happened to it. */
export async function viewBreak(
  actor: Actor,
  id: string,
  { db, clock }: Context,
): Promise<Result<BreakView, 'not-allowed' | 'break-unknown'>> {
  const refused = lacksScope(actor, 'reconciliation:read');
  if (refused) return refused;
  const where = keyOf(id);
  const row = where
    ? await db.breakRecord.findUnique({
        where,
        include: {
          events: {
            orderBy: { revision: 'desc' },
            take: eventsMax,
            include: { note: true, statement: true, check: true },
          },
          answers: { orderBy: { raisedAt: 'desc' }, take: correctionsShown },
        },
      })
    : null;
  if (!row) return refuse('break-unknown', 'There is no such break.');
  const [nameOf, trust, gone] = await Promise.all([
    operatorNames(db),
    loadTrust(db),
    row.kind === 'liabilities' ? readGone(db, row.asset) : null,
  ]);
  const sides = sidesSchema.parse(row.sides);
  const itemView = (item: Item): BreakItemView => ({
    ref: item.ref,
    journal: /^journal:(\d+):/.exec(item.ref)?.[1] ?? null,
    transaction: item.transaction,
    reference: item.reference === null ? null : shownText(item.reference),
    amount: unitsText(BigInt(item.amount), row.asset),
    at: item.at,
    position: item.position,
  });
  const unproved = unprovedOf(row);
  const notes = await notesOf(db, row.events);
  return ok({
    ...breakLine(row, { nameOf, now: clock(), isUnproved: (unproved?.fault ?? null) !== null }),
    revision: row.revision,
    subject: row.subject,
    closedAt: row.closedAt?.toISOString() ?? null,
    firstRun: row.foundRun,
    lastRun: row.lastRun,
    ledger: sides.ledger.map(itemView),
    outside: sides.outside.map(itemView),
    proposal:
      row.proposedBy === null
        ? null
        : {
            by: nameOf(row.proposedBy),
            how: row.proposedHow ?? 'explanation',
            journal: row.proposedJournal?.toString() ?? null,
            isMine: row.proposedBy === actor.personId,
          },
    acceptedBy: row.acceptedBy === null ? null : nameOf(row.acceptedBy),
    unproved,
    events: row.events.map((event) => {
      const facts = factsSchema.parse(event.facts);
      return {
        id: event.id.toString(),
        what: event.what,
        by: event.actor === 'worker' ? 'A run' : nameOf(event.actor),
        at: event.at.toISOString(),
        run: event.runId,
        note: notes.get(event.id) ?? null,
        cause: facts.cause ?? null,
        journal: facts.journal ?? null,
        correction: facts.correction ?? null,
        signed: event.statement && {
          document: event.statement.document,
          assertion: JSON.stringify(event.statement.assertion, null, 2),
        },
      };
    }),
    rules: trust ? shortfallRules(trust.policy, row.asset) : [],
    goneUnexplained:
      gone && gone.units > 0n
        ? { amount: unitsText(gone.units, row.asset), account: gone.account }
        : null,
    can: {
      comment: actor.scopes.has('break:comment'),
      close: actor.scopes.has('break:close'),
      correct: actor.scopes.has('correction:raise'),
      isOwner: row.owner === actor.personId,
    },
    corrections: row.answers.map((answer) => ({
      id: answer.id,
      number: answer.number,
      standing: standingOf(answer, clock()),
      raisedBy: nameOf(answer.raisedBy),
    })),
  });
}

/** What was written at each event, to be shown. */
async function notesOf(
  db: Context['db'],
  events: readonly { id: bigint; note: SealedTextRow | null }[],
): Promise<ReadonlyMap<bigint, string>> {
  const noted = events.flatMap(({ id, note }) => (note ? [{ id, note }] : []));
  const texts = await readTextsFor(
    db,
    'operation',
    'break_note',
    noted.map(({ note }) => note),
  );
  return new Map(
    noted.flatMap(({ id }, index) => {
      const text = texts[index] ?? null;
      return text === null ? [] : [[id, shownText(text)] as const];
    }),
  );
}

type Closing = {
  state: string;
  closedBy: string | null;
  events: readonly {
    what: string;
    check: { fault: string | null; incident: string | null } | null;
  }[];
};

/** By its newest closing; the events are the newest first. */
function unprovedOf({ state, closedBy, events }: Closing): BreakView['unproved'] {
  if (state !== 'closed' || closedBy === 'match') return null;
  const check = events.find(({ what }) => what === 'accepted')?.check ?? null;
  if (check === null) return { fault: null, incident: null };
  const { fault, incident } = check;
  if (fault === null) return null;
  return { fault: faultWords[fault] ?? fault, incident };
}

const faultWords: Readonly<Record<string, string>> = closingFaults;
