/** A party that signs many parts lets others in between; what comes meanwhile still counts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signTransaction } from '../client/sign-transaction.ts';
import { finishNow, type Steps } from '../dkls/steps.ts';
import { accountOf, bitcoinWithdrawal, CLIENT, paymentFor } from '../testing/bitcoin.ts';
import { must, type Vault } from '../testing/custody.ts';
import type { LocalCustody } from '../testing/in-process.ts';
import { taprootKey } from '../testing/organisation.ts';
import { openCustodyOf } from '../testing/withdraw.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { rpc } from '../wire/rpc.ts';
import { beginInSteps } from './signing-begin.ts';
import { finishInSteps, settleInSteps, shareInSteps } from './signing-rounds.ts';
import { closeRejected, closeSessionsFor } from './signing-session.ts';

const PARTS = 4;
const AMOUNT = '100000';

describe('a party that signs a payment with several inputs', () => {
  let custody: LocalCustody;
  let vault: Vault;

  beforeAll(async () => {
    ({ custody, vault } = await openCustodyOf(taprootKey));
  });
  afterAll(() => custody.remove());

  const quorum = ['control', 'custody'];
  let drawn = 30_000n;
  function newWork() {
    const amounts = Array.from({ length: PARTS }, () => (drawn += 1n));
    const payment = paymentFor(accountOf(vault.publicKey, CLIENT), vault.destination.address, {
      amounts,
      amount: BigInt(AMOUNT),
    });
    const intent = bitcoinWithdrawal(vault.destination, AMOUNT);
    const transaction = { chain: payment.chain, message: encodeBase64url(payment.message) };
    return { intent, bundle: custody.organisation.bundle(intent), transaction, payment };
  }
  type Work = ReturnType<typeof newWork>;

  const partyAt = (place: 0 | 1) => custody.parties[place].party;
  async function open({ bundle, transaction }: Work) {
    const [control, other] = await Promise.all(
      custody.parties
        .slice(0, 2)
        .map(({ client }) => client.call(rpc.signBegin, { bundle, transaction, quorum })),
    );
    if (!control || !other) throw new Error('missing');
    const [mine, theirs] = [must(control), must(other)];
    if (mine.state !== 'open' || theirs.state !== 'open') throw new Error('not open');
    return { mine, theirs };
  }
  const shareOfControl = ({ mine, theirs }: Awaited<ReturnType<typeof open>>) =>
    shareInSteps(partyAt(0), { session: mine.session, envelopes: [theirs.envelope] });
  const closeAll = ({ intent }: Work): void => closeRejected(partyAt(0), intent.operation, 1);
  /** Goes on until one part at least is done and one at least is not. */
  function partWay(steps: Steps<unknown>): void {
    for (let step = 0; step < 3; step += 1) expect(steps.next().done).toBe(false);
  }

  test('gives no share of it once people said no in the middle, nor keeps anything of it', async () => {
    const work = newWork();
    const steps = shareOfControl(await open(work));
    partWay(steps);
    closeAll(work);
    expect(finishNow(steps)).toMatchObject({ refusal: 'session-unknown' });
    expect(partyAt(0).database.all('select 1 from ties')).toEqual([]);
  });

  test('looks at everything again before a share leaves: an intent that expired meanwhile stops it', async () => {
    const work = newWork();
    const opened = await open(work);
    const steps = shareOfControl(opened);
    partWay(steps);
    custody.clock.ahead += 24 * 3_600_000;
    const answer = finishNow(steps);
    custody.clock.ahead = 0;
    expect(answer).toMatchObject({ refusal: 'intent-expired' });
    expect(partyAt(0).database.all('select 1 from ties')).toEqual([]);
    expect(partyAt(0).sessions.has(opened.mine.session)).toBe(false);
  });

  test.each(['notAfter', 'decidedAt'] as const)(
    'is over with a session of which no share can leave, and ties nothing: %s',
    async (unreadable) => {
      const opened = await open(newWork());
      const { session: handle } = opened.mine;
      const session = partyAt(0).sessions.get(handle);
      const steps = shareOfControl(opened);
      partWay(steps);
      // One is looked at before the share leaves, the other kept with what it is tied to.
      Object.defineProperty(session, unreadable, {
        enumerable: true,
        get: () => {
          throw new Error('unreadable');
        },
      });
      expect(() => finishNow(steps)).toThrow('unreadable');
      expect(partyAt(0).sessions.has(handle)).toBe(false);
      expect(partyAt(0).database.all('select 1 from ties')).toEqual([]);
    },
  );

  test('makes one share of each nonce, however often it is asked meanwhile', async () => {
    const opened = await open(newWork());
    const steps = shareOfControl(opened);
    partWay(steps);
    expect(finishNow(shareOfControl(opened))).toMatchObject({ refusal: 'session-out-of-step' });
    expect(finishNow(steps)).toMatchObject({ ok: true });
    expect(finishNow(shareOfControl(opened))).toMatchObject({ refusal: 'session-out-of-step' });
  });

  test('blames nobody for a session that was closed while the shares were added up', async () => {
    const work = newWork();
    const opened = await open(work);
    expect(finishNow(shareOfControl(opened))).toMatchObject({ ok: true });
    const shared = must(
      await custody.parties[1].client.call(rpc.signShare, {
        session: opened.theirs.session,
        envelopes: [opened.mine.envelope],
      }),
    );
    const ask = () =>
      finishInSteps(partyAt(0), { session: opened.mine.session, envelopes: [shared.envelope] });
    const steps = ask();
    partWay(steps);
    expect(finishNow(ask())).toMatchObject({ refusal: 'session-out-of-step' });
    const live = partyAt(0).sessions.get(opened.mine.session);
    if (!live) throw new Error('missing');
    closeSessionsFor(partyAt(0), live.operation, live.messageDigest);
    expect(finishNow(steps)).toEqual({ ok: false, refusal: 'session-unknown', culprit: null });
  });

  test('keeps the signatures that came first where the same were brought twice at once', async () => {
    const { bundle, payment, intent, transaction } = newWork();
    const clients = custody.parties.slice(0, 2).map(({ client }) => client);
    const { signatures } = must(await signTransaction({ clients, bundle, transaction: payment }));
    partyAt(0).database.run('update ties set signatures = null');
    const brought = {
      operation: intent.operation,
      message: transaction.message,
      signatures: signatures.map((bytes) => Buffer.from(bytes).toString('hex')),
    };
    const [first, second] = [
      settleInSteps(partyAt(0), brought),
      settleInSteps(partyAt(0), brought),
    ];
    partWay(first);
    const answer = finishNow(second);
    expect(answer).toMatchObject({ ok: true, value: { signatures: brought.signatures } });
    expect(finishNow(first)).toEqual(answer);
  });

  test('decides on what is in force once it has read the transaction: a no in between counts', async () => {
    const { bundle, transaction } = newWork();
    const steps = beginInSteps(partyAt(0), { bundle, transaction, quorum });
    expect(steps.next().done).toBe(false);
    const no = custody.organisation.say('adam', 'reject', bundle.intent, { attempt: 1 });
    const statements = [...bundle.statements.slice(0, 1), no];
    const rejected = { bundle: { intent: bundle.intent, statements }, transaction, quorum };
    expect(await custody.parties[0].client.call(rpc.signBegin, rejected)).toMatchObject({
      refusal: 'rejected-by-person',
    });
    expect(finishNow(steps)).toMatchObject({ refusal: 'attempt-ended' });
  });

  test('opens no session that was closed before its nonces were all there, and burns those', () => {
    const work = newWork();
    const { bundle, transaction } = work;
    const { sessions } = partyAt(0);
    const before = new Set(sessions.keys());
    const steps = beginInSteps(partyAt(0), { bundle, transaction, quorum });
    partWay(steps);
    const opened = [...sessions.values()].find(({ handle }) => !before.has(handle));
    if (!opened) throw new Error('missing');
    closeAll(work);
    expect(finishNow(steps)).toMatchObject({ refusal: 'session-unknown' });
    expect(sessions.has(opened.handle)).toBe(false);
    expect(opened.nonces).toHaveLength(PARTS);
    for (const nonces of opened.nonces) expect(() => nonces.take()).toThrow('gone');
  });
});
