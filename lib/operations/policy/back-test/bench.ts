/**
 * How fast a back-test goes through past operations, and whether its memory grows with them: slice by
 * slice through one run, beside a run that only reads the same operations.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { databaseFor, type Database } from '#lib/platform/db/client.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { roster } from '#lib/protocol/testing/sample.ts';
import { defaultPolicy } from '../../default-policy.ts';
import type { Trust } from '../../trust.ts';
import { openPast, writePast, type PastWithdrawal } from '../testing/past.ts';
import { operationsPage, type Cursor } from './operations-page.ts';
import { runBackTest } from './run-back-test.ts';

export type BackTestBench = {
  operations: number;
  rules: number;
  /** Operations a second, one number for each slice. */
  judged: number[];
  /** The same for reading alone. */
  read: number[];
  /** Bytes of the heap after a collection, one number for each slice. */
  heap: number[];
};

export type BenchOptions = {
  /** Owner of a migrated database that may be filled. */
  ownerUrl: string;
  webUrl: string;
  operations: number;
  report: (line: string) => void;
  signal: AbortSignal;
};

const slices = 10;
const minute = 60_000;
const sol = 1_000_000_000n;
/** The last of them is raised before this, one a minute. */
const now = new Date('2026-11-01T00:00:00.000Z');
const clients = Array.from({ length: 200 }, (_, place) => `C-${10_000 + place}`);
const destinations = clients.map((client, place) => ({ id: `dest-${place}`, client }));
const needs = [
  { group: 'control', decision: 'approve', people: 1 },
  { group: 'custody', decision: 'cosign', people: 1 },
] as const;

/** A hundred rules that look at windows, hours and lists, and let most of it through to the last. */
function draftOver(policy: Policy): Policy {
  const watching = Array.from({ length: 100 - policy.rules.length }, (_, place) => ({
    id: `watch-${place}`,
    name: `Watch ${place}`,
    when: {
      kinds: ['withdrawal' as const],
      assets: ['SOL'],
      clients: [clients[place] ?? ''],
      velocity: {
        scope: 'client' as const,
        hours: place % 2 === 0 ? 24 : 168,
        above: (BigInt(place + 1) * 10n * sol).toString(),
      },
    },
    outcome: {
      effect: 'allow' as const,
      needs: [{ ...needs[0], people: 2 }, needs[1]],
    },
  }));
  return { ...policy, rules: [...watching, ...policy.rules] };
}

const pastOne = (index: number, count: number): PastWithdrawal => {
  const raisedAt = new Date(now.getTime() - (count - index) * minute);
  const place = (index * 7919) % clients.length;
  return {
    raisedAt,
    signedAt: new Date(raisedAt.getTime() + 5 * minute),
    client: clients[place] ?? '',
    destination: destinations[place]?.id ?? '',
    amount: BigInt((index * 104_729) % 50) * sol + 1n,
  };
};

async function fill(owner: Database, { operations, report, signal }: BenchOptions): Promise<void> {
  const step = 2_500;
  await openPast(owner, destinations);
  for (let from = 0; from < operations; from += step) {
    signal.throwIfAborted();
    const count = Math.min(step, operations - from);
    await writePast(
      owner,
      Array.from({ length: count }, (_, place) => pastOne(from + place, operations)),
    );
    if ((from / step) % 10 === 9) report(`${from + count} of ${operations} operations written`);
  }
  await owner.$executeRaw`ANALYZE`;
}

/** The collector, which Node gives to nobody who does not ask. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Rates of the slices between marks. */
class Laps {
  readonly rates: number[] = [];
  #at = performance.now();
  #done = 0;

  mark(done: number): void {
    const at = performance.now();
    this.rates.push(((done - this.#done) / (at - this.#at)) * 1000);
    this.#at = performance.now();
    this.#done = done;
  }
}

async function judge(db: Database, trust: Trust, { operations, signal }: BenchOptions) {
  const collect = collector();
  const laps = new Laps();
  const heap: number[] = [];
  let next = operations / slices;
  const draft = draftOver(trust.policy);
  for await (const step of runBackTest({ db, trust, draft, from: null, now, signal })) {
    if (step.what !== 'progress' || step.done < next) continue;
    laps.mark(step.done);
    collect();
    heap.push(process.memoryUsage().heapUsed);
    next += operations / slices;
  }
  return { judged: laps.rates, heap };
}

async function readAll(db: Database, { operations, signal }: BenchOptions): Promise<number[]> {
  const laps = new Laps();
  const span = { from: new Date(0), until: now };
  let last: Cursor | null = null;
  let done = 0;
  let next = operations / slices;
  for (;;) {
    signal.throwIfAborted();
    const page = await operationsPage(db, span, last, 500);
    done += page.length;
    if (done >= next) {
      laps.mark(done);
      next += operations / slices;
    }
    last = page.at(-1) ?? null;
    if (last === null) return laps.rates;
  }
}

export async function benchBackTest(options: BenchOptions): Promise<BackTestBench> {
  const owner = databaseFor(options.ownerUrl);
  const db = databaseFor(options.webUrl);
  try {
    await fill(owner, options);
    const policy = defaultPolicy('sample-custodian', 'sandbox');
    const trust: Trust = {
      roster,
      rosterDigest: digestOf(roster),
      policy,
      policyDigest: digestOf(policy),
    };
    options.report('reading alone …');
    const read = await readAll(db, options);
    options.report('the back-test …');
    const { judged, heap } = await judge(db, trust, options);
    const rules = draftOver(policy).rules.length;
    return { operations: options.operations, rules, judged, read, heap };
  } finally {
    await db.$disconnect();
    await owner.$disconnect();
  }
}
