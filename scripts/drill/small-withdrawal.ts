/** A withdrawal of 0.01 SOL by a sample client to an address of theirs: what a drill has parties sign or refuse. */
import { randomUUID } from 'node:crypto';
import { prepareWithdrawal } from '#lib/operations/prepare-withdrawal.ts';
import { ok } from '#lib/platform/result.ts';
import { DrillProblem } from '#lib/resilience/drills/drill-problem.ts';
import { raiseAs } from '#lib/sandbox/colleagues/colleague.ts';
import { drillKinds, type DrillKind } from '#lib/resilience/drills/kinds.ts';
import type { SandboxDrill } from './sandbox-drill.ts';

/** Raises it; nobody has approved it yet. @returns its id and number. */
export async function raiseSmallWithdrawal(
  { team, context }: SandboxDrill,
  kind: DrillKind,
): Promise<{ id: string; number: string }> {
  const now = context.clock();
  const destination = await context.db.destination.findFirst({
    where: {
      state: 'listed',
      class: 'client-wallet',
      cooledAt: { lte: now },
      expiresAt: { gt: now },
    },
    orderBy: { id: 'asc' },
  });
  const vault = await context.db.vault.findUnique({ where: { id: 'warm-1' } });
  if (!destination || !vault)
    throw new DrillProblem(
      'There is no sample vault, or no sample address that a client may be paid to.',
    );
  const id = randomUUID();
  const raised = await raiseAs(
    await team.signIn('ada'),
    async (actor) => {
      const prepared = await prepareWithdrawal(
        actor,
        {
          operation: id,
          client: destination.clientId,
          vault: vault.id,
          destination: destination.id,
          asset: 'SOL',
          amount: '0.01',
          memo: '',
          reason: `Drill: ${drillKinds[kind].title}`,
        },
        context,
      );
      if (!prepared.ok) return prepared;
      if (prepared.value.outcome !== 'sign')
        throw new DrillProblem('A new withdrawal was raised already.');
      return ok({ request: prepared.value.request });
    },
    context,
  );
  if (!raised.ok) throw new DrillProblem(raised.refusal.sentence);
  const { number } = await context.db.operation.findUniqueOrThrow({ where: { id } });
  return { id, number };
}

/** Has the colleagues approve and co-sign it. */
export async function carryWithdrawal({ team }: SandboxDrill, id: string): Promise<void> {
  const carried = await team.carry(id);
  if (!carried.ok) throw new DrillProblem(carried.refusal.sentence);
}
