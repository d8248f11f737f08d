/** What is said about a loss: a proposal, and sending it back. Accepting it takes a key. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { amountSentence, parseAmount } from '#lib/protocol/amount.ts';
import { readForm, seenField, textField } from '#lib/platform/forms.ts';
import { lastStep } from '../register/cases.ts';
import { caseField } from '../register/forms.ts';
import { readyForStep, takeStep } from '../register/take-step.ts';
import { readTexts } from '../register/texts.ts';
import { findUnknownIncident, incidentField } from './incident.ts';
import { lossFacts, sharedFacts } from './loss.ts';
import { findLiabilityFault, verdicts } from './value-at-loss.ts';

type Moved = Promise<Result<{ seq: number }>>;

const about = { id: caseField, seen: seenField };
const proposal = z.strictObject({
  ...about,
  verdict: z.enum(verdicts, 'Say whether the loss is attributable to the custodian.'),
  liability: z.string().max(80).default(''),
  incident: incidentField.default(null),
  reasons: textField,
});
const decline = z.strictObject({ ...about, reasons: textField });

const centsOf = (text: string): Result<bigint> => {
  if (/^(?:|0|0\.00?)$/.test(text)) return ok(0n);
  const read = parseAmount(text, 2);
  return read.ok
    ? ok(read.value)
    : refuse('amount-invalid', `The liability: ${amountSentence(read.fault, 'EUR', 2)}`);
};

/** Proposes whether the loss is attributable and what is owed for it, with the reasons. */
export async function proposeLoss(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(proposal, input);
  if (!read.ok) return read;
  const { id, seen, verdict } = read.form;
  const texts = readTexts({ reasons: read.form.reasons });
  if (!texts.ok) return texts;
  const liability = centsOf(read.form.liability);
  if (!liability.ok) return liability;
  const step = {
    register: 'loss',
    caseId: id,
    seen,
    step: 'proposed',
    by: actor.personId,
  } as const;
  return inTextTransaction(context.db, async (tx) => {
    const ready = await readyForStep(tx, step);
    if (!ready.ok) return ready;
    const found = ready.value;
    const cap = BigInt(sharedFacts.parse(lastStep(found, 'shared')?.facts).valueCents);
    const fault = findLiabilityFault(verdict, liability.value, cap);
    if (fault) return fault;
    const incident = lossFacts.parse(found.facts).incident ?? read.form.incident;
    const unknown = await findUnknownIncident(tx, incident);
    if (unknown) return unknown;
    if (verdict === 'attributable' && incident === null)
      return refuse(
        'incident-missing',
        'A loss that is attributable came by an incident. Give its number.',
      );
    const facts = { verdict, liabilityCents: liability.value.toString(), incident };
    const taken = await takeStep(tx, { ...step, facts, texts: texts.texts, at: context.clock() });
    return taken.ok ? ok({ seq: taken.value.seq }) : taken;
  });
}

/** Sends a proposal back with the reasons; for another person than proposed it. */
export async function declineLoss(actor: Actor, input: unknown, context: Context): Moved {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(decline, input);
  if (!read.ok) return read;
  const texts = readTexts({ reasons: read.form.reasons });
  if (!texts.ok) return texts;
  return inTextTransaction(context.db, async (tx) => {
    const taken = await takeStep(tx, {
      register: 'loss',
      caseId: read.form.id,
      seen: read.form.seen,
      step: 'declined',
      facts: {},
      texts: texts.texts,
      by: actor.personId,
      at: context.clock(),
    });
    return taken.ok ? ok({ seq: taken.value.seq }) : taken;
  });
}
