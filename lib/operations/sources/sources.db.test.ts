import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { createVault, deposit } from '#lib/ledger/testing/books.ts';
import type { SourceAddress } from '#lib/platform/env-values.ts';
import { openSources } from '#lib/sandbox/sources/door.ts';
import { markedAddress } from '#lib/sandbox/sources/opinions.ts';
import {
  sourceFacts,
  sourceKeys,
  sourceNames,
  type SourceKeys,
} from '#lib/sandbox/sources/source-keys.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { findEurValue } from '../facts/eur-value.ts';
import { loadTrust } from '../trust.ts';
import { bundleWithFacts } from '../execution/bundle-with-facts.ts';
import { loadStanding } from '../load-standing.ts';
import { prepareDestination } from '../prepare-destination.ts';
import { prepareWithdrawal } from '../prepare-withdrawal.ts';
import { advance, openPartyDesk, state, stateAll, type PartyDesk } from '../testing/party-desk.ts';
import { withdrawalIntent, type WithdrawalIntent } from '#lib/protocol/intent.ts';
import { findUnsetSources } from './unset-sources.ts';

const client = 'C-1001';
const folder = mkdtempSync(join(tmpdir(), 'cs-sources-'));
const socket = join(folder, 'sources.sock');
let keys: SourceKeys;
let desk: PartyDesk;
let server: Server | null = null;
const wallets = { usual: '', marked: '' };

const close = async (): Promise<void> => {
  server?.closeAllConnections();
  await new Promise<void>((resolve) => {
    if (server) server.close(() => resolve());
    else resolve();
  });
  server = null;
};
const open = async (): Promise<void> => {
  server = await openSources(keys, socket, desk.context.clock);
};

async function list(address: string): Promise<string> {
  const prepared = await prepareDestination(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      chain: 'solana:sandbox',
      asset: 'SOL',
      address,
      label: 'A wallet',
      class: 'client-wallet',
    },
    desk.context,
  );
  const operation = await stateAll(desk, prepared);
  expect(await advance(desk, operation)).toBe('done');
  return valueOf(prepared).intent.destination.id;
}

beforeAll(async () => {
  keys = sourceKeys(join(folder, 'keys.json'));
  const sources: SourceAddress[] = sourceFacts.map((fact) => ({
    name: sourceNames[fact],
    fact,
    url: `unix:${socket}`,
    sandboxKey: keys[fact].publicKey,
  }));
  desk = await openPartyDesk({ sources });
  const { database, owner } = desk;
  await createVault(owner, freshKey().address);
  await owner.client.create({ data: { id: client } });
  const books = { database, owner, web: desk.context.db, worker: desk.worker.db };
  await deposit(books, client, 3_000_000_000_000n);
  wallets.usual = await list(freshKey().address);
  wallets.marked = await list(markedAddress);
  desk.passTime(6_000);
});
afterEach(close);
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code ?? null;

const withdraw = (amount: string, destination = wallets.usual) =>
  prepareWithdrawal(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      vault: 'warm-1',
      destination,
      asset: 'SOL',
      amount,
      memo: '',
      reason: 'Client asked for it',
    },
    desk.context,
  );

async function allowedFor(amount: string) {
  const { value } = { value: valueOf(await withdraw(amount)) };
  if (value.outcome !== 'sign') throw new Error('It was raised before.');
  return value;
}

/** What was kept is too old after this. */
const stale = () => desk.passTime(2 * 3_600_000);

