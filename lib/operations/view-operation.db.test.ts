import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { listQueue } from './list-operations.ts';
import { prepareDecision } from './prepare-decision.ts';
import { prepareKeyCeremony } from './prepare-key-ceremony.ts';
import { openAfterGenesis, press, type AfterGenesis } from './testing/after-genesis.ts';
import { viewOperation } from './view-operation.ts';

let desk: AfterGenesis;
let operation: string;

beforeAll(async () => {
  desk = await openAfterGenesis();
  operation = randomUUID();
  const [raiser] = desk.founders;
  const form = {
    operation,
    vault: 'warm-2',
    name: 'Reserve of the north',
    tier: 'warm',
    chain: 'solana:sandbox',
  };
  const prepared = valueOf(await prepareKeyCeremony(raiser.actor, form, desk.context));
  valueOf(await press(raiser, prepared.request, desk.context));
});
afterAll(() => desk.database.drop());

const view = async () =>
  valueOf(await viewOperation(desk.founders[1].actor, operation, desk.context));

describe('a key ceremony that is open', () => {
  it('stands in the queue under the name its vault will have', async () => {
    const rows = valueOf(await listQueue(desk.founders[1].actor, desk.context));
    expect(rows.map(({ id, route }) => [id, route])).toEqual([[operation, 'Reserve of the north']]);
  });

  it('shows what is unusual about it', async () => {
    expect((await view()).unusual).not.toBeNull();
  });
});

describe('an operation that was rejected', () => {
  it('shows who rejected it and for which reason, and holds nothing of what was unusual', async () => {
    const control = desk.founders[1];
    const note = 'The vault is not ours.';
    const form = { operation, revision: 1, decision: 'reject', reason: 'suspected-fraud', note };
    const request = valueOf(await prepareDecision(control.actor, form, desk.context));
    valueOf(await press(control, request, desk.context));
    const { statements, unusual, final } = await view();
    expect(statements.map(({ decision, reason }) => [decision, reason])).toEqual([
      ['raise', null],
      ['reject', 'suspected-fraud'],
    ]);
    expect(statements.at(-1)?.note).toBe(note);
    expect([unusual, final]).toEqual([null, true]);
  });
});
