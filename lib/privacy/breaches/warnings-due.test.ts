/** Warnings of persons who were not told, and of what the authority lacks: due by our own targets, until it is done. */
import { describe, expect, it } from 'vitest';
import { readBreachEvent } from './event.ts';
import { foldBreach } from './fold.ts';
import type { BreachEventKind } from './life.ts';
import { findRisk, type RiskFactors } from './risk.ts';
import { warningsDue } from './warnings-due.ts';

type Said = [kind: BreachEventKind, facts: object, hours?: number];
const start = Date.parse('2026-06-19T10:00:00.000Z');
const instant = (hours: number) => new Date(start + hours * 3_600_000);
const at = instant(0).toISOString();
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
const assessed = (risk: string, hours = 0): Said => [
  'assessed',
  { factors, found: findRisk(factors).risk, risk },
  hours,
];
const aware: Said[] = [
  ['opened', { source: 'own', noticedAt: at, processor: null }],
  ['confirmed', { awareAt: at }],
];
const sent = (missing: readonly string[], seq: number, phase = 1): Said[] => [
  ['notification-signed', { phase, digest: 'a'.repeat(64), missing, isLate: false }],
  ['notification-sent', { of: seq, sentAt: at, channel: 'portal', reference: 'DSB-1' }],
];
const due = (said: readonly Said[], hours: number) => {
  const events = said.map(([kind, facts, after = 0], index) =>
    readBreachEvent({ seq: index + 1, kind, actor: 'p-aaaaaaaaaa', at: instant(after), facts }),
  );
  return warningsDue(foldBreach(events), instant(hours));
};

describe('persons who were not told of a high risk', () => {
  const high = [...aware, assessed('high'), ...sent([], 4)];
  const of = (hours: number) => ({ kind: 'persons-warned', facts: { hours } });

  it('are warned of once at each mark, from when it was first found to be high', () => {
    expect(due(high, 23.9)).toEqual([]);
    expect(due(high, 24)).toEqual([of(24)]);
    const warned: Said[] = [...high, ['persons-warned', { hours: 24 }, 24]];
    expect(due(warned, 47)).toEqual([]);
    expect(due([...warned, assessed('high', 40)], 50)).toEqual([of(48)]);
    expect(due([...warned, assessed('unlikely', 40)], 50)).toContainEqual(of(48));
  });

  it('are warned of no more once they were told, or once two people hold that an exception stands', () => {
    const telling: Said[] = [...high, ['persons-decided', { isTold: true, exception: null }]];
    expect(due(telling, 30)).toEqual([of(24)]);
    const told: Said = ['persons-told', { sentAt: at, channel: 'email', count: 3, listed: 0 }];
    expect(due([...telling, told], 30)).toEqual([]);
    const excepted: Said[] = [
      ...high,
      ['persons-decided', { isTold: false, exception: 'unintelligible' }],
    ];
    expect(due(excepted, 30)).toEqual([of(24)]);
    expect(due([...excepted, ['persons-agreed', { of: 6 }]], 30)).toEqual([]);
    expect(due([...aware, assessed('likely'), ...sent([], 4)], 100)).toEqual([]);
  });
});

describe('what the authority lacks after the first part', () => {
  const part = [...aware, assessed('likely'), ...sent(['persons', 'measures'], 4)];

  it('is warned of part by part until all of Article 33(3) was sent', () => {
    expect(due(part, 71)).toEqual([]);
    expect(due(part, 72)).toEqual([
      { kind: 'rest-warned', facts: { hours: 72, missing: ['persons', 'measures'] } },
    ]);
    const second = [...part, ...sent(['measures'], 6, 2)];
    expect(due(second, 170)).toEqual([
      { kind: 'rest-warned', facts: { hours: 168, missing: ['measures'] } },
    ]);
    expect(due([...second, ...sent([], 8, 3)], 400)).toEqual([]);
  });

  it('is warned of beside the persons, each by its own clock', () => {
    const both = [...aware, assessed('high'), ...sent(['measures'], 4)];
    expect(due(both, 80).map(({ kind }) => kind)).toEqual(['rest-warned', 'persons-warned']);
  });
});
