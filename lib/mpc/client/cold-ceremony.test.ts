import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { splitIntoChunks } from '#lib/protocol/travel/split-into-chunks.ts';
import { bring, openDesk, proceed } from '../party/cold-desk.ts';
import { pinGenesis } from '../party/genesis.ts';
import { createParty } from '../party/open-party.ts';
import { prepareColdParty } from '../party/prepare-cold.ts';
import { keyEncryptionKey } from '../party/seal.ts';
import { findKey } from '../party/store/keys.ts';
import { takeNo } from '../party/take-no.ts';
import { readCodes } from '../travel/read-codes.ts';
import { TerminalLines } from '../travel/terminal-lines.ts';
import {
  bytesOf,
  carryRound,
  ceremonyWorld,
  coldKeyIntent,
  makeColdKey,
  newCeremony,
  openColdCustody,
  restart,
  rewritten,
  type ColdCustody,
} from '../testing/cold-custody.ts';
import { foundOrganisation, keyCeremonyIntent } from '../testing/organisation.ts';
import {
  advanceColdCeremony,
  isVoid,
  newColdCeremony,
  takeColdAnswer,
  type ColdCeremony,
} from './cold-ceremony.ts';
import type { Outgoing } from './cold-documents.ts';
import { runKeyCeremony } from './key-ceremony.ts';
import { offerGenesis, partyStatus, type PartyClient } from './party-client.ts';

let custody: ColdCustody;
afterEach(() => custody.remove());

const siteOf = (name: string) => (name === 'cold-a' ? custody.a : custody.b);
const now = () => new Date(Date.now() + custody.clock.ahead);

function begin(bundle = custody.organisation.bundle(coldKeyIntent())) {
  const world = ceremonyWorld(custody, bundle);
  const advance = (state: ColdCeremony) => advanceColdCeremony(state, world);
  const take = (state: ColdCeremony, cold: string, text: string) =>
    takeColdAnswer(state, world, { cold, answer: bytesOf(text), now: now() });
  /** One way there and back for both cold parties. */
  async function round(state: ColdCeremony): Promise<ColdCeremony> {
    const step = await advance(state);
    if (step.outcome.kind !== 'waiting') throw new Error(step.outcome.kind);
    let after = step.state;
    for (const { to, text } of step.outcome.documents) {
      const taken = await take(after, to, carryRound(siteOf(to), text).text);
      if (!taken.ok) throw new Error(taken.refusal);
      after = taken.value.state;
    }
    return after;
  }
  return { world, advance, take, round };
}

const documentsOf = (
  outcome: Awaited<ReturnType<ReturnType<typeof begin>['advance']>>['outcome'],
) => {
  if (outcome.kind !== 'waiting') throw new Error(outcome.kind);
  const [first, second] = outcome.documents;
  if (!first || !second) throw new Error('two documents');
  return [first, second] as const satisfies readonly Outgoing[];
};

