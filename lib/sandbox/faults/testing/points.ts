/** The points at which something is killed: how each is held, and what shows that it was reached. */
import { expect } from 'vitest';
import { getStatus } from '#lib/chains/solana/transaction-status.ts';
import { query, type Ground } from './books.ts';
import type { Side } from './gates.ts';
import { commits, finishOf, sendTransaction, shareOf } from './relays.ts';
import type { Stack, Victim } from './stack.ts';
import { until } from '#scripts/supervisor/testing/processes.ts';

export type Step = 'raise' | 'approve' | 'cosign';

/** What a look at the point needs. `passed` counts messages since the gate was set up. */
export type Look = {
  stack: Stack;
  ground: Ground;
  operation: string;
  passed: (label: string, side: Side) => number;
};

export type Point = {
  name: string;
  /** The step that leads to it. */
  step: Step;
  hold: { labels: readonly string[]; side: Side };
  /** Who speaks, and who of those that can be killed answers. */
  speaker: Victim;
  listener: Victim | null;
  /** Waits for, or expects, what is true at this point and at no other. */
  look: (at: Look) => Promise<void>;
};

async function one<T>(url: string, text: string, operation: string): Promise<T | undefined> {
  const [row] = await query<{ value: T }>(url, text, [operation]);
  return row?.value;
}

const count = async ({ stack, operation }: Look, text: string): Promise<number> =>
  Number(await one<string>(stack.ownerUrl, `select count(*) as value from ${text}`, operation));

const stateOf = ({ stack, operation }: Look): Promise<string | undefined> =>
  one(stack.ownerUrl, 'select state as value from operation where id = $1', operation);

/** A transaction that has written and not committed stands open in the server. */
const openTransactions = async (at: Look, role: string): Promise<number> =>
  Number(
    await one<string>(
      at.stack.ownerUrl,
      `select count(*) as value from pg_stat_activity
         where state = 'idle in transaction' and usename = $1`,
      role,
    ),
  );

const recorded = (at: Look, step: Step): Promise<number> =>
  count(at, `operation_statement where operation_id = $1 and decision = '${step}'`);

const statementPoints = (step: Step): Point[] => [
  {
    name: `before the ${step} is recorded`,
    step,
    hold: { labels: [commits.statement], side: 'request' },
    speaker: 'web',
    listener: 'postgres',
    look: async (at) => {
      expect(await recorded(at, step)).toBe(0);
      expect(await openTransactions(at, 'countersign_web')).toBeGreaterThan(0);
    },
  },
  {
    name: `after the ${step} is recorded, before anybody is told`,
    step,
    hold: { labels: [commits.statement], side: 'reply' },
    speaker: 'web',
    listener: 'postgres',
    look: async (at) => {
      expect(await recorded(at, step)).toBe(1);
    },
  },
];

const phaseOf = ({ stack, operation }: Look): Promise<string | undefined> =>
  one(
    stack.ownerUrl,
    'select phase as value from chain_transaction where operation_id = $1',
    operation,
  );

const shares = ({ passed }: Look): [number, number] => [
  passed(shareOf('control'), 'reply'),
  passed(shareOf('custody'), 'reply'),
];

const signing = { step: 'cosign', speaker: 'worker', listener: null } as const;

const signingPoints: Point[] = [
  {
    ...signing,
    name: 'between the signing rounds',
    hold: { labels: [shareOf('control'), shareOf('custody')], side: 'request' },
    look: async (at) => {
      expect(await phaseOf(at)).toBe('releasing');
      expect(shares(at)).toEqual([0, 0]);
    },
  },
  {
    ...signing,
    name: 'after the share of one party has left',
    hold: { labels: [shareOf('custody')], side: 'request' },
    look: (at) => until('one share has left', () => shares(at).join() === '1,0'),
  },
  {
    ...signing,
    name: 'after a party has released its share, before anybody got it',
    hold: { labels: [shareOf('control')], side: 'reply' },
    listener: 'control',
    look: async (at) => {
      expect(await phaseOf(at)).toBe('releasing');
      expect(shares(at)[0]).toBe(0);
    },
  },
  {
    ...signing,
    name: 'after both shares have left',
    hold: { labels: [finishOf('control'), finishOf('custody')], side: 'request' },
    look: async (at) => {
      expect(shares(at)).toEqual([1, 1]);
      expect(await stateOf(at)).toBe('signing');
    },
  },
  {
    ...signing,
    name: 'after one party has the signature and the other has not',
    hold: { labels: [finishOf('custody')], side: 'request' },
    look: (at) =>
      until('one party has finished', () => at.passed(finishOf('control'), 'reply') === 1),
  },
  {
    ...signing,
    name: 'after a party has stored the signature, before anybody got it',
    hold: { labels: [finishOf('custody')], side: 'reply' },
    listener: 'custody',
    look: async (at) => {
      expect(shares(at)).toEqual([1, 1]);
      expect(await stateOf(at)).toBe('signing');
    },
  },
  {
    ...signing,
    name: 'after the parties have signed, before the console has the signature on record',
    hold: { labels: [commits.signature], side: 'request' },
    listener: 'postgres',
    look: async (at) => {
      const finished = ['control', 'custody'].map((name) => at.passed(finishOf(name), 'reply'));
      expect(finished).toEqual([1, 1]);
      expect(await stateOf(at)).toBe('signing');
    },
  },
];

async function fateOf(at: Look): Promise<string> {
  const txid = await one<string>(
    at.stack.ownerUrl,
    'select txid as value from chain_transaction where operation_id = $1',
    at.operation,
  );
  if (txid === undefined) throw new Error('The id of the transaction is not on record.');
  return (await getStatus(at.ground.chain.connection, txid)).status;
}

const chainPoints: Point[] = [
  {
    ...signing,
    name: 'before broadcast',
    hold: { labels: [sendTransaction], side: 'request' },
    look: async (at) => {
      expect(await stateOf(at)).toBe('signed');
      expect(await fateOf(at)).toBe('not-found');
    },
  },
  {
    ...signing,
    name: 'after broadcast, before the node has answered',
    hold: { labels: [sendTransaction], side: 'reply' },
    look: async (at) => {
      expect(await stateOf(at)).toBe('signed');
      expect(await fateOf(at)).not.toBe('not-found');
    },
  },
];

const journals = (at: Look): Promise<number> => count(at, 'journal where operation_id = $1');

const postingPoints: Point[] = [
  {
    ...signing,
    name: 'before posting is recorded',
    hold: { labels: [commits.journal], side: 'request' },
    listener: 'postgres',
    look: async (at) => {
      expect(await fateOf(at)).toBe('finalized');
      expect(await stateOf(at)).toBe('broadcast');
      expect(await journals(at)).toBe(0);
      expect(await openTransactions(at, 'countersign_worker')).toBeGreaterThan(0);
    },
  },
  {
    ...signing,
    name: 'after posting, before the worker is told',
    hold: { labels: [commits.journal], side: 'reply' },
    listener: 'postgres',
    look: async (at) => {
      expect(await stateOf(at)).toBe('confirmed');
      expect(await journals(at)).toBe(1);
    },
  },
];

export const POINTS: readonly Point[] = [
  ...statementPoints('raise'),
  ...statementPoints('approve'),
  ...statementPoints('cosign'),
  ...signingPoints,
  ...chainPoints,
  ...postingPoints,
];

export const VICTIMS: readonly Victim[] = ['worker', 'control', 'custody', 'web', 'postgres'];
