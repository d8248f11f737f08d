import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { rewritten } from '#lib/mpc/testing/cold-custody.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { travelWords } from '#lib/protocol/travel/travel-document.ts';
import { createSandboxControl } from '#lib/sandbox/solana/control.ts';
import { startSandbox, type SandboxProcess } from '#lib/sandbox/solana/testing/sandbox-process.ts';
import { freshKey, SOL, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { keepNonceAccounts } from '../execution/keep-nonce-accounts.ts';
import { reportParties } from '../execution/report-parties.ts';
import { prepareKeyRefresh } from '../keys/prepare-key-refresh.ts';
import { prepareDestination } from '../prepare-destination.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { prepareWithdrawal } from '../prepare-withdrawal.ts';
import { carryCeremonyOf, documentsOut, siteOf as siteIn } from '../testing/carry-trips.ts';
import { signAtSite } from '../testing/cold-sites.ts';
import { advance, decide, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';
import { loadTrust } from '../trust.ts';
import { viewOperation } from '../view-operation.ts';
import { bringAnswer } from './bring-answer.ts';
import { orderTrip } from './order-trip.ts';

const client = 'C-1001';
const data = mkdtempSync(join(tmpdir(), 'cs-cold-trips-'));
let chain: SandboxProcess;
let desk: PartyDesk;
let destination: string;
let tripsForTheKey: number;

const siteOf = (name: string) => siteIn(desk, name);

const order = (operation: string, party: string | null, name: 'ada' | 'marek' = 'marek') =>
  orderTrip(desk.people[name].actor, { operation, party }, desk.context);

const bringBack = (document: bigint, text: string) =>
  bringAnswer(desk.people.marek.actor, { document: String(document), text }, desk.context);

const newestTrip = (operation: string) =>
  desk.owner.coldTrip.findFirstOrThrow({
    where: { operationId: operation },
    orderBy: [{ orderedAt: 'desc' }, { state: 'desc' }],
    include: { documents: { orderBy: { id: 'asc' } } },
  });

const outOf = (operation: string) => documentsOut(desk, operation);

async function makeColdVault(): Promise<number> {
  const prepared = await prepareKeyCeremony(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      vault: 'cold-1',
      name: 'Cold 1',
      tier: 'cold',
      chain: 'solana:sandbox',
    },
    desk.context,
  );
  expect(valueOf(prepared).intent.parties).toEqual(['control', 'cold-a', 'cold-b']);
  const operation = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  expect(await advance(desk, operation)).toBe('cosigned');
  return carryCeremonyOf(desk, operation);
}

beforeAll(async () => {
  chain = await startSandbox({ data });
  const feePayer = freshKey();
  await createSandboxControl(chain.url).deposit(feePayer.address, SOL);
  const solana = createSolanaClient(chain.url, { timeoutMs: 5_000 });
  desk = await openPartyDesk({}, { solana, feePayer }, { hasCold: true });
  const { owner } = desk;
  await owner.client.create({ data: { id: client } });
  tripsForTheKey = await makeColdVault();
  const { address } = await owner.vault.findUniqueOrThrow({ where: { id: 'cold-1' } });
  await createSandboxControl(chain.url).deposit(address, 100n * SOL);
  await until('the vault has nonce accounts', async () => {
    await keepNonceAccounts(desk.worker);
    return (await owner.nonceAccount.count()) >= 4;
  });
  const credited = await creditDeposit(desk.worker.db, {
    chain: 'solana:sandbox',
    txid: 'deposit-1',
    vault: 'cold-1',
    client,
    asset: 'SOL',
    amount: 50n * SOL,
  });
  if (!credited.ok) throw new Error(credited.refusal.sentence);
  const prepared = await prepareDestination(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: freshKey().address,
      label: 'Own wallet',
    },
    desk.context,
  );
  await advance(desk, await stateAll(desk, prepared));
  destination = valueOf(prepared).intent.destination.id;
  desk.passTime(6_000);
}, 90_000);
afterAll(async () => {
  await desk.close();
  await chain.stop('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** A withdrawal from the cold vault that everybody has stated. */
async function withdrawal(): Promise<string> {
  const prepared = await prepareWithdrawal(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      vault: 'cold-1',
      destination,
      asset: 'SOL',
      amount: '1',
      memo: '',
      reason: 'Client asked for it',
    },
    desk.context,
  );
  if (!prepared.ok || prepared.value.outcome !== 'sign')
    throw new Error(prepared.ok ? 'Raised before.' : prepared.refusal.sentence);
  const { request } = prepared.value;
  const operation = await stateAll(desk, { ok: true, value: { request } });
  await until('it is tied to a nonce value', async () => {
    await keepNonceAccounts(desk.worker);
    return (await advance(desk, operation)) === 'signing';
  });
  return operation;
}

/** The request of a trip to cold-a as it leaves. */
async function sendOut(operation: string, party = 'cold-a') {
  valueOf(await order(operation, party));
  expect(await advance(desk, operation)).toBe('signing');
  const [document] = await outOf(operation);
  if (!document) throw new Error('Nothing left.');
  return document;
}

/** What cold-a answers to a request in which somebody changed what another party said. */
function refusalOf(request: string) {
  const changed = rewritten(request, (document) => {
    const { words } = document['body'] as { words: { word: { at: string } }[] };
    if (words[0]) words[0].word.at = new Date(0).toISOString();
  });
  return signAtSite(siteOf('cold-a'), changed, desk.people.jonas);
}

/** Signed, sent and in the books; what it was tied to on the chain is free again. */
async function untilConfirmed(operation: string): Promise<void> {
  expect(await advance(desk, operation)).toBe('broadcast');
  await until('it is confirmed', async () => (await advance(desk, operation)) === 'confirmed');
}

describe('the key of a cold vault', () => {
  it('is made in six trips to both cold parties, whose answers the console keeps', async () => {
    expect(tripsForTheKey).toBe(6);
    const key = await desk.owner.mpcKey.findUniqueOrThrow({ where: { id: 'key-cold-1' } });
    expect(key.parties).toEqual(['control', 'cold-a', 'cold-b']);
    const documents = await desk.owner.coldDocument.findMany({
      where: { trip: { operationId: key.operationId } },
    });
    expect(documents).toHaveLength(12);
    expect(documents.every(({ takenAt, refusalCode }) => takenAt && !refusalCode)).toBe(true);
  });
});

describe('a withdrawal from a cold vault', () => {
  it('is signed by one trip that somebody ordered, and by no other way', async () => {
    const operation = await withdrawal();
    expect(await advance(desk, operation)).toBe('signing');
    expect(await desk.owner.coldTrip.count({ where: { operationId: operation } })).toBe(0);
    const out = await sendOut(operation);
    const answer = signAtSite(siteOf('cold-a'), out.document, desk.people.jonas);
    const { words } = valueOf(await bringBack(out.id, answer.text));
    expect(words).toEqual(travelWords(answer.digest));
    await untilConfirmed(operation);
    expect((await newestTrip(operation)).state).toBe('done');
    const [transaction] = await desk.owner.chainTransaction.findMany({
      where: { operationId: operation },
    });
    expect(transaction?.txid).not.toBeNull();
    const { knowledge } = await desk.owner.coldKnowledge.findUniqueOrThrow({
      where: { party: 'cold-a' },
    });
    // What it was told once travels no more, and the signature that it gave a share to travels next.
    expect(knowledge).toMatchObject({ by: 'control', settlements: [{ operation }] });
    expect((knowledge as { seq: number }).seq).toBeGreaterThan(0);
  });

  it('says of each party whether it holds a share of its key', async () => {
    const operation = await withdrawal();
    const { parties } = valueOf(
      await viewOperation(desk.people.marek.actor, operation, desk.context),
    );
    const without = parties.filter(({ sentence }) =>
      sentence.startsWith('It holds no share of the key of this vault'),
    );
    const { key } = await desk.owner.vault.findUniqueOrThrow({
      where: { id: 'cold-1' },
      include: { key: true },
    });
    const names = parties.map(({ name }) => name);
    expect(without.map(({ name }) => name)).toEqual(
      names.filter((name) => !key.parties.includes(name)),
    );
    expect(names).toEqual(expect.arrayContaining(key.parties));
  });

  it('has its trip voided by a restart of the party that waits, and a new one ends well', async () => {
    const operation = await withdrawal();
    const out = await sendOut(operation);
    const { party } = desk.parties.control.local;
    // What a restart does to what lies in memory.
    party.sessions.clear();
    expect(await advance(desk, operation)).toBe('signing');
    const lost = await newestTrip(operation);
    expect([lost.state, lost.stopCode, lost.stopParty]).toEqual(['void', 'trip-void', 'control']);
    const late = signAtSite(siteOf('cold-a'), out.document, desk.people.jonas);
    expect(await bringBack(out.id, late.text)).toMatchObject({ refusal: { code: 'trip-over' } });
    desk.passTime(1_000);
    const again = await sendOut(operation);
    const answer = signAtSite(siteOf('cold-a'), again.document, desk.people.jonas);
    valueOf(await bringBack(again.id, answer.text));
    await untilConfirmed(operation);
  });

  it('shows why the cold party refused, and takes a better answer to the same request', async () => {
    const operation = await withdrawal();
    const out = await sendOut(operation);
    const refusal = refusalOf(out.document);
    valueOf(await bringBack(out.id, refusal.text));
    expect(await advance(desk, operation)).toBe('signing');
    const kept = await desk.owner.coldDocument.findUniqueOrThrow({ where: { id: out.id } });
    expect([kept.refusalCode, kept.refusalParty]).toEqual(['cold-word-invalid', 'cold-a']);
    expect(await bringBack(out.id, refusal.text)).toMatchObject({
      refusal: { code: 'answer-refused-before' },
    });
    const answer = signAtSite(siteOf('cold-a'), out.document, desk.people.jonas);
    valueOf(await bringBack(out.id, answer.text));
    await untilConfirmed(operation);
  });
});

describe('a withdrawal from a cold vault that people travel for', () => {
  it('may be signed at the cold site on the day after everybody stated it', async () => {
    const operation = await withdrawal();
    desk.passTime(30 * 3_600_000);
    const out = await sendOut(operation);
    const answer = signAtSite(siteOf('cold-a'), out.document, desk.people.jonas);
    valueOf(await bringBack(out.id, answer.text));
    await untilConfirmed(operation);
  });
});

describe('an answer', () => {
  it('that waits to be checked is not replaced by another one; the same is taken as brought, and a better one after its refusal', async () => {
    const operation = await withdrawal();
    const out = await sendOut(operation);
    const bad = refusalOf(out.document);
    const good = signAtSite(siteOf('cold-a'), out.document, desk.people.jonas);
    const first = valueOf(await bringBack(out.id, bad.text));
    expect(await bringBack(out.id, good.text)).toMatchObject({ refusal: { code: 'answer-waits' } });
    expect(valueOf(await bringBack(out.id, bad.text))).toEqual(first);
    const brought = await desk.owner.auditEntry.count({
      where: { kind: 'cold-answer-brought', subject: operation },
    });
    expect(brought).toBe(1);
    const kept = await desk.owner.coldDocument.findUniqueOrThrow({ where: { id: out.id } });
    expect(kept.answer).toBe(bad.text);
    expect(await advance(desk, operation)).toBe('signing');
    valueOf(await bringBack(out.id, good.text));
    expect(await bringBack(out.id, bad.text)).toMatchObject({ ok: false });
    await untilConfirmed(operation);
  });

  it.each([
    ['nonsense', () => 'nonsense', 'travel-not-ours'],
    ['the request itself', (request: string) => request, 'cold-own-request'],
    [
      'a damaged one',
      (_: string, answer: string) => answer.replace('"share"', '"sharf"'),
      'travel-damaged',
    ],
  ])('that is %s is refused at once, and nothing is kept', async (_, make, code) => {
    const operation = await withdrawal();
    const out = await sendOut(operation);
    const answer = signAtSite(siteOf('cold-a'), out.document, desk.people.jonas);
    const refused = await bringBack(out.id, make(out.document, answer.text));
    expect(refused).toMatchObject({ ok: false, refusal: { code } });
    const kept = await desk.owner.coldDocument.findUniqueOrThrow({ where: { id: out.id } });
    expect(kept.answer).toBeNull();
  });
});

describe('a trip', () => {
  it('is ordered for an operation that waits for one, by officers, to a party of its key', async () => {
    const operation = await withdrawal();
    expect(await order(operation, 'control')).toMatchObject({ refusal: { code: 'form-invalid' } });
    expect(await order(operation, null)).toMatchObject({ refusal: { code: 'form-invalid' } });
    // Its group is recovery, and the rule asks approvers and co-signers only.
    expect(await order(operation, 'cold-b')).toMatchObject({
      refusal: { code: 'own-group-not-needed' },
    });
    expect(await order(randomUUID(), 'cold-a')).toMatchObject({
      refusal: { code: 'operation-unknown' },
    });
    const [listing] = await desk.owner.operation.findMany({
      where: { kind: 'destination-listing' },
    });
    expect(await order(listing?.id ?? '', 'cold-a')).toMatchObject({
      refusal: { code: 'trip-not-needed' },
    });
    const rejected = await withdrawal();
    await desk.owner.operation.update({
      where: { id: rejected },
      data: { state: 'held', revision: { increment: 1 } },
    });
    expect(await order(rejected, 'cold-a')).toMatchObject({ refusal: { code: 'trip-not-now' } });
  });

  it('replaces the one before, which its answer can no longer end', async () => {
    const operation = await withdrawal();
    const first = await sendOut(operation);
    const answer = signAtSite(siteOf('cold-a'), first.document, desk.people.jonas);
    desk.passTime(1_000);
    await sendOut(operation);
    const states = await desk.owner.coldTrip.findMany({ where: { operationId: operation } });
    expect(states.map(({ state }) => state).sort()).toEqual(['out', 'replaced']);
    expect(await bringBack(first.id, answer.text)).toMatchObject({
      refusal: { code: 'trip-over' },
    });
  });
});

describe('a refresh of a cold key', () => {
  it('takes ten trips, after which the new shares sign', async () => {
    await reportParties(desk.worker);
    const prepared = await prepareKeyRefresh(
      desk.people.ada.actor,
      { operation: randomUUID(), key: 'key-cold-1' },
      desk.context,
    );
    const operation = await stateAll(desk, prepared);
    valueOf(await decide(desk, 'sofia', operation, 'cosign'));
    expect(await carryCeremonyOf(desk, operation)).toBe(10);
    const sent = await withdrawal();
    const out = await sendOut(sent);
    const answer = signAtSite(siteOf('cold-a'), out.document, desk.people.jonas);
    valueOf(await bringBack(out.id, answer.text));
    await untilConfirmed(sent);
  });
});

describe('ordering', () => {
  it('has a limit for each hour, and is refused to somebody whose grant has ended', async () => {
    const operation = await withdrawal();
    for (let ordered = 0; ordered < 30; ordered += 1) valueOf(await order(operation, 'cold-a'));
    expect(await order(operation, 'cold-a')).toMatchObject({
      refusal: { code: 'trips-too-many' },
    });
    desk.passTime(3_600_000);
    const trust = await loadTrust(desk.owner);
    if (!trust) throw new Error('There is no roster.');
    const notAfter = new Date(desk.context.clock().getTime() - 1000).toISOString();
    const version = trust.roster.version + 1;
    const people = trust.roster.people.map((person) =>
      person.id === desk.people.marek.actor.personId ? { ...person, notAfter } : person,
    );
    const roster = { ...trust.roster, version, previous: trust.rosterDigest, people };
    await desk.owner.rosterVersion.create({
      data: { version, digest: digestOf(roster), document: canonicalize(roster) },
    });
    expect(await order(operation, 'cold-a')).toMatchObject({ refusal: { code: 'grant-ended' } });
    expect(await bringBack(1n, '')).toMatchObject({ refusal: { code: 'grant-ended' } });
    expect(await order(operation, 'cold-a', 'ada')).toMatchObject({ ok: true });
  });
});
