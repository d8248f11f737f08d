import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keySuite } from '#lib/protocol/suites.ts';
import type { PartyClient } from '../client/party-client.ts';
import { repairPackage } from '../frost/repair-plan.ts';
import { must } from '../testing/custody.ts';
import { places, type Place } from '../testing/fragile.ts';
import { openKeyLife, type KeyLife } from '../testing/key-life.ts';
import { everyKey } from '../testing/organisation.ts';
import { resealed, tampered, type Tamper } from '../testing/tampering.ts';
import type { SignedEnvelope } from '../wire/envelope.ts';
import { keyLifeRpc } from '../wire/key-life-rpc.ts';
import { sealPrivate } from '../wire/private-payload.ts';
import { keyWord } from '../wire/repair-payloads.ts';
import { keysOf } from './party.ts';
import { suiteOf } from '../frost/suite.ts';

const [CUSTODY, RECOVERY] = [1, 2] as const;

describe.each(everyKey)(
  '%s: the repair of a lost share with one of the helpers in hostile hands',
  (_curve, kind) => {
    const suite = suiteOf(kind.suite);
    const { commitTo, pointHex, pointOf, scalarBytes } = suite.arithmetic;

    let life: KeyLife;
    beforeAll(async () => {
      life = await openKeyLife(kind);
    });
    afterAll(() => life.remove());

    const newBundle = (place: Place) => life.repairBundle(place);

    async function isWhole(): Promise<void> {
      for (const place of places) expect(await life.stateAt(place)).toBe('usable');
      expect(await life.sign()).toBe('signed');
    }

    const HOSTILE = 'recovery';
    const identity = () => life.fragile.at(RECOVERY).party.identity;
    const paths = {
      opening: keyLifeRpc.repairReveal.path,
      package: keyLifeRpc.repairEcho.path,
      echo: keyLifeRpc.repairDeal.path,
      part: keyLifeRpc.repairSum.path,
      sum: keyLifeRpc.repairFinish.path,
    } as const;
    type What = keyof typeof paths;
    const changing =
      (
        what: What,
        change: (sent: SignedEnvelope, receiver: string) => readonly unknown[],
      ): Tamper =>
      ({ path, receiver, sent }) =>
        path === paths[what] ? change(sent, receiver) : [sent];
    const attack = (tamper: Tamper, bundle = newBundle(CUSTODY)) =>
      life.repair(bundle, tampered(life.fragile.clients, HOSTILE, tamper));
    const point = pointHex(commitTo(7n));

    async function endsWell(): Promise<void> {
      expect(await life.stateAt(CUSTODY)).toBe('lost');
      must(await life.repair(newBundle(CUSTODY)));
      await isWhole();
    }

    const every: What[] = ['opening', 'package', 'echo', 'part', 'sum'];

    test.each(every)('its silence where its %s is due is named', async (what) => {
      life.loseShare(CUSTODY);
      expect(await attack(changing(what, () => []))).toMatchObject({
        refusal: 'envelope-missing',
        culprit: HOSTILE,
      });
      await endsWell();
    });

    test.each(every)('nonsense for its %s is named', async (what) => {
      life.loseShare(CUSTODY);
      const nonsense = changing(what, (sent) => [
        resealed(identity(), sent, { payload: { more: 1 } }),
      ]);
      expect(await attack(nonsense)).toMatchObject({
        refusal: 'envelope-malformed',
        culprit: HOSTILE,
      });
      await endsWell();
    });

    test.each(every)('its %s of another key, epoch, round or run is refused', async (what) => {
      life.loseShare(CUSTODY);
      for (const [header, refusal] of [
        [{ key: 'key-other' }, 'envelope-foreign-key'],
        [{ epoch: 9 }, 'envelope-wrong-epoch'],
        [{ round: 9, seq: 9 }, 'envelope-wrong-round'],
        [{ ceremony: 'ab'.repeat(32) }, 'envelope-foreign-ceremony'],
        [{ to: 'elsewhere' }, 'envelope-misaddressed'],
      ] as const)
        expect(
          await attack(changing(what, (sent) => [resealed(identity(), sent, { header })])),
        ).toMatchObject({ refusal });
      await endsWell();
    });

    const secret = (what: What, bytes: Uint8Array): Tamper =>
      changing(what, (sent, receiver) => {
        const { payload: _, ...header } = sent.envelope;
        const to = life.fragile.custody.parties.find(({ client }) => client.name === receiver);
        if (!to) throw new Error('missing');
        const payload = sealPrivate(to.party.identity.exchangeKey, header, bytes);
        return [resealed(identity(), sent, { payload })];
      });

    test.each([
      [
        'deltas of nothing it holds',
        changing('package', (sent) => [
          resealed(life.fragile.at(RECOVERY).party.identity, sent, {
            payload: { deltas: [point, point] },
          }),
        ]),
        'repair-commitment-unsound',
      ],
      [
        'one delta too many',
        changing('package', (sent) => [
          resealed(life.fragile.at(RECOVERY).party.identity, sent, {
            payload: { deltas: [point, point, point] },
          }),
        ]),
        'repair-commitment-unsound',
      ],
      ['another part', secret('part', scalarBytes(7n)), 'repair-delta-invalid'],
      [
        'a part that is no number',
        secret('part', new Uint8Array(32).fill(255)),
        'repair-delta-invalid',
      ],
      ['a part of another length', secret('part', new Uint8Array(31)), 'envelope-unreadable'],
      ['another sum', secret('sum', scalarBytes(7n)), 'repair-sigma-invalid'],
      [
        'a sum that is no number',
        secret('sum', new Uint8Array(32).fill(255)),
        'repair-sigma-invalid',
      ],
      ['a sum of another length', secret('sum', new Uint8Array(33)), 'envelope-unreadable'],
    ] as const)('%s names it, and nothing is stored', async (_, tamper, refusal) => {
      life.loseShare(CUSTODY);
      expect(await attack(tamper)).toMatchObject({ refusal, culprit: HOSTILE });
      await endsWell();
    });

    test('another story for each is caught before a part leaves', async () => {
      life.loseShare(CUSTODY);
      const handed: string[] = [];
      const watched = life.fragile.clients.map((client): PartyClient => ({
        ...client,
        call: async (method, request) => {
          const answer = await client.call(method, request);
          if (method.path === paths.echo && answer.ok && client.name !== HOSTILE)
            handed.push(client.name);
          return answer;
        },
      }));
      // For control a package that adds up to the same and is split in another way.
      const seven = commitTo(7n);
      const two = changing('package', (sent, receiver) => {
        const { deltas } = repairPackage(suite).parse(sent.envelope.payload);
        const [first, second] = deltas.map(pointOf) as [typeof seven, typeof seven];
        const split = [first.add(seven), second.add(seven.negate())].map(pointHex);
        return receiver === 'control'
          ? [resealed(identity(), sent, { payload: { deltas: split } })]
          : [sent];
      });
      const answer = await life.repair(newBundle(CUSTODY), tampered(watched, HOSTILE, two));
      expect(answer).toMatchObject({ refusal: 'repair-equivocation' });
      expect(handed).toEqual([]);
      await endsWell();
    });

    /** What the hostile helper says of the key, changed. */
    const word = (changes: object, isFor = (_receiver: string) => true): Tamper =>
      changing('opening', (sent, receiver) => {
        const said = keyWord.parse(sent.envelope.payload['word']);
        return isFor(receiver)
          ? [resealed(identity(), sent, { payload: { word: { ...said, ...changes } } })]
          : [sent];
      });

    test('a lie about the key is named by the other helper', async () => {
      life.loseShare(CUSTODY);
      expect(await attack(word({ vault: 'warm-9' }))).toMatchObject({
        refusal: 'repair-key-differs',
        culprit: HOSTILE,
      });
      await endsWell();
    });

    test('a lie about the suite of the key is a lie about the key', async () => {
      life.loseShare(CUSTODY);
      const other = keySuite.options.find((name) => name !== kind.suite);
      expect(await attack(word({ suite: other }))).toMatchObject({
        refusal: 'repair-key-differs',
        culprit: HOSTILE,
      });
      await endsWell();
    });

    test('a lie to the party that lost its record stops it, also where the relay hides the other helper', async () => {
      life.loseRecord(CUSTODY);
      const lie = word({ vault: 'warm-9' }, (receiver) => receiver === 'custody');
      expect(await attack(lie)).toMatchObject({ refusal: 'repair-key-differs', party: 'custody' });
      expect(keysOf(life.fragile.at(CUSTODY).party)).toEqual([]);
      must(await life.repair(newBundle(CUSTODY)));
      await isWhole();
    });

    test('both helpers in one story about another key do not get past a record that is left', async () => {
      life.loseShare(CUSTODY);
      const other = { operation: '00000000-0000-4000-8000-000000000000' };
      const change: Tamper = ({ path, receiver, sent }) => {
        if (path !== paths.opening || receiver !== 'custody') return [sent];
        const said = keyWord.parse(sent.envelope.payload['word']);
        const { from } = sent.envelope;
        const liar = life.fragile.custody.parties.find(({ client }) => client.name === from);
        if (!liar) throw new Error('missing');
        return [resealed(liar.party.identity, sent, { payload: { word: { ...said, ...other } } })];
      };
      const two = tampered(tampered(life.fragile.clients, 'recovery', change), 'control', change);
      expect(await life.repair(newBundle(CUSTODY), two)).toMatchObject({
        refusal: 'repair-key-differs',
        party: 'custody',
      });
      await endsWell();
    });
  },
);
