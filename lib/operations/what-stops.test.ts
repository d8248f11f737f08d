import { describe, expect, it } from 'vitest';
import type { Standing } from './standing.ts';
import { whatStops, type StopMeans } from './what-stops.ts';

const standing = (change: Partial<Standing>): Standing => ({
  kind: 'withdrawal',
  state: 'signing',
  raisedBy: 'p-raiser',
  roster: null,
  expiresAt: new Date('2026-11-28T12:00:00.000Z'),
  needs: [
    { group: 'control', decision: 'approve', people: 1 },
    { group: 'custody', decision: 'cosign', people: 1 },
  ],
  statements: [{ personId: 'p-raiser', group: null, decision: 'raise' }],
  delaySeconds: 0,
  secondChannel: false,
  waitingUntil: null,
  adoptedBy: [],
  mayBeSigned: false,
  ...change,
});

const means: StopMeans = {
  isFreezable: true,
  scope: { vault: 'warm-1', asset: 'SOL' },
  isTrip: false,
  now: new Date('2026-11-27T12:00:00.000Z'),
};
const change = { kind: 'policy-change', needs: standing({}).needs } as const;

describe('what can still stop an operation', () => {
  it('is not said while people state, while it is held, and once it is over', () => {
    for (const state of ['raised', 'approved', 'held', 'confirmed', 'done', 'rejected'] as const)
      expect(whatStops(standing({ state }), means)).toBeNull();
  });

  it('is a rejection here and a freeze, until a withdrawal with every statement begins', () => {
    expect(whatStops(standing({ state: 'cosigned' }), means)).toBe(
      'Until signing begins anyone entitled can reject it here. A freeze of vault warm-1, of SOL or of everything stops it as well.',
    );
    expect(whatStops(standing({ state: 'waiting', delaySeconds: 60 }), means)).toMatch(
      /^Until then anyone entitled can reject it here\. A freeze/,
    );
  });

  it('is a freeze or a no at a party, and no rejection here, while no share of a withdrawal is out', () => {
    const words = whatStops(standing({}), means);
    expect(words).toMatch(/^Nobody can reject it here any more\./);
    expect(words).toContain('no part of the signature has left a party');
    expect(words).toContain(
      'a freeze of vault warm-1, of SOL or of everything, or a rejection at a party’s own page, stops that party',
    );
  });

  it('is a freeze or a no at the party with a network, as long as a cold trip lasts', () => {
    expect(whatStops(standing({}), { ...means, isTrip: true })).toMatch(
      /only when the answer is back\. Until then a freeze .* stops it, also while documents are on their way\.$/,
    );
  });

  it('reaches only parties that have handed out no share, once one may be out', () => {
    for (const state of ['cosigned', 'waiting', 'signing'] as const)
      for (const isTrip of [true, false])
        expect(whatStops(standing({ state, mayBeSigned: true }), { ...means, isTrip })).toMatch(
          /^Nobody can reject it here any more\. A party may have handed out .* still stops each party that has not; once all that sign have, nothing does\.$/,
        );
  });

  it('is nothing once a signature exists', () => {
    for (const state of ['signed', 'broadcast'] as const)
      expect(whatStops(standing({ state, mayBeSigned: true }), means)).toBe(
        'A signature exists, so neither a rejection nor a freeze stops it any more.',
      );
  });

  it('is never a freeze for work on keys, which is how people work on a freeze', () => {
    const words = whatStops(standing({ kind: 'key-refresh', state: 'cosigned' }), {
      ...means,
      isFreezable: false,
      scope: null,
    });
    expect(words).toContain('A freeze does not stop work on keys.');
    expect(words).toContain('A rejection at a party’s own page');
  });

  it('of a proof of control is a freeze of its vault, until all have signed', () => {
    const words = whatStops(standing({ kind: 'proof-of-control', state: 'signing' }), means);
    expect(words).toContain('A freeze of the vault or of everything');
    expect(words).toContain('has not handed out its part of the signature');
  });

  it('of a change is a freeze only where the parties refuse it under one', () => {
    const of = { ...means, scope: null };
    expect(whatStops(standing({ ...change, state: 'waiting' }), of)).toContain(
      'A freeze of everything',
    );
    expect(
      whatStops(standing({ ...change, kind: 'release', state: 'waiting' }), {
        ...of,
        isFreezable: false,
      }),
    ).toBe('Until then anyone entitled can reject it here.');
    expect(whatStops(standing({ ...change, state: 'signing' }), of)).toMatch(
      /or a freeze of everything, still stops each party that has not taken it over\.$/,
    );
  });

  it('of a change that a party has is nothing, because the others follow it', () => {
    expect(
      whatStops(standing({ ...change, state: 'signing', adoptedBy: ['control'] }), means),
    ).toBe(
      'Nobody can reject it here any more. Control took it over already, and the others follow. To take it back, raise a new policy change.',
    );
  });

  it('of a stop is nothing but, for a freeze, its release', () => {
    const stop = { state: 'cosigned', needs: [] } as const;
    expect(whatStops(standing({ ...stop, kind: 'freeze' }), means)).toContain('A release ends it.');
    expect(whatStops(standing({ ...stop, kind: 'revocation' }), means)).toBe(
      'It stands here already, and nobody can reject it.',
    );
  });
});