describe('a key ceremony with two cold parties', () => {
  test('makes the key of a cold vault in six trips, by way of a row between any two', async () => {
    custody = openColdCustody();
    const { publicKey, trips } = await makeColdKey(custody);
    expect(trips).toBe(6);
    for (const { party } of [custody.control, custody.a, custody.b]) {
      const record = findKey(party.database, 'key-cold-1');
      expect(record).toMatchObject({ state: 'usable', tier: 'cold', vault: 'cold-1' });
      expect(record?.members.map(({ name }) => name)).toEqual(['control', 'cold-a', 'cold-b']);
    }
    for (const { party } of [custody.custody, custody.recovery])
      expect(findKey(party.database, 'key-cold-1')).toBeNull();
    expect(publicKey).toMatch(/^[0-9a-f]{64}$/u);
  });

  test('needs fewer parties with a network than the threshold', async () => {
    custody = openColdCustody();
    const intent = keyCeremonyIntent('key-warm-9', 'cold-9', ['control', 'recovery', 'cold-a']);
    if (intent.kind !== 'key-ceremony') throw new Error('a ceremony');
    const vault = { ...intent.vault, tier: 'cold' as const };
    const bundle = custody.organisation.bundle({ ...intent, vault });
    const step = await advanceColdCeremony(newCeremony(custody), {
      online: [custody.control.client, custody.recovery.client],
      others: [],
      drive: (clients: readonly PartyClient[]) => runKeyCeremony(clients, bundle),
      knowledge: {},
    });
    expect(step.outcome).toMatchObject({
      kind: 'refused',
      no: { refusal: 'ceremony-cold-key-online' },
    });
  });

  test('is void once a cold party closed its command, and says whose', async () => {
    custody = openColdCustody();
    const { round, advance, take } = begin();
    const state = await round(await round(newCeremony(custody)));
    restart(custody.b, custody);
    const step = await advance(state);
    const [first, second] = documentsOf(step.outcome);
    const one = await take(step.state, 'cold-a', carryRound(custody.a, first.text).text);
    if (!one.ok) throw new Error(one.refusal);
    const two = await take(one.value.state, 'cold-b', carryRound(custody.b, second.text).text);
    if (!two.ok || !two.value.no) throw new Error('no refusal');
    expect(two.value.no).toMatchObject({ refusal: 'ceremony-unknown', party: 'cold-b' });
    expect(isVoid(two.value.no)).toBe(true);
    // A new ceremony for the same operation ends at a key.
    const again = await makeColdKey(custody);
    expect(again.publicKey).toMatch(/^[0-9a-f]{64}$/u);
  });

  test('waits where parties with a network have not heard of each other’s last change, and goes on', async () => {
    custody = openColdCustody();
    const { advance, round } = begin();
    const { words } = custody.control.party.peers;
    const word = words.get('custody');
    const heardAt = now().getTime();
    const of = { heardAt, saidAt: heardAt, clockSkew: 0, isSetBack: false };
    words.set('custody', { ...of, standing: 'the one before' });
    const step = await advance(newCeremony(custody));
    expect(step.outcome).toMatchObject({
      kind: 'absent',
      no: { refusal: 'peer-heads-differ', party: 'control' },
    });
    if (word) words.set('custody', word);
    else words.delete('custody');
    expect((await advance(await round(step.state))).outcome.kind).toBe('waiting');
  });

  test('is void once the party with a network restarted', async () => {
    custody = openColdCustody();
    const { round, advance } = begin();
    const state = await round(await round(newCeremony(custody)));
    restart(custody.control, custody);
    expect((await advance(state)).outcome).toMatchObject({
      kind: 'void',
      no: { refusal: 'ceremony-unknown', party: 'control' },
    });
  });

  test('lives for a week, and not longer', async () => {
    custody = openColdCustody();
    const { round, advance } = begin();
    let state = await round(newCeremony(custody));
    custody.clock.ahead += 6.9 * 86_400_000;
    state = await round(state);
    custody.clock.ahead += 0.2 * 86_400_000;
    expect((await advance(state)).outcome).toMatchObject({ kind: 'void' });
  });

  test('is stopped by a rejection, wherever that arrives', async () => {
    custody = openColdCustody();
    const bundle = custody.organisation.bundle(coldKeyIntent());
    const { round, advance, take } = begin(bundle);
    const state = await round(newCeremony(custody));
    const no = custody.organisation.say('remy', 'reject', bundle.intent);
    expect(takeNo(custody.b.party, no).ok).toBe(true);
    const step = await advance(state);
    const [, second] = documentsOf(step.outcome);
    const brought = bring(custody.b.desk, bytesOf(second.text));
    if (brought.state !== 'open') throw new Error(brought.state);
    const left = proceed(custody.b.desk);
    if (!left.ok) throw new Error(left.refusal);
    const taken = await take(step.state, 'cold-b', left.value.text);
    // Its session went with the "no", so whatever comes next finds none.
    expect(taken).toMatchObject({
      value: { no: { refusal: 'ceremony-unknown', party: 'cold-b' } },
    });
  });

  test('gives the same documents and the same answers however often they are asked for', async () => {
    custody = openColdCustody();
    const { advance, take } = begin();
    const step = await advance(newCeremony(custody));
    const [first] = documentsOf(step.outcome);
    const again = await advance(step.state);
    expect(documentsOf(again.outcome)[0]).toEqual(first);
    const answer = carryRound(custody.a, first.text);
    expect(carryRound(custody.a, first.text)).toEqual(answer);
    const taken = await take(step.state, 'cold-a', answer.text);
    if (!taken.ok) throw new Error(taken.refusal);
    // What was answered is over: the next document is another step, and this one is not taken again.
    expect(await take(taken.value.state, 'cold-a', answer.text)).toMatchObject({
      refusal: 'travel-out-of-step',
    });
  });

  test('takes no answer of another party, another trip or another step', async () => {
    custody = openColdCustody();
    const { advance, take, round } = begin();
    const step = await advance(newCeremony(custody));
    const [first, second] = documentsOf(step.outcome);
    const [a, b] = [carryRound(custody.a, first.text), carryRound(custody.b, second.text)];
    const cases: [string, string][] = [
      [b.text, 'travel-other-sender'],
      [first.text, 'travel-misaddressed'],
      [
        rewritten(a.text, (document) => void (document['trip'] = 'ab'.repeat(32))),
        'travel-other-trip',
      ],
      [rewritten(a.text, (document) => void (document['step'] = 4)), 'travel-out-of-step'],
      [rewritten(a.text, (document) => void (document['body'] = {})), 'travel-malformed'],
      [a.text.replace('"value"', '"valuf"'), 'travel-damaged'],
    ];
    for (const [text, refusal] of cases)
      expect(await take(step.state, 'cold-a', text)).toMatchObject({ ok: false, refusal });
    expect(bring(custody.b.desk, bytesOf(first.text))).toMatchObject({
      refusal: 'travel-misaddressed',
    });
    // Once a later step was answered, an earlier one is none of this trip any more.
    const state = await round(await round(step.state));
    const old = await advance(state);
    carryRound(custody.a, documentsOf(old.outcome)[0].text);
    const stale = rewritten(first.text, (document) => void (document['step'] = 3));
    expect(bring(custody.a.desk, bytesOf(stale))).toMatchObject({ refusal: 'travel-out-of-step' });
  });

  test('is stopped by a relay that changes what one cold party tells the other', async () => {
    custody = openColdCustody();
    const { advance, take } = begin();
    const step = await advance(newCeremony(custody));
    const [first, second] = documentsOf(step.outcome);
    const a = await take(step.state, 'cold-a', carryRound(custody.a, first.text).text);
    if (!a.ok) throw new Error(a.refusal);
    const b = await take(a.value.state, 'cold-b', carryRound(custody.b, second.text).text);
    if (!b.ok) throw new Error(b.refusal);
    const next = await advance(b.value.state);
    const swapped = rewritten(documentsOf(next.outcome)[0].text, (document) => {
      const { calls } = document['body'] as {
        calls: { request: { envelopes: { envelope: { payload: Record<string, unknown> } }[] } }[];
      };
      const envelope = calls[0]?.request.envelopes[1];
      if (envelope) envelope.envelope.payload['commitment'] = 'ab'.repeat(32);
    });
    const answer = carryRound(custody.a, swapped);
    expect(await take(next.state, 'cold-a', answer.text)).toMatchObject({
      value: { no: { refusal: 'envelope-unauthentic' } },
    });
  });
});

