import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { SpendScope } from '#lib/protocol/policy-facts.ts';
import type { FactSource, Policy, PolicyRule } from '#lib/protocol/policy.ts';
import { factBytes, type Fact } from '#lib/protocol/signed-facts.ts';
import { withdrawalIntent } from '#lib/protocol/intent.ts';
import { subjectText } from '../../facts/fact-cache.ts';
import { openAfterGenesis, type AfterGenesis } from '../../testing/after-genesis.ts';
import { loadTrust, type Trust } from '../../trust.ts';
import { beginDraft } from '../begin-draft.ts';
import { openPast, writePast, type PastWithdrawal } from '../testing/past.ts';
import { viewBackTest } from '../view-back-test.ts';
import { operationsPage } from './operations-page.ts';
import { Outflows } from './outflows.ts';
import { listedMax, runBackTest, type BackTest, type BackTestStep } from './run-back-test.ts';

const hour = 3_600_000;
const sol = 1_000_000_000n;
const clients = ['C-1001', 'C-1002', 'C-1003'];
const destinations = clients.map((client, place) => ({ id: `dest-${place}`, client }));

let desk: AfterGenesis;
let trust: Trust;
let now: Date;
let past: PastWithdrawal[];
let ids: string[];

/** A number from 0 on below `most`, the same in every run. */
let seed = 7;
const draw = (most: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * most);
};

beforeAll(async () => {
  desk = await openAfterGenesis();
  await openPast(desk.owner, destinations);
  const loaded = await loadTrust(desk.context.db);
  if (!loaded) throw new Error('There is no policy.');
  trust = loaded;
  now = desk.context.clock();
  const start = now.getTime() - 60 * 24 * hour;
  past = Array.from({ length: 1_200 }, (_, index) => {
    const place = draw(clients.length);
    const raisedAt = new Date(start + Math.floor(index * 1.2) * hour);
    const isGone = draw(10) > 1;
    return {
      raisedAt,
      signedAt: isGone ? new Date(raisedAt.getTime() + draw(5) * hour + 60_000) : null,
      client: clients[place] ?? '',
      destination: destinations[place]?.id ?? '',
      amount: BigInt(draw(1_500) + 1) * sol,
    };
  });
  ids = await writePast(desk.owner, past);
}, 60_000);
afterAll(() => desk.database.drop());

const signal = new AbortController().signal;
async function stepsOf(draft: Policy, from: Date | null = null): Promise<BackTestStep[]> {
  const steps: BackTestStep[] = [];
  const run = runBackTest({ db: desk.context.db, trust, draft, from, now, signal });
  for await (const step of run) steps.push(step);
  return steps;
}
async function resultOf(draft: Policy, from: Date | null = null): Promise<BackTest> {
  const last = (await stepsOf(draft, from)).at(-1);
  if (last?.what !== 'result') throw new Error('There is no result.');
  return last.result;
}

const ahead = (when: Partial<PolicyRule['when']>): Policy => ({
  ...trust.policy,
  rules: [
    {
      id: 'new',
      name: 'New',
      when: { kinds: ['withdrawal'], ...when },
      outcome: { effect: 'deny', reason: 'it is tried' },
    },
    ...trust.policy.rules,
  ],
});

/** What had left by the same counting, added up one by one. */
function spentBefore(of: PastWithdrawal, scope: SpendScope, hours: number): bigint {
  const at = of.raisedAt.getTime();
  return past
    .filter(({ signedAt, client, destination }) => {
      const left = signedAt?.getTime();
      if (left === undefined || left > at || left <= at - hours * hour) return false;
      if (scope === 'client') return client === of.client;
      return scope === 'destination' ? destination === of.destination : true;
    })
    .reduce((sum, { amount }) => sum + amount, 0n);
}

