import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { presentOperation } from '../../client/party-client.ts';
import { must, randomNonce, transferFor, type Vault } from '../../testing/custody.ts';
import { openLocalCustody, type LocalCustody } from '../../testing/in-process.ts';
import { ORIGIN as CONSOLE, withdrawalIntent, type Name } from '../../testing/organisation.ts';
import { pressAt } from '../../testing/page-press.ts';
import { openVaultedCustody } from '../../testing/vaulted.ts';
import { encodeBase64url } from '../../wire/encoding.ts';
import { rpc } from '../../wire/rpc.ts';
import { endpoints } from '../rpc-handlers.ts';
import { latestAudit } from '../store/audit.ts';
import { addRevocations } from '../store/stops.ts';
import { openCodeDesk, signedCodeRequest, type CodeDesk } from './code-desk.ts';
import { prepareCode } from './prepare.ts';

const person: Readonly<Record<Name, string>> = {
  raisa: 'p-raisaaaaaa',
  adam: 'p-adamaaaaaa',
  cora: 'p-coraaaaaaa',
  remy: 'p-remyaaaaaa',
};
const approve = { group: 'control', decision: 'approve', people: 1 } as const;
const cosign = { group: 'custody', decision: 'cosign', people: 1 } as const;
const codes: Policy['rules'][number] = {
  id: 'codes',
  name: 'Every withdrawal takes codes',
  when: { kinds: ['withdrawal'] },
  outcome: { effect: 'allow', needs: [approve, cosign], secondChannel: true },
};

