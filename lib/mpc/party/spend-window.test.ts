/** What parties let leave within a window, by their own count: 100 in 24 hours here. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { timedKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import type { LocalCustody } from '../testing/in-process.ts';
import { withdrawalIntent } from '../testing/organisation.ts';
import { openVaultedCustody } from '../testing/vaulted.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';
import { takeNo } from './take-no.ts';

const SECOND = 1000;
const DAY = 86_400_000;
const rules: Partial<Policy> = {
  caps: [{ asset: 'SOL', perOperation: '100', perDay: '100' }],
  lifetimes: Object.fromEntries(
    timedKind.options.map((kind) => [kind, 7 * 86_400]),
  ) as Policy['lifetimes'],
};

describe('what leaves in 24 hours', () => {
  let custody: LocalCustody;
  let vault: Vault;
  beforeEach(async () => {
    ({ custody, vault } = await openVaultedCustody(rules));
  });
  afterEach(() => custody.remove());

  const [CONTROL, CUSTODY] = [0, 1] as const;
  const inSixDays = new Date(Date.now() + 6 * DAY).toISOString();
  const pays = (amount: string, changes = {}): OperationBundle => {
    const intent = { ...withdrawalIntent(vault.destination, amount), notAfter: inSixDays };
    return custody.organisation.bundle(intent, { expiresAt: inSixDays, ...changes });
  };
  const transaction = ({ intent }: OperationBundle) => transferFor(vault, intent, randomNonce());
  const signing = async (bundle: OperationBundle, raw = transaction(bundle)) => {
    const clients = custody.parties.slice(0, 2).map(({ client }) => client);
    const signed = await signTransaction({ clients, bundle, transaction: raw });
    return signed.ok ? 'signed' : signed.refusal;
  };
  const begin = async (at: 0 | 1, bundle: OperationBundle, raw = transaction(bundle)) => {
    const { chain, message } = raw;
    const begun = await custody.parties[at].client.call(rpc.signBegin, {
      bundle,
      transaction: { chain, message: encodeBase64url(message) },
      quorum: ['control', 'custody'],
    });
    return begun.ok ? 'begun' : begun.refusal;
  };
  const pass = (ms: number): void => {
    custody.clock.ahead += ms;
  };

  test('of two operations that together exceed, begun at the same time, one goes', async () => {
    const both = await Promise.all([begin(CONTROL, pays('60')), begin(CONTROL, pays('60'))]);
    expect(both.toSorted()).toEqual(['begun', 'cap-exceeded']);
    expect(await signing(pays('40'))).toBe('signed');
    expect(await signing(pays('1'))).toBe('cap-exceeded');
  });

  test('counts each operation once, however often it is signed and in whatever transaction', async () => {
    const bundle = pays('60');
    const nonce = randomNonce();
    const raw = transferFor(vault, bundle.intent, nonce);
    expect([await signing(bundle, raw), await signing(bundle, raw)]).toEqual(['signed', 'signed']);
    expect(await begin(CONTROL, pays('41'))).toBe('cap-exceeded');
    expect(await begin(CONTROL, pays('40'))).toBe('begun');
  });

  test('counts what failed half-way, what people stopped after, and what began anew', async () => {
    const first = pays('60');
    expect(await begin(CONTROL, first)).toBe('begun');
    takeNo(
      custody.parties[CONTROL].party,
      custody.organisation.say('cora', 'reject', first.intent),
    );
    expect(await begin(CONTROL, pays('41'))).toBe('cap-exceeded');
    const again = custody.organisation.bundle(first.intent, { attempt: 2, expiresAt: inSixDays });
    expect(await begin(CONTROL, again)).toBe('begun');
    expect(await begin(CONTROL, pays('41'))).toBe('cap-exceeded');
    expect(await begin(CONTROL, pays('40'))).toBe('begun');
  });

  test('is a whole day from the share on, and no longer', async () => {
    expect(await signing(pays('100'))).toBe('signed');
    pass(DAY - 5 * SECOND);
    expect(await begin(CUSTODY, pays('1'))).toBe('cap-exceeded');
    pass(5 * SECOND);
    expect(await begin(CUSTODY, pays('100'))).toBe('begun');
  });

  test('what was begun a day ago and leaves now counts from now', async () => {
    const early = pays('100');
    const raw = transaction(early);
    for (const at of [CONTROL, CUSTODY] as const) expect(await begin(at, early, raw)).toBe('begun');
    pass(DAY - 5 * SECOND);
    expect(await signing(early, raw)).toBe('signed');
    pass(10 * SECOND);
    for (const at of [CONTROL, CUSTODY] as const)
      expect(await begin(at, pays('1'))).toBe('cap-exceeded');
  });

  test('what was begun counts until no share can leave for it, and a window after that', async () => {
    expect(await begin(CONTROL, pays('100'))).toBe('begun');
    pass(DAY + 30 * SECOND);
    expect(await begin(CONTROL, pays('1'))).toBe('cap-exceeded');
    pass(31 * SECOND);
    expect(await begin(CONTROL, pays('1'))).toBe('begun');
  });

  test('a clock that is set back forgets nothing', async () => {
    expect(await signing(pays('100'))).toBe('signed');
    const dated = new Date(Date.now() - DAY).toISOString();
    pass(-DAY);
    const bundle = pays('1', { issuedAt: dated });
    expect(await begin(CONTROL, bundle)).toBe('cap-exceeded');
  });
});
