import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitcoinNodeError } from '#lib/chains/bitcoin/client/node-error.ts';
import { EndpointsDiffer } from '#lib/chains/endpoints-differ.ts';
import { EthereumRpcError } from '#lib/chains/ethereum/client/rpc-error.ts';
import { SolanaRpcError } from '#lib/chains/solana/rpc-error.ts';
import { waitOfError } from './wait-of-error.ts';
import { waitWords } from './wait-words.ts';
import { nextWait, waitOn, type WaitReason } from './wait.ts';

const other = '3f0f3a3e-7f0f-4c53-9f51-1c2f6a2b7d10';
const reasons: readonly WaitReason[] = [
  { code: 'no-fee-rate' },
  { code: 'fee-above-bound' },
  { code: 'coins-set-aside', for: [other] },
  { code: 'number-taken', for: [other] },
  { code: 'asset-held' },
  { code: 'break-over-limit' },
  { code: 'break-unjudged' },
  { code: 'no-nonce-account' },
  { code: 'nonce-account-unready' },
  { code: 'not-in-block' },
  { code: 'outbid' },
  { code: 'record-changed' },
  { code: 'confirmations', have: 1, need: 2 },
  { code: 'confirmations', have: 0, need: null },
  { code: 'answers-unclear' },
  { code: 'nodes-differ' },
  { code: 'node-away' },
  { code: 'node-behind' },
  { code: 'party-away', party: 'custody' },
  { code: 'party-began-anew', party: 'custody' },
  { code: 'worker-failed' },
];
const facts = { chainName: 'Bitcoin', highestFee: '0.0001 BTC', numbers: ['WD-2026-000007'] };
const where = { state: 'cosigned', attempt: 1 };
const at = new Date('2026-11-30T04:00:00.000Z');

describe('why an operation waits', () => {
  it.each(reasons)('is said in a fragment for lists and in whole sentences: %j', (reason) => {
    const { words, sentence } = waitWords(reason, facts);
    expect(words).not.toMatch(/\.$/);
    expect(words.length).toBeLessThan(70);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(`${words}${sentence}`).not.toMatch(/undefined|null|NaN/);
  });

  it('names the operation in the way, or none where it is not known', () => {
    const reason: WaitReason = { code: 'coins-set-aside', for: [other] };
    expect(waitWords(reason, facts).words).toBe('Waits for coins of WD-2026-000007');
    expect(waitWords({ ...reason, for: [] }, { ...facts, numbers: [] }).words).toBe(
      'Waits for coins of another operation',
    );
  });

  it('counts confirmations up to those that are needed', () => {
    expect(waitWords({ code: 'confirmations', have: 1, need: 6 }, facts).words).toBe(
      'In a block: 1 of 6 confirmations',
    );
  });

  it('holds only in the state and the attempt in which it was reported', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...reasons),
        fc.constantFrom('cosigned', 'signing', 'broadcast'),
        fc.constantFrom('cosigned', 'signing', 'broadcast'),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (reason, one, two, first, second) => {
          const wait = nextWait(null, { state: one, attempt: first, reason, at });
          const found = waitOn(JSON.parse(JSON.stringify(wait)), { state: two, attempt: second });
          expect(found !== null).toBe(one === two && first === second);
        },
      ),
    );
  });

  it('goes on from the same instant while only its numbers change', () => {
    const first = nextWait(null, {
      ...where,
      reason: { code: 'confirmations', have: 1, need: 6 },
      at,
    });
    const later = new Date(at.getTime() + 60_000);
    const second = nextWait(first, {
      ...where,
      reason: { code: 'confirmations', have: 2, need: 6 },
      at: later,
    });
    expect(second.since).toBe(at.toISOString());
    const third = nextWait(second, { ...where, reason: { code: 'node-away' }, at: later });
    expect(third.since).toBe(later.toISOString());
  });

  it('is nothing where the record is of another form', () => {
    for (const stored of [null, undefined, {}, 'x', { ...where, reason: { code: 'x' } }])
      expect(waitOn(stored, where)).toBeNull();
  });

  it('tells nodes that differ from one that is away, from one that is behind, and from our own fault', () => {
    const codeOf = (error: unknown): string => waitOfError(error).code;
    expect(codeOf(new EndpointsDiffer('tip', 'they differ'))).toBe('nodes-differ');
    expect(codeOf(new BitcoinNodeError('node-timeout', 'tip', 'late'))).toBe('node-away');
    expect(codeOf(new BitcoinNodeError('node-behind', 'tip', 'old'))).toBe('node-behind');
    expect(codeOf(new EthereumRpcError('rpc-unreachable', 'eth_call', 'gone'))).toBe('node-away');
    expect(codeOf(new SolanaRpcError('rpc-node-unhealthy', 'getSlot', 'old'))).toBe('node-behind');
    expect(codeOf(new Error('a bug'))).toBe('worker-failed');
  });
});
