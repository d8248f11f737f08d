import { randomBytes } from 'node:crypto';
import { base58 } from '@scure/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSolanaClient } from './client.ts';
import { startScriptedNode, type ScriptedNode } from './testing/scripted-node.ts';
import { findFate, type Fate } from './transaction-fate.ts';

const random = (bytes: number): string => base58.encode(randomBytes(bytes));
const account = random(32);
const [value, nextValue] = [random(32), random(32)];
const [transactionId, otherId, vaultSignature] = [random(64), random(64), random(64)];
const refused = { InstructionError: [1, { Custom: 1 }] };

let node: ScriptedNode;
beforeAll(async () => {
  node = await startScriptedNode();
});
afterAll(() => node.close());

const context = { slot: 90, apiVersion: '2.0.0' };

/** A nonce account with this value. */
function nonceAccount(holds: string): unknown {
  const data = Buffer.alloc(80);
  data.writeUInt32LE(1, 0);
  data.writeUInt32LE(1, 4);
  data.set(base58.decode(holds), 40);
  return {
    context,
    value: {
      lamports: 1_447_680,
      owner: '11111111111111111111111111111111',
      data: [data.toString('base64'), 'base64'],
      executable: false,
      rentEpoch: 0,
      space: 80,
    },
  };
}

const finalized = (err: unknown): unknown => ({
  context,
  value: [{ slot: 9, confirmations: null, err, confirmationStatus: 'finalized' }],
});

function executed(of: {
  id: string;
  anchor: string;
  err: unknown;
  account?: string;
  vaultSignature?: string;
}): unknown {
  return {
    slot: 9,
    meta: { err: of.err, preBalances: [], postBalances: [] },
    transaction: {
      signatures: [of.id, of.vaultSignature ?? random(64)],
      message: {
        accountKeys: [random(32), random(32), of.account ?? account],
        recentBlockhash: of.anchor,
        instructions: [],
      },
    },
  };
}

function fateWhen(answers: Record<string, unknown>): Promise<Fate> {
  node.answers.clear();
  for (const [method, result] of Object.entries(answers)) node.answers.set(method, result);
  const { connection } = createSolanaClient(node.url, { timeoutMs: 5_000 });
  const signatures = [transactionId, vaultSignature];
  return findFate(connection, { transactionId, nonce: { account, value }, signatures });
}

describe.each([
  ['failed', refused, 'InstructionError 1 Custom 1'],
  ['succeeded', null, null],
])('a node that says a transaction is final and %s', (_, err, error) => {
  const genuine = {
    getAccountInfo: nonceAccount(nextValue),
    getSignatureStatuses: finalized(err),
    getTransaction: executed({ id: transactionId, anchor: value, err }),
  };

  it('is believed when the nonce moved and the transaction is shown', async () => {
    expect(await fateWhen(genuine)).toEqual({
      fate: 'executed',
      commitment: 'finalized',
      slot: 9n,
      error,
    });
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'while its nonce value still stands, so that it can yet run',
      { getAccountInfo: nonceAccount(value) },
    ],
    ['while the nonce account is gone', { getAccountInfo: { context, value: null } }],
    ['and can not show it', { getTransaction: null }],
    [
      'and shows one that lived by something else',
      { getTransaction: executed({ id: transactionId, anchor: nextValue, err }) },
    ],
    [
      'and shows one without the nonce account',
      { getTransaction: executed({ id: transactionId, anchor: value, err, account: random(32) }) },
    ],
    [
      'and shows it with another outcome',
      {
        getTransaction: executed({
          id: transactionId,
          anchor: value,
          err: err === null ? refused : null,
        }),
      },
    ],
  ])('%s: nothing is concluded', async (_what, lie) => {
    expect(await fateWhen({ ...genuine, ...lie })).toEqual({ fate: 'unclear' });
  });

  it('and shows another transaction: the answer is refused', async () => {
    const lie = { getTransaction: executed({ id: otherId, anchor: value, err }) };
    await expect(fateWhen({ ...genuine, ...lie })).rejects.toThrow('another transaction');
  });
});

describe('a transaction that the node does not know, while its nonce moved', () => {
  const gone = {
    getAccountInfo: nonceAccount(nextValue),
    getSignatureStatuses: { context, value: [null] },
    getSignaturesForAddress: [
      { signature: otherId, slot: 9, err: null, memo: null, confirmationStatus: 'finalized' },
    ],
  };

  it('is superseded when another one of the vault used the nonce', async () => {
    const getTransaction = executed({ id: otherId, anchor: value, err: null });
    expect(await fateWhen({ ...gone, getTransaction })).toEqual({
      fate: 'superseded',
      by: otherId,
    });
  });

  it('is not, when the same message ran under another id: its payment was made', async () => {
    const getTransaction = executed({ id: otherId, anchor: value, err: null, vaultSignature });
    expect(await fateWhen({ ...gone, getTransaction })).toEqual({ fate: 'unclear' });
  });
});