describe('what had left in windows', () => {
  it('is the same as added up one by one, at every operation and in every scope', async () => {
    const questions = (['asset', 'vault', 'client', 'destination'] as const).flatMap((scope) =>
      [1, 24, 100].map((hours) => ({ scope, hours })),
    );
    const first = past[300];
    if (!first) throw new Error('There is a past.');
    const outflows = await Outflows.open(desk.context.db, first.raisedAt, questions);
    const span = { from: first.raisedAt, until: now };
    const operations = await operationsPage(desk.context.db, span, null, 2_000);
    expect(operations.length).toBeGreaterThan(800);
    for (const { id, intent, raisedAt } of operations) {
      await outflows.goTo(raisedAt);
      const own = past[ids.indexOf(id)];
      if (!own) throw new Error('It is one of the past.');
      const spent = outflows.spent(withdrawalIntent.parse(intent));
      expect(spent).toEqual(
        questions.map(({ scope, hours }) => ({
          scope,
          hours,
          amount: spentBefore(own, scope, hours).toString(),
        })),
      );
      const wasPaid = past.some(
        ({ signedAt, destination }) =>
          destination === own.destination && signedAt !== null && signedAt <= own.raisedAt,
      );
      expect(outflows.hasPaid(own.destination)).toBe(wasPaid);
    }
  });
});

