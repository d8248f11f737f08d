/** How an operation ended, and everything that must be true of such an end. */
import { expect } from 'vitest';
import { until } from '#scripts/supervisor/testing/processes.ts';
import {
  findBookFaults,
  query,
  readPosition,
  signaturesSince,
  type Ground,
  type Position,
} from './books.ts';
import type { Stack } from './stack.ts';

const ENDS = ['confirmed', 'held', 'failed', 'expired', 'rejected', 'cancelled'];
const END_WITHIN_MS = 40_000;

export type End = {
  state: string;
  stop_code: string | null;
  stop_party: string | null;
  stop_sentence: string | null;
};

async function readEnd(stack: Stack, operation: string): Promise<End | null> {
  const [row] = await query<End>(
    stack.ownerUrl,
    'select state, stop_code, stop_party, stop_sentence from operation where id = $1',
    [operation],
  );
  return row ?? null;
}

/** Waits, with a bound, until nothing moves an operation any more. */
export async function waitForEnd(stack: Stack, operation: string): Promise<End> {
  let end: End | null = null;
  await until(
    `the operation ends`,
    async () => {
      end = await readEnd(stack, operation);
      return end !== null && ENDS.includes(end.state);
    },
    END_WITHIN_MS,
  ).catch(async () => {
    throw new Error(
      `The operation does not end: ${JSON.stringify(await readEnd(stack, operation))}`,
    );
  });
  if (end === null) throw new Error('no end');
  return end;
}

/** One of each, by three people: nothing acknowledged is lost, nothing counts twice. */
async function expectStatements(stack: Stack, operation: string): Promise<void> {
  const rows = await query<{ decision: string; person_id: string }>(
    stack.ownerUrl,
    'select decision, person_id from operation_statement where operation_id = $1 order by id',
    [operation],
  );
  expect(rows.map(({ decision }) => decision)).toEqual(['raise', 'approve', 'cosign']);
  expect(new Set(rows.map(({ person_id: person }) => person)).size).toBe(3);
}

async function readJournals(stack: Stack, operation: string) {
  return query<{ id: string; outcome: string | null }>(
    stack.ownerUrl,
    `select j.id, r.outcome from journal j left join hold_resolution r on r.journal_id = j.id
       where j.operation_id = $1`,
    [operation],
  );
}

/** Exactly one transaction on the chain, one journal, one resolved hold, and money moved once. */
export async function expectConfirmedOnce(
  stack: Stack,
  of: { ground: Ground; before: Position; operation: string; amount: bigint },
): Promise<void> {
  const { ground, before, operation, amount } = of;
  const { newest } = before;
  const onVault = await signaturesSince(ground, ground.vault.address, newest.vault);
  const onDestination = await signaturesSince(
    ground,
    ground.destination.address,
    newest.destination,
  );
  expect(onVault.map(({ err }) => err)).toEqual([null]);
  expect(onDestination.map(({ signature }) => signature)).toEqual(
    onVault.map(({ signature }) => signature),
  );
  const recorded = await query<{ txid: string; phase: string }>(
    stack.ownerUrl,
    'select txid, phase from chain_transaction where operation_id = $1',
    [operation],
  );
  expect(recorded).toEqual([{ txid: onVault[0]?.signature, phase: 'confirmed' }]);
  expect(await readJournals(stack, operation)).toMatchObject([{ outcome: 'posted' }]);
  const after = await readPosition(stack, ground);
  expect(after).toMatchObject({
    owed: before.owed - amount,
    held: before.held,
    vaultBooked: before.vaultBooked - amount,
    vault: before.vault - amount,
    destination: before.destination + amount,
  });
  await expectStatements(stack, operation);
  expect(await findBookFaults(stack.ownerUrl)).toEqual([]);
}
