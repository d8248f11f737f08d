import { describe, expect, it } from 'vitest';
import { findUnfinished } from './closing.ts';
import { readEvent, type IncidentEvent } from './event.ts';
import { foldEvents } from './fold.ts';
import { eventsMax } from './load-incident.ts';
import { findNoRoom } from './room.ts';

type Line = [kind: string, actor: string, facts: object];
const file = (...lines: Line[]) => {
  const events = lines.map(([kind, actor, facts], index): IncidentEvent =>
    readEvent({
      seq: index + 1,
      kind,
      actor,
      at: new Date(Date.UTC(2026, 10, 2, 9, index)),
      facts,
    }),
  );
  return { events, standing: foldEvents(events), sort: 'incident' as const };
};
const opened: Line = ['opened', 'ada', { detectedAt: '2026-11-02T09:00:00Z', links: [] }];
const triaged: Line = ['triaged', 'ada', { severity: 1, category: 'other' }];
const classified = (verdict: string): Line => [
  'classified',
  'mia',
  { verdict, route: '8(1)(b)', met: [], digest: '0'.repeat(64), computed: 'not-major' },
];
const reviewed: Line = ['reviewed', 'mia', { cause: 'x', detailed: [], additional: [] }];
const report = '00000000-0000-4000-8000-000000000001';
const moved = (step: string, actor: string, stage = 'initial', of = report): Line => [
  'report-moved',
  actor,
  { report: of, stage, step, submittedAt: step === 'submitted' ? '2026-11-02T09:00:00Z' : null },
];

describe('an incident is not closed', () => {
  const finalReport = moved('submitted', 'ada', 'final', '00000000-0000-4000-8000-000000000002');
  const major = [opened, triaged, classified('major')];

  it('while nobody reviewed a report that went out with one person', () => {
    const alone = [moved('raised', 'ada'), moved('released', 'ada'), moved('submitted', 'ada')];
    const rest = [finalReport, reviewed];
    expect(findUnfinished(file(...major, ...alone, ...rest))).toMatch(/one person/);
    expect(findUnfinished(file(...major, ...alone, ...rest, moved('reviewed', 'ben')))).toBeNull();
    const two = [moved('raised', 'ada'), moved('released', 'ben'), moved('submitted', 'ada')];
    expect(findUnfinished(file(...major, ...two, ...rest))).toBeNull();
    // Taken back and raised by another person, it went out with two.
    const again = [moved('raised', 'ben'), moved('withdrawn', 'ben'), ...two];
    expect(findUnfinished(file(...major, ...again, ...rest))).toBeNull();
  });

  it('while what was notified as major and never was has not been taken back', () => {
    const sent = [moved('raised', 'ada'), moved('released', 'ben'), moved('submitted', 'ada')];
    const undone = [...major, ...sent, classified('reclassified')];
    expect(findUnfinished(file(...undone))).toMatch(/sent to the authority/);
    const back = moved('submitted', 'ada', 'reclassified', '00000000-0000-4000-8000-000000000003');
    expect(findUnfinished(file(...undone, back))).toBeNull();
    expect(findUnfinished(file(...major, classified('reclassified')))).toBeNull();
  });
});

describe('the room of a file', () => {
  const at = (seq: number) => ({ number: 'INC-2026-000001', seq });

  it('is kept for decisions, reports and closing, whatever is noted', () => {
    expect(findNoRoom(at(eventsMax - 501), 'noted')).toBeNull();
    expect(findNoRoom(at(eventsMax - 500), 'noted')?.refusal.code).toBe('too-many');
    expect(findNoRoom(at(eventsMax - 500), 'facts-recorded')).toBeNull();
    expect(findNoRoom(at(eventsMax - 251), 'facts-recorded')?.refusal.code).toBe('too-many');
    for (const kind of ['classified', 'report-moved', 'closed', 'task-done'] as const) {
      expect(findNoRoom(at(eventsMax - 1), kind)).toBeNull();
      expect(findNoRoom(at(eventsMax), kind)?.refusal.code).toBe('too-many');
    }
  });
});
