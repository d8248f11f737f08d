import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { runKeyCeremony } from '../client/key-ceremony.ts';
import { fromOthers } from '../client/relay.ts';
import { must } from '../testing/custody.ts';
import { openLocalCustody, type LocalCustody, type LocalParty } from '../testing/in-process.ts';
import { keyCeremonyIntent } from '../testing/organisation.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { rpc, type RpcMethod } from '../wire/rpc.ts';

type Round = Map<string, { envelope: SignedEnvelope }>;

describe('a share that a party confirmed', () => {
  let custody: LocalCustody;
  beforeEach(() => {
    custody = openLocalCustody();
  });
  afterEach(() => custody.remove());

  const clients = () => custody.parties.map(({ client }) => client);
  const bundleFor = (key: string, vault: string) =>
    custody.organisation.bundle(keyCeremonyIntent(key, vault));

  async function begin(bundle: OperationBundle): Promise<Round> {
    const round: Round = new Map();
    for (const client of clients()) {
      const begun = must(await client.call(rpc.ceremonyBegin, { bundle }));
      if (begun.state !== 'begun') throw new Error(begun.state);
      round.set(client.name, begun);
    }
    return round;
  }

  /** One broadcast round at every party; `before` is what each was told in the round before. */
  async function ask<A>(
    method: RpcMethod<{ key: string; envelopes: unknown[] }, A>,
    key: string,
    before: Round,
  ): Promise<Map<string, A>> {
    const values = new Map<string, A>();
    for (const client of clients()) {
      const envelopes = fromOthers(client.name, before);
      values.set(client.name, must(await client.call(method, { key, envelopes })));
    }
    return values;
  }

  /** Runs a ceremony up to the echoes of all. */
  async function upToEchoes(bundle: OperationBundle, key: string): Promise<Round> {
    const revealed = await ask(rpc.ceremonyReveal, key, await begin(bundle));
    const dealt = await ask(rpc.ceremonyDeal, key, revealed);
    const shares = [...dealt.values()].flatMap(({ envelopes }) => envelopes);
    const echoes: Round = new Map();
    for (const client of clients()) {
      const envelopes = shares.filter(({ envelope }) => envelope.to === client.name);
      echoes.set(client.name, must(await client.call(rpc.ceremonyFinish, { key, envelopes })));
    }
    return echoes;
  }

  const refusalOf = async (answer: Promise<{ ok: boolean; refusal?: string }>) =>
    (await answer).refusal;
  const one = <A>(
    { client }: LocalParty,
    method: RpcMethod<{ key: string; envelopes: unknown[] }, A>,
    key: string,
    before: Round,
  ) => client.call(method, { key, envelopes: fromOthers(client.name, before) });

  test('is never replaced, whatever another party says it holds', async () => {
    const [control, other, hostile] = custody.parties;
    const key = 'key-warm-1';
    const bundle = bundleFor(key, 'warm-1');
    const confirmed = await ask(rpc.ceremonyConfirm, key, await upToEchoes(bundle, key));
    hostile.party.database.run('delete from keys');
    hostile.party.register = null;
    const again = await begin(bundle);
    for (const party of [control, other])
      expect(await refusalOf(one(party, rpc.ceremonyReveal, key, again))).toBe(
        'ceremony-already-prepared',
      );
    const { publicKey } = must(await one(control, rpc.ceremonyActivate, key, confirmed));
    expect(must(await one(other, rpc.ceremonyActivate, key, confirmed)).publicKey).toBe(publicKey);
  });

  test('does not give way to a ceremony that began before it was confirmed', async () => {
    const key = 'key-warm-1';
    const bundle = bundleFor(key, 'warm-1');
    const [control] = custody.parties;
    const echoes = await upToEchoes(bundle, key);
    const revealed = await ask(rpc.ceremonyReveal, key, await begin(bundle));
    expect(await refusalOf(one(control, rpc.ceremonyConfirm, key, echoes))).toBe(
      'ceremony-out-of-step',
    );
    await begin(bundle);
    const confirmed = must(await one(control, rpc.ceremonyConfirm, key, echoes));
    expect(await refusalOf(one(control, rpc.ceremonyDeal, key, revealed))).toBe('ceremony-unknown');
    expect(must(await one(control, rpc.ceremonyConfirm, key, new Map()))).toEqual(confirmed);
  });

  test('is finished by asking again, also where only some had confirmed', async () => {
    const key = 'key-warm-1';
    const bundle = bundleFor(key, 'warm-1');
    const [control] = custody.parties;
    const echoes = await upToEchoes(bundle, key);
    must(await one(control, rpc.ceremonyConfirm, key, echoes));
    const { publicKey } = must(await runKeyCeremony(clients(), bundle));
    expect(publicKey).toBe(echoes.get('control')?.envelope.envelope.payload['publicKey']);
  });

  test('keeps its key and its vault from the ceremonies of other operations', async () => {
    const [control, other] = custody.parties;
    const [first, second] = [bundleFor('key-1', 'vault-x'), bundleFor('key-2', 'vault-x')];
    const [one_, two] = [await upToEchoes(first, 'key-1'), await upToEchoes(second, 'key-2')];
    must(await one(control, rpc.ceremonyConfirm, 'key-1', one_));
    must(await one(other, rpc.ceremonyConfirm, 'key-2', two));
    expect(await refusalOf(one(control, rpc.ceremonyConfirm, 'key-2', two))).toBe('vault-exists');
    expect(await refusalOf(one(other, rpc.ceremonyConfirm, 'key-1', one_))).toBe('vault-exists');
    const begun = async (bundle: OperationBundle) =>
      refusalOf(control.client.call(rpc.ceremonyBegin, { bundle }));
    expect(await begun(bundleFor('key-3', 'vault-x'))).toBe('vault-exists');
    expect(await begun(bundleFor('key-1', 'vault-y'))).toBe('key-exists');
    must(await runKeyCeremony(clients(), bundleFor('key-3', 'vault-z')));
  });

  test('a key named as something every object has is a key like any other', async () => {
    const bundle = bundleFor('constructor', 'vault-x');
    const { publicKey } = must(await runKeyCeremony(clients(), bundle));
    expect(must(await runKeyCeremony(clients(), bundle)).publicKey).toBe(publicKey);
  });
});