describe('a round that travels', () => {
  const ask = async (method: string, request: unknown) => {
    const world = ceremonyWorld(custody, custody.organisation.bundle(coldKeyIntent()));
    const step = await advanceColdCeremony(newCeremony(custody), world);
    return rewritten(documentsOf(step.outcome)[0].text, (document) => {
      (document['body'] as Record<string, unknown>)['calls'] = [{ method, request }];
    });
  };

  test.each([
    'signBegin',
    'signShare',
    'signFinish',
    'signSettle',
    'coldWord',
    'coldHeads',
    'constructor',
    'toString',
    'ceremonyNothing',
  ])('is none of these: %s', async (method) => {
    custody = openColdCustody();
    const text = await ask(method, {});
    expect(bring(custody.a.desk, bytesOf(text))).toMatchObject({
      state: 'refused',
      refusal: 'step-does-not-travel',
    });
  });

  test('is refused by name where its request has no form, and nothing is done', async () => {
    custody = openColdCustody();
    const text = await ask('ceremonyReveal', { key: 'NO', envelopes: 7 });
    const left = carryRound(custody.a, text);
    expect(left.text).toMatch(/request-malformed/u);
  });

  test('is read from codes in any order, with garbage among them', async () => {
    custody = openColdCustody();
    const world = ceremonyWorld(custody, custody.organisation.bundle(coldKeyIntent()));
    const step = await advanceColdCeremony(newCeremony(custody), world);
    const [first] = documentsOf(step.outcome);
    const split = await splitIntoChunks(bytesOf(first.text));
    if (!split.ok) throw new Error(split.refusal);
    const garbage = ['', 'CST1', 'CST1ZZZZ', 'hello', 'x'.repeat(9000), '\u0007\u001b[2J'];
    const typed = [...garbage, ...split.chunks.toReversed(), ...garbage].join('\r\n');
    async function* keyboard(): AsyncGenerator<string> {
      yield `${typed}\n`;
    }
    const read = await readCodes({ lines: new TerminalLines(keyboard()), write: () => undefined });
    if (!read.ok) throw new Error(read.refusal);
    expect(bring(custody.a.desk, read.bytes).state).toBe('open');
  });
});

