/** Drafts of a given size that the analyser has to look through to the end, and how long it takes. */
import type { Policy, PolicyRule } from '../policy.ts';
import type { Roster, RosterPerson } from '../roster.ts';
import { findSoloPath } from '../segregation.ts';
import { policy, roster } from '../testing/sample.ts';

/** Entries of the roster that share a key, and so are one person. */
const HAND = 5;
/** As many as a roster may have. */
const BACKUPS = 16;
const DELEGATIONS = 24;
/** Groups of custodians, and pairs of giver and stand-in. */
export const GROUPS = BACKUPS + DELEGATIONS;
export const RULES = 100;

const letters = 'abcdefghijklmnopqrstuvwxyz';
const idOf = (place: number): string =>
  `p-aaaaaaa${[676, 26, 1].map((size) => letters[Math.floor(place / size) % 26]).join('')}`;

/** Everybody in a hand of five could raise, approve, co-sign, recover and stand in for somebody. */
function peopleOf(count: number): RosterPerson[] {
  const groups = ['control', null, 'custody', 'recovery', null] as const;
  return Array.from({ length: count }, (_, place) => {
    const hand = Math.floor(place / HAND)
      .toString(16)
      .padStart(8, '0');
    return {
      id: idOf(place),
      roles: ['officer'],
      group: groups[place % HAND] ?? null,
      credentials: [
        {
          id: Buffer.from(`cc${hand}`, 'hex').toString('base64url'),
          publicKey: Buffer.from(`dd${hand}${place.toString(16).padStart(8, '0')}`, 'hex').toString(
            'base64url',
          ),
          backupEligible: false,
          software: true,
          notAfter: null,
          revokedAt: null,
        },
      ],
    };
  });
}

/**
 * A roster in which every five are one person, and everybody who has no group stands in for an
 * approver of another hand.
 * @param count at least 50.
 */
export function tangledRoster(count: number): Roster {
  const borrowers = Array.from({ length: count }, (_, place) => place).filter(
    (place) => place % HAND === 1 || place % HAND === 4,
  );
  return {
    ...roster,
    people: peopleOf(count),
    delegations: Array.from({ length: DELEGATIONS }, (_, pair) => {
      const to = borrowers[pair % borrowers.length] ?? 0;
      const hand = Math.floor(to / HAND);
      return {
        from: idOf(((hand + 1 + pair) * HAND) % count),
        to: idOf(to),
        notAfter: `2027-01-${String(1 + pair).padStart(2, '0')}T00:00:00.000Z`,
      };
    }),
    // Three custodians of three hands each, so that nobody has two parts.
    backups: Array.from({ length: BACKUPS }, (_, group) => ({
      id: `keep-${group}`,
      party: `party-${group}`,
      threshold: 2,
      publicKey: group.toString(16).padStart(64, '0'),
      custodians: [0, 1, 2].map((part) => idOf((group * HAND + part * HAND) % count)),
    })),
  };
}

const tiers = ['hot', 'warm', 'cold'] as const;
const allow = (people: number): PolicyRule['outcome'] => ({
  effect: 'allow',
  needs: [
    { group: 'control', decision: 'approve', people },
    { group: 'custody', decision: 'cosign', people: 1 },
  ],
});

/** Many particulars, as rules have them that were added one by one. */
const particular = (place: number): PolicyRule['when'] => ({
  kinds: ['withdrawal', 'destination-listing'],
  assets: ['SOL'],
  clients: [`C-${2000 + place}`, `C-${3000 + place}`],
  ...(place % 3 === 0 ? { amountAbove: String(1000 + place) } : {}),
  ...(place % 4 === 0
    ? {
        hours: {
          zone: ['Europe/Vienna', 'America/New_York', 'UTC'][place % 3] ?? 'UTC',
          days: [1, 2, 3, 4, 5],
          from: `0${place % 10}:00`,
          to: `1${place % 10}:30`,
          holds: place % 8 === 0 ? 'inside' : 'outside',
        },
      }
    : {}),
});

/**
 * A policy of {@link RULES} rules that no hand gets by: some rules ask for one person more than a
 * hand has, and those that ask for less are covered by denials which only together leave nothing.
 */
export function tangledPolicy(): Policy {
  const strict = Array.from({ length: 40 }, (_, place) => ({
    when: particular(place),
    outcome: allow(4),
  }));
  const denials = tiers.flatMap((tier) =>
    [true, false].map((firstUse) => ({
      when: { kinds: ['withdrawal' as const], tiers: [tier], firstUse },
      outcome: { effect: 'deny' as const, reason: 'Closed.' },
    })),
  );
  const covered = Array.from(
    { length: RULES - strict.length - denials.length - 1 },
    (_, place) => ({
      when: { ...particular(100 + place), kinds: ['withdrawal' as const] },
      outcome: allow(1),
    }),
  );
  const rest = {
    when: { kinds: ['roster-change' as const, 'policy-change' as const, 'key-ceremony' as const] },
    outcome: allow(4),
  };
  return {
    ...policy,
    rules: [...strict, ...denials, ...covered, rest].map((rule, place) => ({
      id: `rule-${place}`,
      name: `Rule ${place}`,
      ...rule,
    })),
  };
}

/**
 * Milliseconds of each run; every answer must be that there is no path, as only then everything was
 * looked at.
 */
export function benchSoloPath(people: number, { runs = 15 } = {}): number[] {
  const draft = { roster: tangledRoster(people), policy: tangledPolicy() };
  const run = (): number => {
    const start = performance.now();
    if (findSoloPath(draft.roster, draft.policy) !== null) throw new Error('There is no path.');
    return performance.now() - start;
  };
  run();
  run();
  return Array.from({ length: runs }, run);
}
