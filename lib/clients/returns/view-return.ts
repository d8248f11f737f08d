/** One return: what was asked for, which operations carry it out, and what this person may do. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { clientAccount } from '#lib/ledger/accounts.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import type { OperationState } from '#lib/operations/states.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { findStepFault } from '../register/registers.ts';
import { loadCase } from '../register/load-cases.ts';
import { stepLines, type StepLine } from '../register/step-lines.ts';
import { loadCarrying } from './load-carrying.ts';
import { findReturnFault, returnFacts } from './return.ts';
import { returnView, type ReturnView } from './return-view.ts';

export type ReturnRecord = {
  request: ReturnView & { openedByName: string };
  steps: StepLine[];
  operations: {
    id: string;
    number: string;
    state: OperationState;
    amount: string;
    isConfirmed: boolean;
  }[];
  /** Numbers of withdrawals of this client and asset since the request that carry no return yet, newest first. */
  choices: string[];
  /** What withdrawals linked here returned, confirmed on the chain. Exact decimal text. */
  returned: string;
  /** What is still to be returned of what was asked for. Exact decimal text. */
  left: string;
  /** Why it can't be recorded as returned yet; null when it can. */
  completeRefusal: string | null;
  can: { link: boolean; complete: boolean; withdraw: boolean };
};

const choicesMax = 50;

export async function viewReturn(
  actor: Actor,
  id: string,
  context: Context,
): Promise<Result<ReturnRecord>> {
  const refused = lacksScope(actor, 'client:read');
  if (refused) return refused;
  const unknown = refuse('return-unknown', 'There is no such return in the register.');
  if (!operationId.safeParse(id).success) return unknown;
  const nameOf = await operatorNames(context.db);
  const read = await inSnapshot(context.db, async (tx) => {
    const found = await loadCase(tx, 'return', id);
    if (!found) return null;
    const request = returnView(found, context.clock());
    const account = await tx.account.findUnique({
      where: { id: clientAccount(request.client, request.asset) },
      select: { credits: true, debits: true },
    });
    return {
      found,
      request,
      balance: account ? unitsOf(account.credits) - unitsOf(account.debits) : 0n,
      operations: await loadCarrying(tx, found),
      choices: await choicesOf(tx, request),
    };
  });
  if (!read) return unknown;
  const { found, request, operations, choices, balance } = read;
  const { units } = returnFacts.parse(found.facts);
  const wanted = units === null ? null : BigInt(units);
  const returned = operations
    .filter(({ isConfirmed }) => isConfirmed)
    .reduce((sum, one) => sum + one.units, 0n);
  const left = wanted === null ? balance : wanted - returned;
  const history = { opener: found.openedBy, taken: found.steps };
  const may = (step: string): boolean =>
    actor.scopes.has('client:write') &&
    findStepFault('return', history, { step, actor: actor.personId }) === null;
  return ok({
    request: { ...request, openedByName: nameOf(found.openedBy) },
    steps: stepLines(found, nameOf),
    operations: operations.map(({ units, isFinal: _isFinal, ...rest }) => ({
      ...rest,
      amount: amountText(units, request.asset),
    })),
    choices,
    returned: amountText(returned, request.asset),
    left: amountText(left > 0n ? left : 0n, request.asset),
    completeRefusal: findReturnFault(wanted, operations, balance)?.refusal.sentence ?? null,
    can: { link: may('linked'), complete: may('returned'), withdraw: may('withdrawn') },
  });
}

async function choicesOf(tx: Tx, { client, asset, requestedAt }: ReturnView): Promise<string[]> {
  const rows = await tx.$queryRaw<{ number: string }[]>`
    select o.number from operation o
      where o.kind = 'withdrawal' and o.client_id = ${client} and o.asset = ${asset}
        and o.raised_at >= ${requestedAt}::timestamptz
        and not exists (select from register_step s where s.step = 'linked' and s.facts ->> 'operation' = o.id::text)
      order by o.raised_at desc, o.id limit ${choicesMax}`;
  return rows.map(({ number }) => number);
}