describe('what sources say', () => {
  it('decides who is asked, and is kept with its signature', async () => {
    await open();
    const small = await allowedFor('1');
    expect(small.allowed).toMatchObject({ rule: 'withdrawal', waitSeconds: 0 });
    expect(small.allowed.needs.map(({ people }) => people)).toEqual([1, 1]);
    const facts = await desk.owner.signedFact.findMany({ orderBy: { fact: 'asc' } });
    expect(facts.map(({ fact, subject }) => [fact, subject.split(' ')[0]])).toEqual([
      ['price', 'SOL'],
      ['risk', 'solana:sandbox'],
      ['standing', client],
    ]);
  });

  it('says what it is worth in euro, by whose price of when, and nothing once the price is too old', async () => {
    await open();
    const { eurValue, intent } = await allowedFor('2');
    const row = await desk.owner.signedFact.findFirstOrThrow({ where: { fact: 'price' } });
    const { microEur } = row.document as { microEur: string };
    expect(eurValue).toMatchObject({
      eur: formatAmount((BigInt(microEur) * 2n + 9_999n) / 10_000n, 2),
      source: sourceNames.price,
      observedAt: row.observedAt.toISOString(),
    });
    const { policy } = (await loadTrust(desk.owner)) ?? {};
    if (!policy) throw new Error('A policy is in force.');
    const late = new Date(desk.context.clock().getTime() + 2 * 3_600_000);
    expect(await findEurValue(intent, { policy, at: late }, desk.owner)).toBeNull();
  });

  it('keeps a first payment small, whatever it is worth', async () => {
    await open();
    expect(code(await withdraw('51'))).toBe('first-use-cap-exceeded');
  });

  it('refuses an address that screening marks', async () => {
    await open();
    const refused = await withdraw('1', wallets.marked);
    expect(refused).toMatchObject({
      refusal: { code: 'policy-denies', sentence: expect.stringContaining('its risk is high') },
    });
  });

  it('lets nothing pass when a source is away, and says which', async () => {
    stale();
    const refused = await withdraw('1');
    expect(code(refused)).toBe('fact-missing');
    expect(refused).toMatchObject({
      refusal: { sentence: expect.stringContaining('Source sandbox-screening cannot be reached') },
    });
  });

  it.each([
    ['with a key that is not the source’s', 'source-unauthentic'],
    ['with something else than a fact', 'source-answer-invalid'],
    ['with an endless answer', 'source-answer-invalid'],
    ['with an error', 'source-answer-invalid'],
  ])('lets nothing pass when somebody answers in its place %s', async (how, fault) => {
    stale();
    const stranger = sourceKeys(join(folder, 'stranger.json'));
    if (fault === 'source-unauthentic')
      server = await openSources(stranger, socket, desk.context.clock);
    else {
      server = createServer((_, response) => {
        response.writeHead(how === 'with an error' ? 500 : 200);
        response.end(how === 'with an endless answer' ? 'x'.repeat(100_000) : '{"fact":"price"}');
      });
      await new Promise<void>((resolve) => server?.listen(socket, resolve));
    }
    const before = await desk.owner.signedFact.count();
    expect(code(await withdraw('1'))).toBe('fact-missing');
    expect(await desk.owner.signedFact.count()).toBe(before);
  });

  it('does not count from a row that somebody wrote into the database, which hides no genuine one', async () => {
    stale();
    // Twenty of each, and each claims to be newer than whatever a source says now, and to be written later.
    await desk.owner.signedFact.createMany({
      data: sourceFacts.flatMap((fact) =>
        Array.from({ length: 20 }, (_, ahead) => ({
          source: sourceNames[fact],
          fact,
          subject: fact === 'price' ? 'SOL' : fact === 'standing' ? client : 'solana:sandbox x',
          observedAt: new Date(desk.context.clock().getTime() + (ahead + 1) * 2_000),
          recordedAt: new Date('2999-01-01'),
          document: { source: sourceNames[fact], fact },
          signature: 'ab'.repeat(64),
        })),
      ),
    });
    expect(code(await withdraw('1'))).toBe('fact-missing');
    await open();
    expect(code(await withdraw('1'))).toBeNull();
  });
});

describe('an operation on its way', () => {
  async function raised(): Promise<{ id: string; intent: WithdrawalIntent }> {
    await open();
    const prepared = await allowedFor('1');
    const { operation } = valueOf(
      await state(desk, 'ada', { ok: true, value: { request: prepared.request } }),
    );
    return { id: operation, intent: withdrawalIntent.parse(prepared.intent) };
  }

  it('goes to the parties with fresh facts, and to none of them without', async () => {
    const { id, intent } = await raised();
    const loaded = await loadStanding(desk.owner, id, desk.context.clock());
    if (!loaded) throw new Error('It was raised.');
    const bundle = await bundleWithFacts(loaded.row, intent, desk.worker);
    expect(bundle.facts?.map(({ fact }) => fact.fact).toSorted()).toEqual([
      'price',
      'risk',
      'standing',
    ]);
    stale();
    await close();
    await expect(bundleWithFacts(loaded.row, intent, desk.worker)).rejects.toThrow(
      'Source sandbox-prices cannot be reached.',
    );
  });
});

describe('a source without an address in the settings', () => {
  it('is said', async () => {
    const { sources: _sources, ...settings } = desk.context.settings;
    expect(await findUnsetSources(desk.worker)).toEqual([]);
    const unset = await findUnsetSources({ ...desk.worker, settings });
    expect(unset).toHaveLength(3);
    expect(unset[0]).toContain('sandbox-prices, which has no address in COUNTERSIGN_SOURCES');
  });
});
