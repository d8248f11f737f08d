import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf, type KeyCeremonyIntent } from '#lib/protocol/intent.ts';
import { offerGenesis, partyStatus } from '../client/party-client.ts';
import type { Member } from '../frost/transcript.ts';
import { must } from '../testing/custody.ts';
import {
  ceremonyOf,
  deal,
  header,
  hostileParty,
  makeStory,
  promise,
  reveal,
  type CeremonyView,
  type HostileParty,
  type Story,
} from '../testing/hostile-party.ts';
import {
  everyKey,
  foundOrganisation,
  keyCeremonyIntent,
  type Organisation,
} from '../testing/organisation.ts';
import { pin, prepareParty, rosterEntry, type PartyProcess } from '../testing/party-process.ts';
import { sealEnvelope, type SignedEnvelope } from '../wire/envelope.ts';
import { ceremonyCommitment, ceremonyPackage, type CeremonyPackage } from '../wire/payloads.ts';
import { rpc } from '../wire/rpc.ts';
import { suiteOf } from '../frost/suite.ts';

describe.each(everyKey)('%s: a key ceremony with one party in hostile hands', (_curve, kind) => {
  const suite = suiteOf(kind.suite);
  let honest: [PartyProcess, PartyProcess];
  let hostile: HostileParty;
  let organisation: Organisation;
  let members: Member[];

  beforeAll(async () => {
    honest = [await prepareParty({ name: 'control' }), await prepareParty({ name: 'custody' })];
    await Promise.all(honest.map((party) => party.start()));
    hostile = hostileParty('recovery', 3);
    const entries = [
      ...(await Promise.all(honest.map((party, at) => rosterEntry(party, at + 1)))),
      hostile.entry,
    ];
    organisation = foundOrganisation(entries);
    members = entries.map(({ name, index, identityKey, exchangeKey }) => ({
      name,
      index,
      identityKey,
      exchangeKey,
    }));
    for (const party of honest) {
      const { genesisDigest } = must(await offerGenesis(party.client, organisation.genesis));
      await pin(party, genesisDigest);
    }
    await Promise.all(honest.map((party) => party.heard()));
  });
  afterAll(() => Promise.all(honest.map((party) => party.remove())));

  const newView = (): CeremonyView => ({
    intent: keyCeremonyIntent(undefined, undefined, undefined, kind) as KeyCeremonyIntent,
    members,
    rosterDigest: digestOf(organisation.roster),
  });

  async function begin(view: CeremonyView): Promise<Map<string, SignedEnvelope>> {
    const bundle = organisation.bundle(view.intent);
    const begun = await Promise.all(
      honest.map(async ({ name, client }) => {
        const value = must(await client.call(rpc.ceremonyBegin, { bundle }));
        if (value.state !== 'begun') throw new Error(value.state);
        return [name, value.envelope] as const;
      }),
    );
    return new Map(begun);
  }

  const other = (name: string): 'control' | 'custody' =>
    name === 'control' ? 'custody' : 'control';

  function from<T>(map: ReadonlyMap<string, T>, name: string): T {
    const value = map.get(name);
    if (value === undefined) throw new Error('missing');
    return value;
  }

  const keysOf = async () =>
    (
      await Promise.all(honest.map(async ({ client }) => must(await partyStatus(client)).keys))
    ).flat();

  const nonceOf = (envelope: SignedEnvelope): string =>
    ceremonyCommitment.parse(envelope.envelope.payload).nonce;

  /** Runs rounds 0 and 1 with one story per honest party. */
  async function revealTo(view: CeremonyView, stories: ReadonlyMap<string, Story>) {
    const begun = await begin(view);
    const revealed = new Map<string, SignedEnvelope>();
    for (const { name, client } of honest) {
      const envelopes = [from(begun, other(name)), promise(hostile, view, from(stories, name))];
      const { envelope } = must(
        await client.call(rpc.ceremonyReveal, { key: view.intent.key, envelopes }),
      );
      revealed.set(name, envelope);
    }
    const nonces = (name: string) =>
      new Map([
        ...[...begun].map(([party, envelope]) => [party, nonceOf(envelope)] as const),
        ['recovery', from(stories, name).nonce] as const,
      ]);
    return { revealed, ceremonyFor: (name: string) => ceremonyOf(view, nonces(name)) };
  }

  test('a dealer that promises different packages splits the ceremony id and stops it', async () => {
    const view = newView();
    const stories = new Map(
      honest.map(({ name }, at) => [name, makeStory(hostile, members, `${at}`.repeat(64), suite)]),
    );
    const { revealed, ceremonyFor } = await revealTo(view, stories);
    for (const { name, client } of honest) {
      const own = reveal(hostile, view, from(stories, name), ceremonyFor(name));
      const envelopes = [from(revealed, other(name)), own];
      expect(
        await client.call(rpc.ceremonyDeal, { key: view.intent.key, envelopes }),
      ).toMatchObject({
        refusal: 'envelope-foreign-ceremony',
      });
    }
    expect(await keysOf()).toEqual([]);
  });

  test('a dealer that tells two stories under one nonce is caught by the echo, and nothing is stored', async () => {
    const view = newView();
    const { key } = view.intent;
    const nonce = '7'.repeat(64);
    const stories = new Map(
      honest.map(({ name }) => [name, makeStory(hostile, members, nonce, suite)]),
    );
    const { revealed, ceremonyFor } = await revealTo(view, stories);
    const dealt = new Map<string, SignedEnvelope[]>();
    for (const { name, client } of honest) {
      const own = reveal(hostile, view, from(stories, name), ceremonyFor(name));
      const envelopes = [from(revealed, other(name)), own];
      dealt.set(name, must(await client.call(rpc.ceremonyDeal, { key, envelopes })).envelopes);
    }
    const packages = new Map<number, CeremonyPackage>(
      honest.map(({ name }, at) => [
        at + 1,
        ceremonyPackage(suite).parse(from(revealed, name).envelope.payload),
      ]),
    );
    const echoes = new Map<string, SignedEnvelope>();
    for (const [at, { name, client }] of honest.entries()) {
      const story = from(stories, name);
      const receiver = members[at];
      if (!receiver) throw new Error('missing');
      const lie = deal(hostile, view, { story, packages, ceremony: ceremonyFor(name) }, receiver);
      const fair = from(dealt, other(name)).filter(({ envelope }) => envelope.to === name);
      const { envelope } = must(
        await client.call(rpc.ceremonyFinish, { key, envelopes: [...fair, lie] }),
      );
      echoes.set(name, envelope);
    }
    for (const { name, client } of honest) {
      // The hostile party echoes to each whatever that party wants to hear.
      const agreeing = sealEnvelope(
        hostile.identity,
        header(hostile, view, ceremonyFor(name), 3),
        from(echoes, name).envelope.payload,
      );
      const envelopes = [from(echoes, other(name)), agreeing];
      expect(await client.call(rpc.ceremonyConfirm, { key, envelopes })).toMatchObject({
        refusal: 'ceremony-equivocation',
      });
      expect(await client.call(rpc.ceremonyConfirm, { key, envelopes })).toMatchObject({
        refusal: 'ceremony-unknown',
      });
    }
    expect(await keysOf()).toEqual([]);
  });

  test('a party that reveals something else than it promised is named, and the ceremony ends', async () => {
    const view = newView();
    const story = makeStory(hostile, members, '8'.repeat(64), suite);
    const second = makeStory(hostile, members, '8'.repeat(64), suite);
    const { revealed, ceremonyFor } = await revealTo(
      view,
      new Map(honest.map(({ name }) => [name, story])),
    );
    const [{ name, client }] = honest;
    const envelopes = [
      from(revealed, other(name)),
      reveal(hostile, view, second, ceremonyFor(name)),
    ];
    expect(await client.call(rpc.ceremonyDeal, { key: view.intent.key, envelopes })).toMatchObject({
      refusal: 'ceremony-commitment-broken',
      culprit: 'recovery',
    });
    expect(await keysOf()).toEqual([]);
  });

  test('unauthentic, foreign, repeated and missing messages are dropped by name and the ceremony goes on', async () => {
    const view = newView();
    const { key } = view.intent;
    const earlier = promise(
      hostile,
      { ...view, rosterDigest: '0'.repeat(64) },
      makeStory(hostile, members, '9'.repeat(64), suite),
    );
    const story = makeStory(hostile, members, 'a'.repeat(64), suite);
    const good = promise(hostile, view, story);
    const stranger = { ...hostile, identity: hostileParty('recovery', 3).identity };
    const begun = await begin(view);
    const [{ name, client }] = honest;
    const fair = from(begun, other(name));
    const ask = async (envelopes: unknown[]) => {
      const answer = await client.call(rpc.ceremonyReveal, { key, envelopes });
      return answer.ok ? 'revealed' : answer.refusal;
    };
    expect(await ask([fair, promise(stranger, view, story)])).toBe('envelope-unauthentic');
    const tampered = { ...good, envelope: { ...good.envelope, seq: 1 } };
    expect(await ask([fair, tampered])).toBe('envelope-unauthentic');
    expect(await ask([fair, earlier])).toBe('envelope-foreign-ceremony');
    const resealed = (changes: object) =>
      sealEnvelope(
        hostile.identity,
        { ...header(hostile, view, good.envelope.ceremony, 0), ...changes },
        good.envelope.payload,
      );
    expect(await ask([fair, resealed({ epoch: 2 })])).toBe('envelope-wrong-epoch');
    expect(await ask([fair, resealed({ key: 'key-other' })])).toBe('envelope-foreign-key');
    expect(await ask([fair, resealed({ round: 1 })])).toBe('envelope-wrong-round');
    expect(await ask([fair, resealed({ to: 'custody' })])).toBe('envelope-misaddressed');
    expect(await ask([fair, resealed({ from: 'custody' })])).toBe('envelope-unauthentic');
    expect(await ask([fair, resealed({ from: 'nobody' })])).toBe('envelope-foreign-sender');
    expect(await ask([fair, { ...good, more: 1 }])).toBe('envelope-malformed');
    expect(await ask([fair, good, good])).toBe('envelope-duplicate');
    expect(await ask([fair])).toBe('envelope-missing');
    expect(await ask([])).toBe('envelope-missing');
    expect(await ask([fair, good])).toBe('revealed');
    expect(await ask([fair, good])).toBe('ceremony-out-of-step');
  });

  test('a private share cannot be moved to another receiver, and an unreadable one names its sender', async () => {
    const view = newView();
    const { key } = view.intent;
    const story = makeStory(hostile, members, 'b'.repeat(64), suite);
    const { revealed, ceremonyFor } = await revealTo(
      view,
      new Map(honest.map(({ name }) => [name, story])),
    );
    const ceremony = ceremonyFor('control');
    const packages = new Map<number, CeremonyPackage>();
    const dealt = new Map<string, SignedEnvelope[]>();
    for (const [at, { name, client }] of honest.entries()) {
      packages.set(at + 1, ceremonyPackage(suite).parse(from(revealed, name).envelope.payload));
      const envelopes = [from(revealed, other(name)), reveal(hostile, view, story, ceremony)];
      dealt.set(name, must(await client.call(rpc.ceremonyDeal, { key, envelopes })).envelopes);
    }
    const [control, custody] = members as [Member, Member];
    const [{ client }] = honest;
    const mine = from(dealt, 'custody').filter(({ envelope }) => envelope.to === 'control');
    const notMine = deal(hostile, view, { story, packages, ceremony }, custody);
    const answer = await client.call(rpc.ceremonyFinish, { key, envelopes: [...mine, notMine] });
    expect(answer).toMatchObject({ refusal: 'envelope-misaddressed' });
    const readdressed = sealEnvelope(
      hostile.identity,
      header(hostile, view, ceremony, 2, control.name),
      notMine.envelope.payload,
    );
    expect(
      await client.call(rpc.ceremonyFinish, { key, envelopes: [...mine, readdressed] }),
    ).toMatchObject({ refusal: 'envelope-unreadable', culprit: 'recovery' });
    expect(await keysOf()).toEqual([]);
  });
});