describe('a back-test', () => {
  it('finds no difference where there is none, and says how far it is', async () => {
    const steps = await stepsOf(trust.policy);
    expect(steps.map(({ what }) => what)).toEqual([
      'progress',
      'progress',
      'progress',
      'progress',
      'result',
    ]);
    expect(steps[2]).toEqual({ what: 'progress', done: 1_000, total: 1_200 });
    const result = await resultOf(trust.policy);
    expect(result).toMatchObject({
      total: 1_200,
      changed: { refused: 0, allowed: 0, otherwise: 0 },
      listed: [],
    });
    const large = past.filter(({ amount }) => amount > 1_000n * sol).length;
    const decided = result.rows.filter(({ before }) => before > 0);
    expect(decided).toEqual([
      expect.objectContaining({ before: large, after: large }),
      expect.objectContaining({ before: 1_200 - large, after: 1_200 - large }),
    ]);
  });

  it('counts rule by rule, and lists the first that change while it counts all', async () => {
    const bound = 100n * sol;
    const result = await resultOf(ahead({ assets: ['SOL'], amountAbove: bound.toString() }));
    const above = past.filter(({ amount }) => amount > bound).length;
    expect(above).toBeGreaterThan(listedMax);
    expect(result.changed).toEqual({ refused: above, allowed: 0, otherwise: 0 });
    expect(result.listed).toHaveLength(listedMax);
    expect(result.rows[0]).toEqual({
      name: 'New',
      inForce: false,
      inDraft: true,
      before: 0,
      after: above,
    });
    expect(result.listed[0]).toMatchObject({
      shift: 'refused',
      after: { rule: 'New', answer: 'refused: it is tried' },
    });
  });

  it('looks only as far back as it is asked to', async () => {
    const from = new Date(now.getTime() - 10 * 24 * hour);
    const { total } = await resultOf(trust.policy, from);
    expect(total).toBe(past.filter(({ raisedAt }) => raisedAt >= from && raisedAt < now).length);
  });

  it('asks about windows as they stood when each was raised', async () => {
    const above = 20_000n * sol;
    const result = await resultOf(
      ahead({
        assets: ['SOL'],
        velocity: { scope: 'client', hours: 100, above: above.toString() },
      }),
    );
    const expected = past.filter((of) => spentBefore(of, 'client', 100) + of.amount > above);
    expect(expected.length).toBeGreaterThan(10);
    expect(result.changed.refused).toBe(expected.length);
  });

  it('counts the first payment to a destination as one', async () => {
    const result = await resultOf(ahead({ firstUse: true }));
    const expected = past.filter(
      (of) =>
        !past.some(
          ({ signedAt, destination }) =>
            destination === of.destination && signedAt !== null && signedAt <= of.raisedAt,
        ),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(result.changed.refused).toBe(expected.length);
  });

  /** A source, and its word of the middle of the past written down. */
  async function wordOf(
    about:
      | Pick<Extract<Fact, { fact: 'standing' }>, 'fact' | 'client' | 'standing'>
      | Pick<Extract<Fact, { fact: 'books' }>, 'fact' | 'asset' | 'shortfall'>,
  ): Promise<FactSource> {
    const keys = generateKeyPairSync('ed25519');
    const publicKey = keys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const fact: Fact = {
      type: 'countersign/fact/v1',
      organisation: trust.policy.organisation,
      environment: trust.policy.environment,
      source: 'desk',
      observedAt: middle().toISOString(),
      ...about,
    };
    await desk.owner.signedFact.create({
      data: {
        source: 'desk',
        fact: fact.fact,
        subject: subjectText(fact),
        observedAt: middle(),
        document: asJson(fact),
        signature: sign(null, factBytes(fact), keys.privateKey).toString('hex'),
      },
    });
    return {
      name: 'desk',
      fact: fact.fact,
      publicKey: publicKey.toString('hex'),
      maxAgeSeconds: 86_400,
    };
  }
  const middle = () => new Date(now.getTime() - 20 * 24 * hour);
  const inTheDayAfter = ({ raisedAt }: PastWithdrawal) =>
    raisedAt >= middle() && raisedAt.getTime() <= middle().getTime() + 24 * hour;

  it('takes a signed word only while it was young enough, and counts what nobody can answer', async () => {
    const source = await wordOf({ fact: 'standing', client: 'C-1001', standing: 'blocked' });
    const draft: Policy = { ...ahead({ standings: ['blocked'] }), sources: [source] };
    const result = await resultOf(draft);
    const known = past.filter((of) => of.client === 'C-1001' && inTheDayAfter(of)).length;
    expect(known).toBeGreaterThan(0);
    expect(result.rows[0]).toMatchObject({ name: 'New', after: known });
    expect(result.rows.at(-1)).toMatchObject({ before: 0, after: 1_200 - known });
  });

  it('takes a word about what was missing for the day for which it counted', async () => {
    const source = await wordOf({ fact: 'books', asset: 'SOL', shortfall: '5' });
    const short = (above: string): Policy => ({
      ...ahead({ assets: ['SOL'], shortfallAbove: above }),
      sources: [source],
    });
    const known = past.filter(inTheDayAfter).length;
    expect(known).toBeGreaterThan(0);
    const stopped = await resultOf(short('4'));
    expect(stopped.rows[0]).toMatchObject({ name: 'New', after: known });
    expect(stopped.rows.at(-1)).toMatchObject({ before: 0, after: 1_200 - known });
    const passed = await resultOf(short('5'));
    expect(passed.rows.at(-1)).toMatchObject({ before: 0, after: 1_200 - known });
  });

  it('stops when it is told to', async () => {
    const control = new AbortController();
    const run = runBackTest({
      db: desk.context.db,
      trust,
      draft: trust.policy,
      from: null,
      now,
      signal: control.signal,
    });
    await run.next();
    control.abort();
    await expect(run.next()).rejects.toThrow();
  });
});

describe('a person', () => {
  it('runs one back-test at a time, of a draft there is', async () => {
    const [{ actor }] = desk.founders;
    const { id } = valueOf(await beginDraft(actor, { name: 'Try it' }, desk.context));
    const ask = (input: unknown) => viewBackTest(actor, input, desk.context, signal);
    const steps = valueOf(await ask({ draft: id, days: 'all' }));
    await steps.next();
    expect(await ask({ draft: id, days: '30' })).toMatchObject({
      refusal: { code: 'back-test-runs' },
    });
    await steps.return(undefined);
    expect((await ask({ draft: id, days: '30' })).ok).toBe(true);
    expect(await ask({ draft: id, days: '31' })).toMatchObject({
      refusal: { code: 'form-invalid' },
    });
    expect(await ask({ draft: ids[0], days: '30' })).toMatchObject({
      refusal: { code: 'draft-unknown' },
    });
  });
});
