import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { about } from './act-on-request.ts';
import { eventFacts, requestNumber } from './event.ts';
import { decisions, refusalGrounds } from './life.ts';
import { readyForDecision, type Ready, type Wanted } from './ready-for-decision.ts';
import type { RequestStatement } from './request-statement.ts';
import { sealTexts, type SealedText } from './sealed-texts.ts';
import { readTexts } from './texts.ts';

const digest = z
  .literal('')
  .transform(() => null)
  .or(z.string().regex(/^[0-9a-f]{64}$/, 'This is no SHA-256.'))
  .default(null);

const form = z.discriminatedUnion('step', [
  z.strictObject({
    ...about,
    step: z.literal('proposed'),
    decision: z.enum(keysOf(decisions), 'Say what is decided.'),
    grounds: z.array(z.enum(keysOf(refusalGrounds))).max(10),
    earlier: z
      .array(
        z
          .string()
          .refine(
            (text) => requestNumber.safeParse(text).success,
            'Give the numbers of earlier requests as they stand on their pages, such as DSR-2026-000001.',
          ),
      )
      .max(50, 'Name at most 50 earlier requests.'),
    package: digest,
    plan: digest,
    stops: eventFacts.proposed.shape.stops,
    reasons: textField,
  }),
  z.strictObject({ ...about, step: z.literal('approved') }),
]);

export const scopeOfStep = { proposed: 'privacy:decide', approved: 'privacy:approve' } as const;

/**
 * Checks that this person may propose or approve the decision as they saw the request, and gives out the statement to
 * sign. Nothing happens to the request until it comes back signed. The reasons wait sealed.
 */
export async function prepareDecision(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const asked = read.form;
  const refused = lacksScope(actor, scopeOfStep[asked.step]);
  if (refused) return refused;
  const texts = readTexts(asked.step === 'proposed' ? { reasons: asked.reasons } : {});
  if (!texts.ok) return texts;
  const now = context.clock();
  return keysRefusal(async () => {
    const ready = await inTransaction(context.db, async (tx) => {
      const checked = await readyForDecision(tx, actor, wantedOf(asked), now);
      if (!checked.ok) return checked;
      const { file } = checked.value;
      const sealed = await sealTexts({ ...file, seq: file.seq + 1 }, texts.texts);
      const reasons = sealed[0]?.commitment ?? (await reasonsOf(tx, checked.value));
      return ok({ ...checked.value, sealed, reasons });
    });
    if (!ready.ok) return ready;
    const { file, proposal, reasons, sealed } = ready.value;
    const statement: RequestStatement = {
      type: 'countersign/privacy-request-statement/v1',
      organisation: context.settings.organisation,
      environment: context.settings.mode,
      request: file.id,
      number: file.number,
      right: file.standing.right,
      subject: file.standing.person?.id ?? null,
      step: asked.step,
      ...proposal,
      articles: proposal.grounds.map((ground) => refusalGrounds[ground].article),
      reasons,
      revision: file.seq,
      person: actor.personId,
      nonce: newNonce(),
      issuedAt: now.toISOString(),
    };
    const payload = sealed.map(payloadOf);
    return askKeyPress(actor, { purpose: 'privacy-request', statement, payload }, context);
  });
}

function wantedOf(asked: z.output<typeof form>): Wanted {
  const { id, seen } = asked;
  if (asked.step === 'approved') return { id, seen, step: 'approved' };
  const { decision, grounds, earlier, plan, stops } = asked;
  return {
    id,
    seen,
    step: 'proposed',
    decided: { decision, grounds, earlier, package: asked.package, plan, ...(stops && { stops }) },
  };
}

/** The commitment to the reasons of the proposal that stands. */
export async function reasonsOf(tx: Tx, { file }: Pick<Ready, 'file'>): Promise<string> {
  const { commitment } = await tx.privacyRequestText.findUniqueOrThrow({
    where: {
      requestId_seq_field: {
        requestId: file.id,
        seq: file.standing.proposal?.seq ?? 0,
        field: 'reasons',
      },
    },
    select: { commitment: true },
  });
  return commitment;
}

const payloadOf = ({ field, sealed, commitment }: SealedText) => ({
  field,
  sealed: Buffer.from(sealed).toString('base64'),
  commitment,
});