test('a cold party says who it is, looks at a genesis and pins it before anything else', async () => {
  custody = openColdCustody();
  const folder = mkdtempSync(join(tmpdir(), 'cs-cold-new-'));
  const config = { ...custody.a.config, dataFolder: folder };
  const kek = new Uint8Array(randomBytes(32));
  const open = () => keyEncryptionKey(kek.slice());
  const entry = prepareColdParty({ config, kek: open(), index: 4 });
  expect(entry).toMatchObject({ name: 'cold-a', group: 'custody', cold: true, index: 4 });
  expect(prepareColdParty({ config, kek: open(), index: 4 })).toEqual(entry);
  const party = createParty({ config, kek: open(), log: () => undefined, now: () => new Date() });
  const desk = openDesk(party);
  const house = { organisation: 'sample-custody', environment: 'sandbox' as const };
  const world = {
    online: [custody.control.client],
    others: [],
    knowledge: {},
  };
  async function travel<T>(
    drive: (clients: readonly PartyClient[]) => Promise<T>,
  ): Promise<unknown> {
    const step = await advanceColdCeremony(newColdCeremony({ ...house, cold: ['cold-a'] }), {
      ...world,
      drive: async (clients) => {
        const cold = clients.filter(({ name }) => name === 'cold-a');
        return (await drive(cold)) as Awaited<ReturnType<typeof partyStatus>>;
      },
    });
    if (step.outcome.kind !== 'waiting') throw new Error(step.outcome.kind);
    const brought = bring(desk, bytesOf(step.outcome.documents[0]?.text ?? ''));
    if (brought.state !== 'open') throw new Error(JSON.stringify(brought));
    const left = proceed(desk);
    if (!left.ok) throw new Error(left.refusal);
    const taken = await takeColdAnswer(step.state, world, {
      cold: 'cold-a',
      answer: bytesOf(left.value.text),
      now: new Date(),
    });
    if (!taken.ok) throw new Error(taken.refusal);
    return taken.value.state.journal[0]?.value;
  }
  const first = (clients: readonly PartyClient[]) => clients[0] ?? custody.control.client;
  expect(await travel((clients) => partyStatus(first(clients)))).toMatchObject({
    identityKey: entry.identityKey,
    genesisDigest: null,
  });
  const parties = custody.organisation.roster.parties.map((one) =>
    one.name === 'cold-a' ? { ...entry, index: one.index } : one,
  );
  const { genesis } = foundOrganisation(parties);
  const offered = (await travel((clients) => offerGenesis(first(clients), genesis))) as {
    genesisDigest: string;
    pinned: boolean;
  };
  expect(offered.pinned).toBe(false);
  expect(pinGenesis(party, offered.genesisDigest).ok).toBe(true);
  party.database.close();
  rmSync(folder, { recursive: true, force: true });
});
