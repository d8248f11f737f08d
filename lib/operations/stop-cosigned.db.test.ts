import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault, deposit, move, type Books } from '#lib/ledger/testing/books.ts';
import { prepareDecision } from './prepare-decision.ts';
import {
  openAfterGenesis,
  press,
  type AfterGenesis,
  type Founder,
} from './testing/after-genesis.ts';
import { intentFor, raiseIntent } from './testing/chain-desk.ts';

let desk: AfterGenesis;
let books: Books;

beforeAll(async () => {
  desk = await openAfterGenesis();
  const { database, owner } = desk;
  books = { database, owner, web: database.connect('web'), worker: database.connect('worker') };
  await createVault(owner);
  await owner.client.create({ data: { id: 'C-1001' } });
  await deposit(books, 'C-1001', 100n);
});
afterAll(() => desk.database.drop());

/** A withdrawal of 10 of the first founder, with every statement. */
async function cosigned(): Promise<string> {
  const operation = randomUUID();
  const to = '4Nd1mYQzvgV8Vr3Z3nYb7pD6T8K2jF2eqWxY2QqgM5Xr';
  const intent = intentFor({ operation, client: 'C-1001', amount: 10n, to });
  await raiseIntent({ books }, intent, desk.founders[0].actor.personId);
  await move(books.web, operation, 'cosigned');
  return operation;
}

const ask = (founder: Founder, operation: string, decision: 'reject' | 'cancel', revision = 2) =>
  prepareDecision(
    founder.actor,
    { operation, revision, decision, reason: 'wrong-details', note: 'It is not ours.' },
    desk.context,
  );

const stateOf = async (operation: string) => {
  const row = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
  const hold = await desk.owner.hold.findFirstOrThrow({
    where: { operationId: operation },
    include: { resolution: true },
  });
  return [row.state, hold.resolution?.outcome ?? 'open'];
};

describe('a withdrawal that every needed person has stated on and that has not begun', () => {
  it('is cancelled by its raiser and rejected by others, and what it held is free again', async () => {
    const [raiser, control] = desk.founders;
    for (const [founder, decision, end] of [
      [raiser, 'cancel', 'cancelled'],
      [control, 'reject', 'rejected'],
    ] as const) {
      const operation = await cosigned();
      const request = valueOf(await ask(founder, operation, decision));
      expect(valueOf(await press(founder, request, desk.context)).state).toBe(end);
      expect(await stateOf(operation)).toEqual([end, 'voided']);
    }
  });

  it('goes on when it has begun between the question and the press of the key', async () => {
    const [, control] = desk.founders;
    const operation = await cosigned();
    const request = valueOf(await ask(control, operation, 'reject'));
    await move(books.worker, operation, 'signing');
    expect(await press(control, request, desk.context)).toMatchObject({
      refusal: { code: 'operation-closed' },
    });
    expect(await stateOf(operation)).toEqual(['signing', 'open']);
  });

  it('is not stopped when a signature of an earlier attempt may exist', async () => {
    const [, control] = desk.founders;
    const operation = await cosigned();
    const transaction = {
      id: randomUUID(),
      operationId: operation,
      attempt: 1,
      chain: 'solana:sandbox',
      message: new Uint8Array([1]),
      conflictKey: 'key',
    };
    await books.worker.chainTransaction.create({ data: { ...transaction, phase: 'built' } });
    await books.worker.chainTransaction.update({
      where: { id: transaction.id },
      data: { phase: 'releasing' },
    });
    expect(await ask(control, operation, 'reject')).toMatchObject({
      refusal: { code: 'may-be-signed' },
    });
  });
});
