/**
 * `kill -9` of each process at each point of a withdrawal's life. The processes are the real ones;
 * the web server is stood in for by the desk (`testing/desk.ts`), which runs the web server's use
 * cases under its database role. Points are held from outside, by relays on the way to the parties,
 * the chain and the database, and each cell looks whether its point was really reached.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '#scripts/supervisor/testing/processes.ts';
import { findGround, readPosition, type Ground } from './testing/books.ts';
import { allCells, sampleCells, type Cell } from './testing/matrix.ts';
import { expectConfirmedOnce, waitForEnd } from './testing/outcome.ts';
import { state, type Stated } from './testing/people.ts';
import type { Step } from './testing/points.ts';
import { startStack, type Stack } from './testing/stack.ts';
import { within } from './testing/within.ts';

const isLong = process.env['COUNTERSIGN_LONG_TESTS'] !== undefined;
const seed = Number(process.env['COUNTERSIGN_SEED'] ?? randomInt(2 ** 31));
const cells = (isLong ? allCells() : sampleCells(seed)).map(
  (cell) =>
    [
      `${cell.victim} killed ${cell.point.name}${cell.isLate ? '; what it had sent arrives late' : ''}`,
      cell,
    ] as const,
);

/** A tenth of a SOL, and something that tells one cell's withdrawal from another's. */
const amountOf = (cell: number): bigint => 100_000_000n + BigInt(cell);

const STEPS: readonly Step[] = ['raise', 'approve', 'cosign'];
const HANDLES: Readonly<Record<Step, string>> = { raise: 'ada', approve: 'marek', cosign: 'ines' };
const REACHED_WITHIN_MS = 20_000;

/** What is on its way dies with who sent it; the rest arrives. */
const isLost = ({ point, victim, isLate }: Cell): boolean =>
  !isLate &&
  (victim === point.speaker || (point.hold.side === 'reply' && victim === point.listener));

/** A transaction that may still commit keeps its successor waiting; nothing else does. */
const holdsUp = ({ point, isLate }: Cell): boolean => isLate && point.listener === 'postgres';

const extent = isLong ? 'the whole matrix' : `a sample, COUNTERSIGN_SEED=${seed}`;

describe(`one transaction and one journal, whatever is killed (${extent}):`, () => {
  let stack: Stack;
  let ground: Ground;
  let made = 0;

  beforeAll(async () => {
    stack = await startStack();
    ground = await findGround(stack);
  }, 180_000);
  afterAll(() => stack.stop());
  beforeEach(() => stack.allUp());

  function take(step: Step, operation: string, amount: bigint): Promise<Stated> {
    const handle = HANDLES[step];
    if (step !== 'raise')
      return state(stack.deskSocket, { do: 'decide', handle, operation, decision: step });
    const form = {
      operation,
      client: ground.client,
      vault: ground.vault.id,
      destination: ground.destination.id,
      asset: 'SOL',
      amount: `0.${amount.toString().padStart(9, '0')}`,
      memo: '',
      reason: 'Fault test',
    };
    return state(stack.deskSocket, { do: 'raise', handle, form });
  }

  /** What a person learns when the answer to a recorded statement was lost on the way. */
  function expectedWord(cell: Cell): Stated {
    const { speaker, hold } = cell.point;
    const isUntold = hold.side === 'reply' ? isLost(cell) : cell.isLate;
    return speaker === 'web' && isUntold ? 'recorded-before' : 'acknowledged';
  }

  /**
   * Takes the step that leads to the point, and kills while the point is held.
   * @returns lets a late message go, once the operation has ended without it.
   */
  async function killAt(
    cell: Cell,
    operation: string,
    amount: bigint,
  ): Promise<() => Promise<void>> {
    const { point, victim } = cell;
    const { labels, side } = point.hold;
    const gate = stack.gates.arm(labels, side);
    const passed = stack.gates.counter();
    const taken = take(point.step, operation, amount);
    try {
      await within(REACHED_WITHIN_MS, 'the point is reached', [gate.reached], [taken]);
      await point.look({ stack, ground, operation, passed });
      await stack.kill(victim);
      if (holdsUp(cell)) await stack.allUp();
    } catch (error) {
      gate.open('cut');
      throw error;
    }
    const isForLater = cell.isLate && !holdsUp(cell);
    if (!isForLater) gate.open(isLost(cell) ? 'cut' : 'pass');
    expect(await taken).toBe(expectedWord(cell));
    return async () => {
      if (!isForLater) return;
      const before = labels.map((label) => passed(label, 'reply'));
      gate.open('pass');
      await until('the late message has arrived', () =>
        labels.every((label, place) => passed(label, 'reply') === (before[place] ?? 0) + 1),
      );
    };
  }

  // An interruption is nobody's refusal, so in no cell is the operation held; all of them are confirmed.
  test.each(cells)('%s', async (_title, cell) => {
    made += 1;
    const operation = randomUUID();
    const amount = amountOf(made);
    const before = await readPosition(stack, ground);
    let deliver = (): Promise<void> => Promise.resolve();
    for (const step of STEPS)
      if (step === cell.point.step) deliver = await killAt(cell, operation, amount);
      else await take(step, operation, amount);
    const end = await waitForEnd(stack, operation);
    await deliver();
    expect(end).toMatchObject({ state: 'confirmed', stop_code: null });
    await expectConfirmedOnce(stack, { ground, before, operation, amount });
  });

  test('after all of it the books say what is on the chain', async () => {
    const { vault, vaultBooked } = await readPosition(stack, ground);
    expect(vaultBooked).toBe(vault);
  });
});
