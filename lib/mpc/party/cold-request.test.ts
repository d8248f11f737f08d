import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { knowsNothing } from '../client/cold-knowledge.ts';
import {
  bytesOf,
  coldWithdrawal,
  openColdCustody,
  openColdVault,
  pressAt,
  rewritten,
  sendOut,
  signAt,
  type ColdCustody,
  type Trip,
} from '../testing/cold-custody.ts';
import { must, randomAddress, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { bring } from './cold-desk.ts';
import { tiesOf } from './store/operations.ts';

let custody: ColdCustody;
let vault: Vault;
let out: Trip;
let other: Trip;

beforeAll(async () => {
  custody = openColdCustody();
  vault = await openColdVault(custody);
  other = await sendOut(custody, vault);
  out = await sendOut(custody, vault);
});
afterAll(() => custody.remove());

const refusalAt = (text: string, site = custody.a): string => {
  const brought = bring(site.desk, bytesOf(text));
  return 'refusal' in brought ? brought.refusal : brought.state;
};

/** Whatever is changed, in place. */
type Loose = { [name: string]: Loose } & Loose[];
type Change = (document: Loose) => void;
const put = (path: string, value: unknown): Change => {
  const names = path.split('.');
  const last = names.pop() ?? '';
  return (document) => {
    const inside = names.reduce<Loose>((at, name) => at[name] as Loose, document);
    inside[last] = value as Loose;
  };
};
const bodyOf = (text: string): Loose =>
  (JSON.parse(text.split('\n')[2] ?? '') as { body: Loose }).body;
const changed = (change: Change, text = out.text): string =>
  rewritten(text, change as unknown as (document: Record<string, unknown>) => void);

describe('a request that somebody changed on the way', () => {
  test('is noticed by its digest', () => {
    const place = out.text.indexOf('"amount"');
    const damaged = [
      out.text.slice(0, place) + out.text.slice(place + 1),
      `${out.text}more`,
      out.text.replace('"signing-request"', '"signing-requesu"'),
    ];
    for (const text of damaged) expect(refusalAt(text)).toBe('travel-damaged');
    expect(refusalAt('')).toBe('travel-not-ours');
    expect(refusalAt('\u0000'.repeat(1000))).toBe('travel-not-ours');
    expect(refusalAt('x'.repeat(300_000))).toBe('travel-too-large');
  });

  test.each<[string, Change, string]>([
    ['type', put('type', 'countersign/travel/v2'), 'travel-malformed'],
    ['kind', put('kind', 'signing-answer'), 'travel-other-kind'],
    ['kind, to that of rounds', put('kind', 'round-request'), 'travel-malformed'],
    ['organisation', put('organisation', 'other-custody'), 'travel-other-organisation'],
    ['environment', put('environment', 'production'), 'travel-other-environment'],
    ['sender', put('from', 'cold-b'), 'travel-other-sender'],
    ['receiver', put('to', 'cold-b'), 'travel-misaddressed'],
    ['trip', put('trip', 'ab'.repeat(32)), 'cold-word-invalid'],
    ['step', put('step', 3), 'travel-out-of-step'],
    ['start', put('madeAt', '2020-01-01T00:00:00.000Z'), 'cold-word-invalid'],
    ['end', put('expiresAt', '2099-01-01T00:00:00.000Z'), 'cold-word-invalid'],
    ['one more field', put('more', true), 'travel-malformed'],
    ['one more field in the body', put('body.more', true), 'travel-malformed'],
    ['no words', put('body.words', []), 'cold-word-missing'],
    ['how far the cold party was seen', put('body.words.0.word.yours', null), 'cold-word-invalid'],
    [
      'the time of the decision',
      put('body.words.0.word.session.decidedAt', '2020-01-01T00:00:00.000Z'),
      'cold-word-invalid',
    ],
    ['whose word it is', put('body.words.0.word.from', 'custody'), 'cold-word-invalid'],
    ['a signature of a word', put('body.words.1.signature', '0'.repeat(128)), 'cold-word-invalid'],
    [
      'the order of words',
      (document) => void document['body']?.['words']?.reverse(),
      'cold-word-invalid',
    ],
    ['amount', put('body.bundle.intent.amount', '1'), 'digest-mismatch'],
    [
      'recipient',
      put('body.bundle.intent.destination.address', randomAddress()),
      'digest-mismatch',
    ],
    ['a statement', put('body.bundle.statements.1.statement.attempt', 2), 'attempt-mixed'],
    [
      'no co-signature',
      (document) => void document['body']?.['bundle']?.['statements']?.splice(2, 1),
      'own-group-missing',
    ],
    [
      'no approval',
      (document) => void document['body']?.['bundle']?.['statements']?.splice(1, 1),
      'statements-incomplete',
    ],
    ['chain', put('body.transaction.chain', 'solana:mainnet'), 'transaction-chain-differs'],
    ['message', put('body.transaction.message', 'AAAA'), 'transaction-undecodable'],
    ['quorum', put('body.quorum', ['control', 'cold-b']), 'signer-group-not-needed'],
    [
      'quorum, to more',
      put('body.quorum', ['control', 'cold-a', 'cold-b']),
      'signer-group-not-needed',
    ],
    ['quorum, to cold ones', put('body.quorum', ['cold-a', 'cold-b']), 'signer-group-not-needed'],
    ['no envelope', put('body.envelope', null), 'envelope-malformed'],
    [
      'nonces',
      put('body.envelope.envelope.payload.commitments.0.hiding', 'ab'.repeat(32)),
      'envelope-unauthentic',
    ],
    [
      'who sent the envelope',
      put('body.envelope.envelope.from', 'custody'),
      'envelope-foreign-sender',
    ],
  ])('is refused by name with another digest as well: %s', (_, change, refusal) => {
    expect(refusalAt(changed(change))).toBe(refusal);
    expect(custody.a.desk.current).toBeNull();
    expect(tiesOf(custody.a.party.database, out.intent.operation)).toEqual([]);
  });

  test('is refused with the envelope, the word or the statements of another trip', () => {
    const theirs = bodyOf(other.text);
    expect(refusalAt(changed(put('body.envelope', theirs['envelope'])))).toBe(
      'envelope-foreign-ceremony',
    );
    expect(refusalAt(changed(put('body.words', theirs['words'])))).toBe('cold-word-invalid');
    expect(refusalAt(changed(put('body.bundle', theirs['bundle'])))).toBe(
      'envelope-foreign-ceremony',
    );
  });

  test('is refused with another transaction for the same operation', async () => {
    const again = transferFor(vault, out.intent, randomNonce());
    expect(
      refusalAt(changed(put('body.transaction.message', encodeBase64url(again.message)))),
    ).toBe('envelope-foreign-ceremony');
    const stolen = transferFor(
      vault,
      coldWithdrawal({ ...vault, destination: { ...vault.destination, address: randomAddress() } }),
      randomNonce(),
    );
    expect(
      refusalAt(changed(put('body.transaction.message', encodeBase64url(stolen.message)))),
    ).toBe('transaction-recipient-differs');
  });

  test('is refused without the news it builds on, and with news that nobody stated', async () => {
    const { b } = custody;
    const fresh = openColdCustody();
    const at = await openColdVault(fresh);
    const trip = await sendOut(fresh, at);
    const listing = bodyOf(trip.text)['news']?.[0];
    expect(listing).toBeDefined();
    expect(refusalAt(changed(put('body.news', []), trip.text), fresh.a)).toBe(
      'destination-not-listed',
    );
    const faked = put('body.news.0.bundle.intent.destination.address', randomAddress());
    expect(refusalAt(changed(faked, trip.text), fresh.a)).toBe('receipt-invalid');
    const bare: Change = (document) => {
      faked(document);
      put('body.news.0.receipts', [])(document);
    };
    expect(refusalAt(changed(bare, trip.text), fresh.a)).toBe('digest-mismatch');
    expect(refusalAt(trip.text, fresh.a)).toBe('open');
    fresh.remove();
    expect(refusalAt(out.text, b)).toBe('travel-misaddressed');
  });

  test('is taken as it was sent, after all of that', () => {
    expect(refusalAt(out.text)).toBe('open');
  });
});

describe('a request that comes too late, too early or again', () => {
  test('is refused by the clock of the cold party', async () => {
    const trip = await sendOut(custody, vault);
    custody.clock.ahead += 2 * 3_600_000;
    expect(refusalAt(trip.text)).toBe('travel-expired');
    custody.clock.ahead -= 4 * 3_600_000;
    expect(refusalAt(trip.text)).toBe('travel-from-the-future');
    custody.clock.ahead = 0;
  });

  test('gives the same answer again while the command is open', async () => {
    const trip = await sendOut(custody, vault);
    const first = signAt(custody.a, custody, trip.text);
    expect(signAt(custody.a, custody, trip.text)).toEqual(first);
  });

  test('is closed by whatever is read after it, and its key press with it', async () => {
    const trip = await sendOut(custody, vault);
    expect(refusalAt(trip.text)).toBe('open');
    expect(refusalAt('nonsense')).toBe('travel-not-ours');
    expect(() => pressAt(custody.a, custody)).toThrow(/not asked/u);
  });

  test('for another transaction of an operation that a share left for is refused', async () => {
    const trip = await sendOut(custody, vault);
    signAt(custody.a, custody, trip.text);
    const transaction = transferFor(vault, trip.intent, randomNonce());
    const again = await sendOut(custody, vault, { ...trip, transaction, knowledge: knowsNothing });
    expect(refusalAt(again.text)).toBe('transaction-does-not-conflict');
  });
});

test('a key press over another document counts for nothing', async () => {
  const [first, second] = [await sendOut(custody, vault), await sendOut(custody, vault)];
  expect(refusalAt(first.text)).toBe('open');
  const { ask, press } = await import('./cold-desk.ts');
  const question = ask(custody.a.desk, 'p-coraaaaaaa');
  if (!question) throw new Error('not asked');
  const { origin } = custody.a.config.origin;
  const assertion = custody.organisation.keys.cora.assert({
    challenge: question.challenge,
    origin,
  });
  expect(refusalAt(second.text)).toBe('open');
  const old = { nonce: question.confirm.nonce, assertion };
  expect(press(custody.a.desk, old)).toMatchObject({ refusal: 'cold-confirm-stale' });
  const now = ask(custody.a.desk, 'p-coraaaaaaa');
  if (!now) throw new Error('not asked');
  expect(press(custody.a.desk, { nonce: now.confirm.nonce, assertion })).toMatchObject({
    refusal: 'challenge-mismatch',
  });
  expect(tiesOf(custody.a.party.database, second.intent.operation)).toEqual([]);
  must({ ...pressAt(custody.a, custody), party: 'cold-a' } as Parameters<typeof must>[0]);
});
