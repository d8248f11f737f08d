import { describe, expect, it } from 'vitest';
import { breachClock } from './clock.ts';
import { missingContents } from './completeness.ts';
import { readBreachEvent } from './event.ts';
import { foldBreach } from './fold.ts';
import type { BreachEventKind } from './life.ts';
import { nextSteps } from './next-steps.ts';
import { findRisk, type RiskFactors } from './risk.ts';
import { arePersonsSettled, isAuthoritySettled } from './rules.ts';

type Said = [kind: BreachEventKind, facts: object];
const at = '2026-06-19T10:00:00.000Z';
const sha = 'a'.repeat(64);
const factors: RiskFactors = {
  data: 'simple',
  recognition: 'limited',
  disclosure: 'known',
  change: 'none',
  outage: 'none',
  crowd: 'few',
  isMalicious: false,
  isVulnerable: false,
  isUnintelligible: false,
  likelihood: 'remote',
};
const opened: Said = ['opened', { source: 'own', noticedAt: at, processor: null }];
const confirmed: Said = ['confirmed', { awareAt: at }];
const assessed = (risk: string): Said => [
  'assessed',
  { factors, found: findRisk(factors).risk, risk },
];
const contained: Said = ['contained', { containedAt: at }];
const described: Said = [
  'described',
  {
    kinds: ['confidentiality'],
    groups: ['client'],
    categories: ['identity'],
    persons: { least: 2, most: 2 },
    records: { least: 2, most: 2 },
    systems: [],
    readability: 'readable',
    cause: 'human-error',
    states: [],
    wrote: ['nature', 'consequences', 'measures'],
  },
];
const signed = (phase: number, missing: string[] = []): Said => [
  'notification-signed',
  { phase, digest: sha, missing, isLate: false },
];
const sent = (of: number): Said => [
  'notification-sent',
  { of, sentAt: at, channel: 'portal', reference: 'DSB-1' },
];

function stepsOf(said: readonly Said[], now = '2026-06-20T10:00:00.000Z') {
  const standing = foldBreach(
    said.map(([kind, facts], index) =>
      readBreachEvent({ seq: index + 1, kind, actor: 'p-aaaaaaaaaa', at: new Date(at), facts }),
    ),
  );
  return nextSteps({
    standing,
    clock: breachClock(standing, new Date(now)),
    missing: missingContents(standing, true),
    isAuthoritySettled: isAuthoritySettled(standing),
    arePersonsSettled: arePersonsSettled(standing),
  });
}
const words = (said: readonly Said[]) => stepsOf(said).map(({ what, who }) => `${who}: ${what}`);

describe('what is next', () => {
  it('begins with what the 72 hours wait for, and names their end', () => {
    const [first] = stepsOf([opened, confirmed]);
    expect(first).toMatchObject({ what: 'Assess the risk to persons.', who: 'work' });
    expect(first?.until).toEqual({ at: expect.stringContaining('2026-06-22T10:00:00') });
  });

  it('is to send what was signed before anything else', () => {
    expect(words([opened, confirmed, signed(1, ['nature'])])[0]).toBe(
      'work: Send part 1 to the authority, and record its reference.',
    );
  });

  it('at no likely risk is one of the two ways, and then a second person', () => {
    const known = [opened, confirmed, assessed('unlikely'), contained];
    expect(words(known)[0]).toBe(
      'sign: Sign off the initial notification, or propose not to notify.',
    );
    expect(words([...known, ['clearance-proposed', { events: sha }]])[0]).toMatch(
      /^second: Decide/,
    );
  });

  it('of one that nobody is notified of is to document it before it is closed', () => {
    const cleared: Said[] = [
      opened,
      confirmed,
      assessed('unlikely'),
      contained,
      ['clearance-proposed', { events: sha }],
      ['clearance-approved', { of: 5, events: sha }],
    ];
    expect(words(cleared)).toEqual([
      'work: Describe it: facts, effects and remedies are documented (Art 33(5)).',
    ]);
    expect(words([...cleared, described])).toEqual(['work: Close it.']);
  });

  it('of the persons is a decision, then those who wait', () => {
    const high = [opened, confirmed, described, assessed('high'), contained, signed(1), sent(6)];
    expect(words(high)).toEqual(['sign: Decide whether the persons are told.']);
    const telling: Said[] = [...high, ['persons-decided', { isTold: true, exception: null }]];
    expect(words(telling)).toEqual(['work: Tell the persons: 2 at least wait.']);
    const excepted: Said[] = [
      ...high,
      ['persons-decided', { isTold: false, exception: 'disproportionate' }],
    ];
    expect(words(excepted)).toEqual([
      'agree: Agree as the second person that the exception holds.',
    ]);
    expect(words([...excepted, ['persons-agreed', { of: 8 }]])).toEqual([
      'work: Make it public, and record that.',
    ]);
  });

  it('is the rest of the notification once all of Article 33(3) is on record, and the end after it', () => {
    const part = [opened, confirmed, assessed('likely'), contained, signed(1, ['nature']), sent(5)];
    expect(words(part)[0]).toMatch(/^work: Put on record what Art 33\(3\) asks for: nature/);
    expect(words([...part, described])).toEqual(['sign: Sign off the rest of the notification.']);
    expect(words([...part, described, signed(2), sent(8)])).toEqual(['work: Close it.']);
  });

  it('is nothing while it is only suspected, and at its end', () => {
    expect(stepsOf([opened])).toEqual([]);
    const cleared: Said[] = [opened, confirmed, assessed('unlikely'), contained];
    expect(stepsOf([...cleared, ['closed', {}]])).toEqual([]);
  });
});