describe('the second channel', () => {
  let custody: LocalCustody;
  let vault: Vault;
  let desks: CodeDesk[];
  let bundle: OperationBundle;
  beforeEach(async () => {
    const usual = openLocalCustody();
    const { rules } = usual.organisation.policy;
    usual.remove();
    ({ custody, vault } = await openVaultedCustody({ rules: [codes, ...rules] }));
    desks = custody.parties.map(({ party }) => openCodeDesk(party));
    const intent = withdrawalIntent(vault.destination);
    bundle = { intent, statements: [custody.organisation.say('raisa', 'raise', intent)] };
    for (const { client } of custody.parties) must(await presentOperation(client, { bundle }));
  });
  afterEach(() => custody.remove());

  const ask = (changes: object = {}) => ({
    operation: bundle.intent.operation,
    intentDigest: intentDigest(bundle.intent),
    attempt: '1',
    ...changes,
  });

  function trustOf(place: 0 | 1 | 2) {
    const { trust } = custody.parties[place].party;
    if (!trust) throw new Error('Nothing is pinned.');
    return trust;
  }
  function deskOf(place: 0 | 1 | 2): CodeDesk {
    const desk = desks[place];
    if (!desk) throw new Error('There are three desks.');
    return desk;
  }
  const prepare = (place: 0 | 1 | 2, name: Name, changes: object = {}) =>
    prepareCode({ party: custody.parties[place].party, desk: deskOf(place) }, trustOf(place), {
      who: { person: person[name] },
      ask: ask(changes),
    });
  type Changes = { origin?: string; key?: Name; document?: object; at?: 0 | 1 | 2 };

  function signed(place: 0 | 1 | 2, name: Name, of: Changes = {}) {
    const prepared = prepare(place, name);
    if (!prepared.ok) throw new Error(prepared.refusal);
    const origin = of.origin ?? custody.parties[place].party.config.origin.origin;
    const assertion = pressAt(custody.organisation, of.key ?? name, prepared.value.press, origin);
    const hand = JSON.parse(JSON.stringify(prepared.value.hand)) as { document: object };
    const document = { ...hand.document, ...of.document };
    return signedCodeRequest.parse({ ...hand, document, assertion });
  }
  function codeOf(place: 0 | 1 | 2, name: Name): string {
    const shown = deskOf(place).show(trustOf(place), signed(place, name));
    if (!shown.ok) throw new Error(shown.refusal);
    return shown.value.code;
  }

  test('each party takes its own people only with the code it showed them', async () => {
    const [control, other] = [codeOf(0, 'adam'), codeOf(1, 'cora')];
    expect(control).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/u);
    expect(new Set([control, other, codeOf(0, 'raisa')]).size).toBe(3);
    const { organisation, parties } = custody;
    const { intent } = bundle;
    const begin = (place: 0 | 1, adam: object, cora: object) => {
      const { chain, message } = transferFor(vault, intent, randomNonce());
      const statements = [
        ...bundle.statements,
        organisation.say('adam', 'approve', intent, adam),
        organisation.say('cora', 'cosign', intent, cora),
      ];
      return parties[place].client.call(rpc.signBegin, {
        bundle: { intent, statements },
        transaction: { chain, message: encodeBase64url(message) },
        quorum: ['control', 'custody'],
      });
    };
    const right = [{ channelCode: control }, { channelCode: other }] as const;
    expect(await begin(0, {}, right[1])).toMatchObject({ refusal: 'channel-code-missing' });
    expect(await begin(0, right[1], right[1])).toMatchObject({ refusal: 'channel-code-wrong' });
    expect(await begin(1, right[0], right[0])).toMatchObject({ refusal: 'channel-code-wrong' });
    expect((await begin(0, ...right)).ok).toBe(true);
    expect((await begin(1, ...right)).ok).toBe(true);
  });

  test('the same person sees the same code again, and the record says that it was shown', () => {
    expect(codeOf(0, 'adam')).toBe(codeOf(0, 'adam'));
    const shown = latestAudit(custody.parties[0].party.database, 10).filter(
      ({ event }) => event === 'code-shown',
    );
    expect(shown).toMatchObject([
      { operation: bundle.intent.operation },
      { operation: bundle.intent.operation },
    ]);
  });

  test.each<[string, string, () => { ok: boolean }]>([
    ['people of another group', 'code-of-another-party', () => prepare(0, 'cora')],
    [
      'an operation nobody showed',
      'operation-not-shown',
      () => prepare(0, 'adam', { operation: '0b5d3c6e-7f11-4a0e-9d52-3a8f6f1c2b4d' }),
    ],
    [
      'other content than the page had',
      'operation-changed',
      () => prepare(0, 'adam', { intentDigest: 'ab'.repeat(32) }),
    ],
    [
      'another attempt than the page had',
      'operation-changed',
      () => prepare(0, 'adam', { attempt: '2' }),
    ],
    [
      "a press at the console's address",
      'origin-not-allowed',
      () => show(0, signed(0, 'adam', { origin: CONSOLE })),
    ],
    [
      "a press at another party's address",
      'origin-not-allowed',
      () => show(0, signed(0, 'adam', { origin: 'http://custody.localhost' })),
    ],
    [
      "another person's key",
      'credential-unknown',
      () => show(0, signed(0, 'adam', { key: 'raisa' })),
    ],
    [
      'a request changed on the way',
      'request-not-from-here',
      () => show(0, signed(0, 'adam', { document: { person: 'p-raisaaaaaa' } })),
    ],
    ['a request made for another party', 'request-not-from-here', () => show(1, signed(0, 'adam'))],
  ])('shows nothing for %s', (_, refusal, act) => {
    expect(act()).toMatchObject({ ok: false, refusal });
  });
  const show = (place: 0 | 1 | 2, of: ReturnType<typeof signed>) =>
    deskOf(place).show(trustOf(place), of);

  test('a key press is good once, and for two minutes', () => {
    const request = signed(0, 'adam');
    expect(show(0, request).ok).toBe(true);
    expect(show(0, request)).toMatchObject({ refusal: 'request-used' });
    const late = signed(0, 'adam');
    custody.clock.ahead += 121_000;
    expect(show(0, late)).toMatchObject({ refusal: 'request-too-late' });
    expect(show(0, signed(0, 'adam')).ok).toBe(true);
  });

  test('no code for an operation that changed between the page and the key press', async () => {
    const request = signed(0, 'adam');
    const { intent } = bundle;
    const again = custody.organisation.say('raisa', 'raise', intent, { attempt: 2 });
    const { client } = custody.parties[0];
    must(await presentOperation(client, { bundle: { intent, statements: [again] } }));
    expect(show(0, request)).toMatchObject({ refusal: 'operation-changed' });
  });

  test('a revoked key is shown nothing', () => {
    const { party } = custody.parties[0];
    const request = signed(0, 'adam');
    const credentials = [custody.organisation.keys.adam.credentialId];
    const of = { credentials, person: person.adam, operation: bundle.intent.operation };
    party.database.commit(() => addRevocations(party.database, party.kek, of, party.now()));
    expect(show(0, request)).toMatchObject({ refusal: 'credential-revoked' });
    expect(prepare(0, 'adam')).toMatchObject({ refusal: 'no-key-that-counts' });
  });

  test('a process that starts anew knows none of the requests from before', () => {
    const request = signed(0, 'adam');
    desks[0] = openCodeDesk(custody.parties[0].party);
    expect(show(0, request)).toMatchObject({ refusal: 'request-not-from-here' });
  });

  test("the console's door has no method that answers a code", () => {
    const paths = [...endpoints.keys()];
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => /code|admin|show/u.test(path))).toEqual([]);
    const code = codeOf(0, 'adam');
    const { party } = custody.parties[0];
    const body = { operation: bundle.intent.operation, person: person.adam, bundle, receipts: [] };
    for (const { answer } of endpoints.values())
      for (const request of [{}, body, { bundle }, { bundle, transaction: null }])
        expect(JSON.stringify(answer(party, request))).not.toContain(code);
  });
});
