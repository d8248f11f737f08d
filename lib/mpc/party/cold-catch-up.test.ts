import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { timedKind } from '#lib/protocol/intent-kinds.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { adopt as adoptAt } from '../client/party-client.ts';
import { finishColdSigning } from '../client/cold-signing.ts';
import type { ColdKnowledge } from '../client/cold-knowledge.ts';
import {
  bytesOf,
  coldWithdrawal,
  onlineOf,
  openColdCustody,
  openColdVault,
  rewritten,
  sendOut,
  signAt,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import { must, type Vault } from '../testing/custody.ts';
import { inAnHour, rosterChangeIntent } from '../testing/organisation.ts';
import { bring } from './cold-desk.ts';
import { standingOf } from './standing.ts';
import { findDestination } from './store/destinations.ts';
import { standingFreezes } from './store/stops.ts';
import { takeNo } from './take-no.ts';

const HOUR = 3_600_000;
let custody: ColdCustody;
afterEach(() => custody.remove());

const base = () => ({
  type: 'countersign/intent/v1' as const,
  organisation: 'sample-custody',
  environment: 'sandbox' as const,
  operation: randomUUID(),
  notAfter: inAnHour(),
});
const online = () => [custody.control, custody.custody, custody.recovery];
async function everybody(intent: Intent, changes = {}): Promise<void> {
  const bundle = custody.organisation.bundle(intent, changes);
  for (const { client } of online()) must(await adoptAt(client, bundle));
}
const refusalAt = (text: string): string => {
  const brought = bring(custody.a.desk, bytesOf(text));
  return 'refusal' in brought ? brought.refusal : brought.state;
};

describe('a cold party that was off', () => {
  test('catches up with roster, freezes, a no and destinations from the request itself, and signs', async () => {
    custody = openColdCustody();
    const vault = await openColdVault(custody);
    await everybody(rosterChangeIntent(custody.organisation.roster));
    const second = custody.control.party.trust?.roster;
    if (!second) throw new Error('pinned');
    await everybody(rosterChangeIntent(second));
    const frozen: Intent = {
      ...base(),
      kind: 'freeze',
      scope: { what: 'vault', vault: 'warm-1' },
      reasonCommitment: 'ab'.repeat(32),
    };
    const freeze = {
      intent: frozen,
      statements: [custody.organisation.say('cora', 'raise', frozen)],
    };
    for (const { client } of online()) must(await adoptAt(client, freeze));
    const refused = coldWithdrawal(vault);
    const no = custody.organisation.say('adam', 'reject', refused);
    for (const { party } of online()) expect(takeNo(party, no).ok).toBe(true);
    expect(custody.a.party.trust?.roster.version).toBe(1);
    const out = await sendOut(custody, vault);
    const answer = signAt(custody.a, custody, out.text);
    expect(custody.a.party.trust?.roster.version).toBe(3);
    expect(standingFreezes(custody.a.party.database, custody.a.party.kek)).toHaveLength(1);
    expect(standingOf(custody.a.party)).toBe(standingOf(custody.control.party));
    const finished = await finishColdSigning(onlineOf(custody), out.trip, bytesOf(answer.text), {
      now: new Date(),
    });
    if (!finished.ok) throw new Error(finished.refusal);
    // What it knows now is not brought again; the signature is.
    const next = await sendOut(custody, vault, { knowledge: finished.value.knowledge });
    const { news } = (JSON.parse(next.text.split('\n')[2] ?? '') as { body: { news: unknown[] } })
      .body;
    expect(news).toMatchObject([{ what: 'signature', operation: out.intent.operation }]);
    expect(refusalAt(next.text)).toBe('open');
    // A console that believes the cold party knew more than it does is told so by name.
    const wrong: ColdKnowledge = { by: 'control', seq: 99, settlements: [] };
    const late = await sendOut(custody, vault, { knowledge: wrong });
    expect(refusalAt(late.text)).toBe('open');
  });

  test('refuses by name where it lacks a version, and goes on once it has it', async () => {
    custody = openColdCustody();
    const vault = await openColdVault(custody);
    await everybody(rosterChangeIntent(custody.organisation.roster));
    const wrong: ColdKnowledge = { by: 'control', seq: 99, settlements: [] };
    const lacking = await sendOut(custody, vault, { knowledge: wrong });
    expect(refusalAt(lacking.text)).toBe('destination-not-listed');
    const full = await sendOut(custody, vault);
    const cut = rewritten(full.text, (document) => {
      const body = document['body'] as { news: unknown[] };
      body.news = body.news.slice(0, 1);
    });
    expect(refusalAt(cut)).toBe('peer-heads-differ');
    expect(refusalAt(full.text)).toBe('open');
  });

  test('takes what people let expire only by the word of two others', async () => {
    custody = openColdCustody();
    const vault = await openColdVault(custody);
    await everybody(rosterChangeIntent(custody.organisation.roster));
    custody.clock.ahead += 5 * HOUR;
    const later = (ms: number) => new Date(Date.now() + custody.clock.ahead + ms).toISOString();
    const intent = { ...coldWithdrawal(vault), notAfter: later(HOUR) };
    const bundle = custody.organisation.bundle(intent, {
      issuedAt: later(0),
      expiresAt: later(HOUR),
    });
    const out = await sendOut(custody, vault, { intent, bundle });
    const receipts = (keep: number): string =>
      rewritten(out.text, (document) => {
        const body = document['body'] as { news: { receipts: unknown[] }[] };
        for (const item of body.news) item.receipts = item.receipts.slice(0, keep);
      });
    expect(refusalAt(receipts(1))).toBe('intent-expired');
    expect(refusalAt(receipts(2))).toBe('open');
  });
});

describe('a wait', () => {
  const DAY = 24 * HOUR;
  const rules = {
    timeLockSeconds: DAY / 1000,
    book: { coolDownSeconds: DAY / 1000 },
    lifetimes: Object.fromEntries(
      timedKind.options.map((kind) => [kind, (5 * DAY) / 1000]),
    ) as Policy['lifetimes'],
  };
  const inDays = (days: number): string =>
    new Date(Date.now() + custody.clock.ahead + days * DAY).toISOString();
  const statedNow = () => ({ issuedAt: inDays(0), expiresAt: inDays(5) });
  const longStated = (intent: Intent) =>
    custody.organisation.bundle({ ...intent, notAfter: inDays(5) }, statedNow());
  /** A withdrawal of today, whatever day it is. */
  const sendToday = (vault: Vault) => {
    const intent = { ...coldWithdrawal(vault), notAfter: inDays(1) };
    return sendOut(custody, vault, {
      intent,
      bundle: custody.organisation.bundle(intent, statedNow()),
    });
  };
  /** The newest of the news with the word of one party only. */
  const oneReceipt = (text: string): string =>
    rewritten(text, (document) => {
      const body = document['body'] as { news: { receipts: unknown[] }[] };
      const newest = body.news.at(-1);
      if (newest) newest.receipts = newest.receipts.slice(0, 1);
    });

  test('that was over for two parties with a network is over for another one, on the word of both', async () => {
    custody = openColdCustody(rules);
    const vault = await openColdVault(custody, longStated);
    const next = rosterChangeIntent(custody.organisation.roster);
    const bundle = longStated(next);
    const [control, second, third] = online();
    if (!control || !second || !third) throw new Error('three parties');
    for (const { client } of [control, second])
      expect(await adoptAt(client, bundle)).toMatchObject({ refusal: 'time-lock-running' });
    custody.clock.ahead += 1.1 * DAY;
    const receipts = [
      must(await adoptAt(control.client, bundle)),
      must(await adoptAt(second.client, bundle)),
    ];
    // The third has just heard of it, and by the word of one it counts for itself.
    for (const word of receipts)
      expect(await adoptAt(third.client, bundle, [word])).toMatchObject({
        refusal: 'time-lock-running',
      });
    const out = await sendToday(vault);
    expect(refusalAt(oneReceipt(out.text))).toBe('time-lock-running');
    expect(custody.a.party.trust?.roster.version).toBe(1);
    // Words of parties that are not as far yet would differ, so only those two are heard here.
    const heard = rewritten(out.text, (document) => {
      const body = document['body'] as { words: unknown[] };
      body.words = body.words.slice(0, 2);
    });
    expect(refusalAt(heard)).toBe('open');
    expect(custody.a.party.trust?.roster.version).toBe(2);
    expect(refusalAt(out.text)).toBe('peer-heads-differ');
    must(await adoptAt(third.client, bundle, receipts));
  });

  test('to cool down counts from when two parties with a network listed the destination', async () => {
    custody = openColdCustody(rules);
    const vault = await openColdVault(custody, longStated);
    const listedAt = Date.now();
    custody.clock.ahead += 1.1 * DAY;
    const out = await sendToday(vault);
    const { database, kek } = custody.a.party;
    const listed = () => findDestination(database, kek, vault.destination.id);
    expect(refusalAt(out.text)).toBe('open');
    expect(Math.abs(Date.parse(listed()?.listedAt ?? '') - listedAt)).toBeLessThan(60_000);
  });

  test('to cool down begins at the cold party where only one other listed it', async () => {
    custody = openColdCustody(rules);
    const vault = await openColdVault(custody, longStated);
    custody.clock.ahead += 1.1 * DAY;
    const out = await sendToday(vault);
    expect(refusalAt(oneReceipt(out.text))).toBe('destination-cooling-down');
  });
});
