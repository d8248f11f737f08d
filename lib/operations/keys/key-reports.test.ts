import { describe, expect, it } from 'vitest';
import { chooseHelpers } from './choose-helpers.ts';
import { backedUpAt, epochInForce, sharesOf, type ReportRow } from './key-reports.ts';

const at = new Date('2026-11-27T12:00:00.000Z');
const says = (party: string, held: object): ReportRow => ({
  party,
  at,
  status: { ok: true, status: { keys: [{ key: 'key-1', ...held }] } },
});
const parties = ['control', 'custody', 'recovery'];

describe('what parties say of a key', () => {
  it('keeps a silent party apart from one that holds nothing', () => {
    const rows: ReportRow[] = [
      says('control', { epoch: 2, state: 'usable', backedUpEpoch: 2 }),
      { party: 'custody', at, status: { ok: true, status: { keys: [] } } },
      { party: 'recovery', at, status: { ok: false, refusal: 'party-unreachable' } },
    ];
    const shares = sharesOf('key-1', [...parties, 'never'], rows);
    expect(shares.map(({ state }) => state)).toEqual(['usable', 'none', 'unknown', 'unknown']);
    expect(shares[3]?.reportedAt).toBeNull();
    expect(epochInForce(shares)).toBe(2);
    expect(backedUpAt(shares, 2)).toBe(1);
    expect(backedUpAt(shares, 3)).toBe(0);
  });

  it('takes the newest epoch in use, and no epoch that is only prepared', () => {
    const rows = [
      says('control', { epoch: 2, state: 'usable' }),
      says('custody', { epoch: 1, state: 'usable' }),
      says('recovery', { epoch: 9, state: 'prepared' }),
    ];
    expect(epochInForce(sharesOf('key-1', parties, rows))).toBe(2);
    expect(epochInForce([])).toBeNull();
  });

  it('keeps with whom each can sign, and nothing for a key that signs without pairs', () => {
    const pairs = [{ peer: 'custody', id: 'ab'.repeat(32), state: 'banned' }];
    const rows = [
      says('control', { epoch: 1, state: 'usable', pairs }),
      says('custody', { epoch: 1, state: 'usable' }),
      says('recovery', { epoch: 1, state: 'usable', pairs: [{ peer: 'x', state: 'unheard-of' }] }),
    ];
    expect(sharesOf('key-1', parties, rows).map((share) => share.pairs)).toEqual([
      [{ peer: 'custody', state: 'banned' }],
      null,
      null,
    ]);
  });

  it('reads what it does not understand as nothing said', () => {
    const rows = [{ party: 'control', at, status: 'nonsense' }];
    expect(sharesOf('key-1', ['control'], rows)[0]).toMatchObject({ state: 'unknown' });
  });
});

describe('helpers of a repair', () => {
  const party = (name: string, index: number, cold?: true) => ({
    name,
    index,
    group: 'control' as const,
    identityKey: '',
    exchangeKey: '',
    ...(cold ? { cold } : {}),
  });
  const roster = {
    parties: [party('cold-a', 1, true), party('b', 2), party('c', 3), party('d', 4)],
  };
  const share = (name: string, state: string, epoch = 2) => says(name, { state, epoch });
  const all = ['cold-a', 'b', 'c', 'd'];
  const choose = (rows: ReportRow[], threshold = 2) =>
    chooseHelpers({
      roster,
      shares: sharesOf('key-1', all, rows),
      epoch: 2,
      party: 'd',
      key: { threshold },
    });

  it('are as many as the threshold, with a network first, in the order of their index', () => {
    expect(choose(all.map((name) => share(name, 'usable')))).toEqual(['b', 'c']);
    expect(
      choose(
        all.map((name) => share(name, 'usable')),
        3,
      ),
    ).toEqual(['cold-a', 'b', 'c']);
  });

  it('hold the epoch in force with a share that opens, and are never the one that lost it', () => {
    expect(choose([share('b', 'lost'), share('c', 'usable', 1), share('d', 'usable')])).toEqual([]);
    expect(choose([share('b', 'usable')])).toEqual(['b']);
  });
});
