import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Case } from './cases.ts';
import { loadCase } from './load-cases.ts';
import { lockCase } from './lock-case.ts';
import { clientsTopic, type Facts } from './open-case.ts';
import { findStepFault, type Register } from './registers.ts';
import type { Texts } from './texts.ts';
import { writeTexts } from './write-texts.ts';

export type Stepping = {
  register: Register;
  caseId: string;
  /** How many steps the person saw; another count means that the page is old. */
  seen: number;
  step: string;
  facts: Facts;
  texts: Texts;
  by: string;
  at: Date;
};

export type StepRefusal = 'case-unknown' | 'case-moved' | 'step-not-now' | 'same-person';

const sentences: Readonly<Record<StepRefusal, string>> = {
  'case-unknown': 'There is no such entry in this register.',
  'case-moved':
    'Somebody did something about it in the meantime. Look at it again, then say what you want.',
  'step-not-now': 'This can’t be done at the stage that it has reached. Load the page again.',
  'same-person':
    'This is for another person than the one before, so that two people stand behind it. Ask a colleague.',
};

const refused = (code: StepRefusal) => refuse(code, sentences[code]);

/**
 * The case as it stands, when this person may take this step now. From then on, until the transaction
 * ends, nobody else takes one: who comes second waits, sees the first and is told.
 */
export async function readyForStep(
  tx: Tx,
  { register, caseId, seen, step, by }: Omit<Stepping, 'facts' | 'texts' | 'at'>,
): Promise<Result<Case, StepRefusal>> {
  await lockCase(tx, caseId);
  const before = await loadCase(tx, register, caseId);
  if (!before) return refused('case-unknown');
  if (before.steps.length !== seen) return refused('case-moved');
  const history = { opener: before.openedBy, taken: before.steps };
  const fault = findStepFault(register, history, { step, actor: by });
  if (fault) return refused(fault === 'not-now' ? 'step-not-now' : 'same-person');
  return ok(before);
}

/**
 * Takes the next step of a case in the caller's transaction, with its audit entry.
 * @returns the case as it was before, and the number of the step.
 */
export async function takeStep(
  tx: Tx,
  stepping: Stepping,
): Promise<Result<{ before: Case; seq: number }, StepRefusal>> {
  const { register, caseId, seen, step, facts, texts, by, at } = stepping;
  const ready = await readyForStep(tx, stepping);
  if (!ready.ok) return ready;
  const before = ready.value;
  const seq = seen + 1;
  await tx.registerStep.create({
    data: { caseId, seq, step, actor: by, at, facts },
    select: { seq: true },
  });
  await writeTexts(tx, { caseId, seq, texts, by, at });
  await appendAudit(tx, {
    kind: 'register-moved',
    subject: before.number,
    actor: by,
    at,
    facts: { register, step, seq },
  });
  await publish(tx, { topic: clientsTopic, id: caseId });
  return ok({ before, seq });
}
