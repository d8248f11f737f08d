/** Whether decisions in the registers of clients were signed by whom they say, about the case as it stood. */
import {
  caseDigest,
  decisionStatement,
  decisions,
} from '#lib/clients/decisions/decision-statement.ts';
import { secondPerson, type Register } from '#lib/clients/register/registers.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { graceMs } from '#lib/reconciliation/proof/find-signer.ts';
import { readPress } from './find-press-fault.ts';
import type { Fault, KeptFault } from './kept.ts';
import type { CountingAt } from './report-faults.ts';

/** What people wrote is not read: its commitment stands for it. */
export const withDecisions = {
  id: true,
  register: true,
  number: true,
  openedBy: true,
  facts: true,
  steps: { orderBy: { seq: 'asc' }, include: { signed: true } },
  texts: {
    orderBy: [{ seq: 'asc' }, { kind: 'asc' }, { version: 'asc' }],
    select: { seq: true, kind: true, version: true, commitment: true, writtenAt: true },
  },
} satisfies Prisma.RegisterCaseSelect;
export type CaseRow = Prisma.RegisterCaseGetPayload<{ select: typeof withDecisions }>;
type StepRow = CaseRow['steps'][number];

/** Cases in which something was decided with a key, or should have been. */
export const isDecided = {
  OR: Object.entries(decisions).map(([step, register]) => ({
    register,
    steps: { some: { step } },
  })),
} satisfies Prisma.RegisterCaseWhereInput;

/** @returns every fault of one case. */
export async function findDecisionFaults(row: CaseRow, countingAt: CountingAt): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const step of row.steps) {
    if (!Object.entries(decisions).some(([name, of]) => name === step.step && of === row.register))
      continue;
    const fault = await findFault(row, step, countingAt);
    if (fault) faults.push({ subject: row.number, what: `${step.step} by ${step.actor}`, fault });
  }
  return faults;
}

async function findFault(
  row: CaseRow,
  step: StepRow,
  countingAt: CountingAt,
): Promise<KeptFault | null> {
  const [person, writtenAt] = [step.actor, step.at.getTime()];
  const counting = await countingAt(writtenAt, person);
  const { document, assertion, credentialId } = step.signed ?? {};
  const read = readPress(
    {
      statement: document ?? null,
      assertion: assertion ?? null,
      credentialId: credentialId ?? null,
      person,
      writtenAt,
    },
    { schema: decisionStatement, scope: 'client:write', counting },
  );
  if ('fault' in read) return read.fault;
  const { said } = read;
  const isAbout =
    said.case === row.id &&
    said.number === row.number &&
    said.register === row.register &&
    said.decision === step.step &&
    said.person === person &&
    said.revision === step.seq - 1 &&
    contentsAt(row, step).includes(said.content);
  if (!isAbout) return 'says-another';
  const other = secondPerson[row.register as Register]?.[step.step];
  const last = row.steps.find(({ seq }) => seq === step.seq - 1)?.actor;
  const isOne =
    (other !== 'opener' && last === person) || (other !== 'last' && row.openedBy === person);
  return isOne ? 'one-person' : null;
}

/**
 * Digests of the case as it may have stood when it was decided. A text is dated when somebody began to correct it, and
 * may have been written down a moment later than it says: those of that moment are left out one after the other.
 */
function contentsAt({ number, facts, steps, texts }: CaseRow, { seq, at }: StepRow): string[] {
  const stood = steps
    .filter((step) => step.seq < seq)
    .map(({ seq: nth, step, actor, at: then, facts: said }) => ({
      seq: nth,
      step,
      actor,
      at: then.toISOString(),
      facts: said,
    }));
  const decidedAt = at.getTime();
  const moment = texts
    .map(({ writtenAt }) => writtenAt.getTime())
    .filter((one) => Math.abs(one - decidedAt) <= graceMs);
  const cuts = [...new Set([decidedAt + graceMs, ...moment.map((one) => one - 1)])].slice(0, 50);
  return cuts.map((cut) =>
    caseDigest({
      number,
      facts,
      steps: stood,
      texts: texts
        .filter((text) => text.seq < seq && text.writtenAt.getTime() <= cut)
        .map(({ seq: of, kind, version, commitment }) => ({ seq: of, kind, version, commitment })),
    }),
  );
}
