import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { keepText } from '#lib/persons/texts/keep-texts.ts';
import { toPayload } from '#lib/persons/texts/kept-payload.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { breakTarget, breakText } from './breaks/break-form.ts';
import { lifeOf, type BreakRow } from './breaks/break-row.ts';
import type { ClosingStatement } from './breaks/closing-statement.ts';
import { stepBreak, type BreakEvent, type Proposal } from './breaks/lifecycle.ts';
import { breakMoved, breakUnknown, type StepRefusal } from './breaks/move-break.ts';

const journalNumber = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,17}$/, 'Give the number of the correcting journal, as its page shows it.');

const form = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('propose'),
    ...breakTarget,
    text: breakText,
    /** Number of the journal that corrects the books; null to explain the difference. */
    journal: journalNumber.nullable(),
  }),
  z.strictObject({ decision: z.literal('accept'), ...breakTarget }),
]);
type Form = z.infer<typeof form>;

export type ClosingRefusal =
  | StepRefusal
  | 'not-allowed'
  | 'form-invalid'
  | 'no-correction'
  | 'too-many-challenges';

/**
 * Checks that a break can be proposed for closing, or its proposal accepted, and gives out the statement to
 * sign. Nothing happens to the break until it comes back signed.
 */
export async function prepareClosing(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest, ClosingRefusal>> {
  const refused = lacksScope(actor, 'break:close');
  if (refused) return refused;
  const parsed = form.safeParse(input);
  if (!parsed.success)
    return refuse('form-invalid', parsed.error.issues[0]?.message ?? 'Say why it can be closed.');
  const wanted = parsed.data;
  const row = await context.db.breakRecord.findUnique({ where: { id: wanted.id } });
  if (!row) return breakUnknown();
  if (row.revision !== wanted.revision) return breakMoved();
  const closing = await closingOf(wanted, row, actor, context);
  if (!closing.ok) return closing;
  const { event, proposal } = closing.value;
  const allowed = stepBreak(lifeOf(row), event);
  if (!allowed.ok) return allowed;
  const sealed = await keysRefusal(async () =>
    ok(
      wanted.decision === 'propose' ? await keepText(context.db, 'break_note', wanted.text) : null,
    ),
  );
  if (!sealed.ok) return sealed;
  const note = sealed.value;
  const noteCommitment = note?.commitment ?? (await proposedNote(row, context));
  const statement: ClosingStatement = {
    type: 'countersign/break-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    break: row.id,
    number: row.number,
    content: row.content,
    asset: row.asset,
    amount: unitsOf(row.amount).toString(),
    decision: wanted.decision,
    how: proposal.how,
    journal: proposal.journal,
    noteCommitment,
    revision: row.revision,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: context.clock().toISOString(),
  };
  return askKeyPress(
    actor,
    { purpose: 'break-closing', statement, payload: { note: note && toPayload(note) } },
    context,
  );
}

async function closingOf(
  wanted: Form,
  row: BreakRow,
  actor: Actor,
  { db }: Context,
): Promise<
  Result<{ event: BreakEvent; proposal: Proposal }, 'no-correction' | 'nothing-proposed'>
> {
  const by = actor.personId;
  if (wanted.decision === 'accept') {
    const { proposal } = lifeOf(row);
    if (!proposal)
      return refuse(
        'nothing-proposed',
        'Nothing is proposed for this break any more. Read its page again.',
      );
    return ok({ event: { what: 'accepted', by }, proposal });
  }
  const { journal } = wanted;
  if (journal !== null) {
    const found = await db.journal.findUnique({
      where: { id: BigInt(journal) },
      select: { kind: true, ledgerCorrection: { select: { state: true } } },
    });
    if (found?.kind !== 'correction' || found.ledgerCorrection?.state !== 'approved')
      return refuse(
        'no-correction',
        `Journal ${journal} is not a correction that two people signed. Give the number of the journal that corrects the books, or explain the difference instead.`,
      );
  }
  const proposal: Proposal = { by, how: journal === null ? 'explanation' : 'correction', journal };
  return ok({ event: { what: 'proposed', proposal }, proposal });
}

async function proposedNote(row: BreakRow, { db }: Context): Promise<string | null> {
  const event = await db.breakEvent.findFirst({
    where: { breakId: row.id, what: 'proposed' },
    orderBy: { revision: 'desc' },
    select: { commitment: true },
  });
  return event?.commitment ?? null;
}
