/** Events of a request by their kinds and facts, for tests of the pure rules. */
import { eventFacts, type EventFacts, type RequestEvent } from '../requests/event.ts';
import { foldEvents, type Standing } from '../requests/fold.ts';
import type { EventKind } from '../requests/life.ts';

export const dora = 'p-aaaaaaaaaa';
export const mia = 'p-bbbbbbbbbb';
export const ada = 'p-cccccccccc';
export const subject = 'ps-aaaaaaaaaaaaaaaa';
export const sha = 'a'.repeat(64);
export const receivedAt = '2026-06-05T10:00:00.000Z';

export type Said = {
  [K in EventKind]: { kind: K; facts: EventFacts<K>; by?: string; at?: string };
}[EventKind];

export const opened = (more: Partial<EventFacts<'opened'>> = {}): Said => ({
  kind: 'opened',
  facts: {
    right: 'access',
    channel: 'email',
    receivedAt,
    isEarlier: false,
    isElectronic: true,
    forAnother: false,
    ...more,
  },
});
export const identified: Said = {
  kind: 'identified',
  facts: { person: subject, ground: 'signed-in' },
};
export const collected: Said = {
  kind: 'collected',
  facts: { system: 'vault', found: 3, digest: sha },
};
export const reviewed: Said = { kind: 'reviewed', facts: { blockers: [] } };
export const advised: Said = { kind: 'opinion-given', facts: { opinion: 'for' }, by: dora };
export const proposed = (more: Partial<EventFacts<'proposed'>> = {}): Said => ({
  kind: 'proposed',
  by: mia,
  facts: {
    decision: 'grant',
    grounds: [],
    earlier: [],
    events: sha,
    package: null,
    plan: null,
    ...more,
  },
});
export const asked = (sentAt: string, about: 'identity' | 'scope' = 'scope'): Said => ({
  kind: 'asked',
  facts: { about, sentAt, withinDays: 3 },
});
export const toOpinion = (more: Partial<EventFacts<'opened'>> = {}): Said[] => [
  opened(more),
  identified,
  collected,
  reviewed,
  advised,
];

export const eventsOf = (said: readonly Said[]): RequestEvent[] =>
  said.map(
    ({ kind, facts, by = dora, at = receivedAt }, index) =>
      ({
        seq: index + 1,
        kind,
        actor: by,
        at,
        facts: eventFacts[kind].parse(facts),
      }) as RequestEvent,
  );
export const standingOf = (...said: readonly Said[]): Standing => foldEvents(eventsOf(said));
