import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { intentDigest } from '#lib/protocol/intent.ts';
import { challengeOf } from '#lib/protocol/statement.ts';
import type { presentOperation } from '../../client/party-client.ts';
import {
  must,
  randomAddress,
  randomNonce,
  transferFor,
  type Vault,
} from '../../testing/custody.ts';
import type { LocalCustody } from '../../testing/in-process.ts';
import { listingIntent, withdrawalIntent, type Name } from '../../testing/organisation.ts';
import { pressAt } from '../../testing/page-press.ts';
import { openVaultedCustody } from '../../testing/vaulted.ts';
import { encodeBase64url } from '../../wire/encoding.ts';
import { rpc } from '../../wire/rpc.ts';
import { renderStopped } from '../page/stopped.ts';
import { decreesAfter } from '../store/decrees.ts';
import { revokedCredentials, standingFreezes } from '../store/stops.ts';
import { prepareNo } from './prepare.ts';
import { signedNo, takeStop } from './take-stop.ts';

const person = {
  raisa: 'p-raisaaaaaa',
  adam: 'p-adamaaaaaa',
  cora: 'p-coraaaaaaa',
  remy: 'p-remyaaaaaa',
};
const ORIGIN = 'http://control.localhost';

describe("what a person stops at a party's own page", () => {
  let custody: LocalCustody;
  let vault: Vault;
  beforeEach(async () => {
    ({ custody, vault } = await openVaultedCustody());
  });
  afterEach(() => custody.remove());

  const at = () => custody.parties[0].party;
  const trust = () => {
    const { trust: held } = at();
    if (!held) throw new Error('Nothing is pinned.');
    return held;
  };

  const prepare = (name: Name, ask: object) =>
    prepareNo(at(), trust(), { who: { person: person[name] }, ask });

  /** Both halves of what the page's script does. */
  function stop(name: Name, ask: object, of: { origin?: string; key?: Name } = {}) {
    const prepared = prepare(name, ask);
    if (!prepared.ok) return prepared;
    const { press, hand } = prepared.value;
    const assertion = pressAt(custody.organisation, of.key ?? name, press, of.origin ?? ORIGIN);
    return takeStop(at(), signedNo.parse(JSON.parse(JSON.stringify({ ...hand, assertion }))));
  }

  async function begin() {
    const intent = withdrawalIntent(vault.destination);
    const { chain, message } = transferFor(vault, intent, randomNonce());
    const bundle = custody.organisation.bundle(intent);
    const transaction = { chain, message: encodeBase64url(message) };
    const quorum = ['control', 'custody'];
    return custody.parties[0].client.call(rpc.signBegin, { bundle, transaction, quorum });
  }

  test('one key press freezes everything at once, and every other party can verify it', async () => {
    expect((await begin()).ok).toBe(true);
    const stopped = stop('remy', { what: 'freeze-everything', note: '' });
    if (!stopped.ok) throw new Error(stopped.refusal);
    expect(stopped.value.person).toBe(person.remy);
    expect(standingFreezes(at().database, at().kek)).toMatchObject([
      { operation: stopped.value.operation, scope: { what: 'everything' } },
    ]);
    expect(await begin()).toMatchObject({ refusal: 'everything-frozen' });
    const [decree] = decreesAfter(at().database, 0, 100).filter(({ kind }) => kind === 'freeze');
    const bundle = decree?.document as Parameters<typeof presentOperation>[1]['bundle'];
    for (const { client, party } of custody.parties.slice(1)) {
      must(await client.call(rpc.adopt, { bundle, receipts: [] }));
      expect(standingFreezes(party.database, party.kek)).toHaveLength(1);
    }
    const page = renderStopped(at(), trust(), stopped.value.operation) ?? '';
    expect(page).toContain('Frozen here: everything.');
    expect(page).toContain('Not heard since this party started.');
    expect(page).toContain(`href="http://custody.localhost/stopped/${stopped.value.operation}"`);
  });

  test.each([
    ['a vault', { what: 'freeze-vault', vault: 'warm-1', note: '' }, 'vault-frozen'],
    ['an asset', { what: 'freeze-asset', asset: 'SOL', note: '' }, 'asset-frozen'],
    [
      'a destination',
      { what: 'remove-destination', destination: 'acme-treasury', note: '' },
      'destination-removed',
    ],
    [
      "a person's own lost keys",
      { what: 'revoke', keys: 'p-adamaaaaaa', note: '' },
      'credential-revoked',
    ],
  ])('%s is stopped by one key press', async (_, ask, refusal) => {
    expect(stop('adam', ask)).toMatchObject({ ok: true });
    expect(await begin()).toMatchObject({ refusal });
  });

  test('a rejection ends the attempt it names and no other', async () => {
    const intent = withdrawalIntent(vault.destination);
    const reject = {
      what: 'reject',
      operation: intent.operation,
      intentDigest: intentDigest(intent),
      attempt: '1',
      reason: 'suspected-fraud',
      note: '',
    };
    expect(stop('cora', reject).ok).toBe(true);
    const transaction = transferFor(vault, intent, randomNonce());
    const ask = (attempt: number) =>
      custody.parties[0].client.call(rpc.signBegin, {
        bundle: custody.organisation.bundle(intent, { attempt }),
        transaction: { chain: transaction.chain, message: encodeBase64url(transaction.message) },
        quorum: ['control', 'custody'],
      });
    expect(await ask(1)).toMatchObject({ refusal: 'attempt-ended' });
    expect((await ask(2)).ok).toBe(true);
    const page = renderStopped(at(), trust(), intent.operation) ?? '';
    expect(page).toContain('Attempt 1 of the operation has ended here.');
    expect(page).not.toContain('Holds the same');
  });

  test("an approval made at a party's page counts for nothing, there or anywhere", async () => {
    const intent = listingIntent({ id: 'payroll', address: randomAddress() });
    const { organisation } = custody;
    const [raise, approve, cosign] = organisation.bundle(intent).statements;
    if (!raise || !approve || !cosign) throw new Error('Three people state a listing.');
    const assertion = organisation.keys.adam.assert({
      challenge: challengeOf(approve.statement),
      origin: ORIGIN,
    });
    const bundle = { intent, statements: [raise, { ...approve, assertion }, cosign] };
    for (const { client } of custody.parties)
      expect(await client.call(rpc.adopt, { bundle, receipts: [] })).toMatchObject({
        refusal: 'origin-not-allowed',
      });
    const handed = { intent, ...raise };
    expect(takeStop(at(), handed)).toMatchObject({ refusal: 'not-a-no' });
    expect(takeStop(at(), { intent: null, ...approve, assertion })).toMatchObject({
      refusal: 'not-a-no',
    });
  });

  test.each<[string, () => unknown, string]>([
    [
      "another person's key",
      () => stop('adam', { what: 'freeze-everything', note: '' }, { key: 'cora' }),
      'credential-of-another-person',
    ],
    [
      'a press at some other address',
      () =>
        stop('adam', { what: 'freeze-everything', note: '' }, { origin: 'http://evil.localhost' }),
      'origin-not-allowed',
    ],
    [
      'someone who is not in the roster',
      () =>
        prepareNo(at(), trust(), {
          who: { person: 'p-nobodyaaaa' },
          ask: { what: 'freeze-everything', note: '' },
        }),
      'person-unknown',
    ],
    [
      'a key nobody has',
      () =>
        prepareNo(at(), trust(), {
          who: { credential: 'AAAA' },
          ask: { what: 'freeze-everything', note: '' },
        }),
      'key-not-on-record',
    ],
    [
      'a vault that is none, before any key press',
      () => prepare('adam', { what: 'freeze-vault', vault: 'cold-9', note: '' }),
      'vault-unknown',
    ],
    [
      'a destination that is none',
      () => prepare('adam', { what: 'remove-destination', destination: 'nobody', note: '' }),
      'destination-not-listed',
    ],
    [
      'keys of nobody',
      () => prepare('adam', { what: 'revoke', keys: 'p-nobodyaaaa', note: '' }),
      'revocation-person-unknown',
    ],
    [
      'keys without which nobody could change the roster',
      () => prepare('adam', { what: 'revoke', keys: 'p-coraaaaaaa', note: '' }),
      'revocation-locks-out',
    ],
    [
      'a key of somebody else',
      () => prepare('adam', { what: 'revoke', keys: 'p-coraaaaaaa AAAA', note: '' }),
      'revocation-key-unknown',
    ],
    ['no known stop', () => prepare('adam', { what: 'release' }), 'page-malformed'],
    [
      'an unknown field',
      () => prepare('adam', { what: 'freeze-everything', note: '', more: 1 }),
      'page-malformed',
    ],
  ])('%s is refused by name', (_, act, refusal) => {
    expect(act()).toMatchObject({ ok: false, refusal });
    expect(standingFreezes(at().database, at().kek)).toEqual([]);
    expect(revokedCredentials(at().database, at().kek)).toEqual([]);
  });

  test('something else in place of the prepared statement is refused', () => {
    const prepared = prepare('adam', { what: 'freeze-vault', vault: 'warm-1', note: '' });
    if (!prepared.ok) throw new Error(prepared.refusal);
    const assertion = pressAt(custody.organisation, 'adam', prepared.value.press, ORIGIN);
    const hand = signedNo.parse({ ...prepared.value.hand, assertion });
    const intent = { ...(hand.intent as object), scope: { what: 'everything' } };
    expect(takeStop(at(), { ...hand, intent })).toMatchObject({ refusal: 'digest-mismatch' });
    const statement = { ...(hand.statement as object), attempt: 2 };
    expect(takeStop(at(), { ...hand, statement })).toMatchObject({ refusal: 'challenge-mismatch' });
    expect(takeStop(at(), { ...hand, statement: { ...statement, more: 1 } })).toMatchObject({
      refusal: 'statements-malformed',
    });
  });

  test('the text of a note is kept nowhere; its commitment differs each time', () => {
    const note = 'a call from somebody who said he was Adam';
    const commitments = [1, 2].map(() => {
      const prepared = prepare('adam', { what: 'freeze-everything', note });
      if (!prepared.ok) throw new Error(prepared.refusal);
      return JSON.parse(JSON.stringify(prepared.value.hand)).intent.reasonCommitment as string;
    });
    expect(new Set(commitments).size).toBe(2);
    expect(stop('adam', { what: 'freeze-everything', note }).ok).toBe(true);
    const { folder } = custody.parties[0];
    for (const file of ['party.db', 'party.db-wal'])
      expect(readFileSync(join(folder, file)).includes('somebody who said')).toBe(false);
  });
});
