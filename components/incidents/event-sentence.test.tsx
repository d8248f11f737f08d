import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#lib/incidents/desk/event.ts';
import { eventWords, type EventKind } from '#lib/incidents/desk/life.ts';
import { EventSentence, type Told } from './event-sentence.tsx';

const told: Told = {
  source: 'break-over-limit',
  names: { 'p-aaaaaaaaaa': 'Ada Hofmann' },
  tasks: new Map([[4, 'Ask the provider']]),
  files: new Map([[5, 'node.log']]),
};
const at = '2026-11-28T10:00:00.000Z';
const link = { kind: 'operation', ref: 'OP-2026-000001' };
const digest = '0'.repeat(64);

/** Facts of one event of each kind, and what its sentence says. */
const cases: { [K in EventKind]: [facts: unknown, sentence: string] } = {
  opened: [
    { detectedAt: at, links: [link] },
    'Opened: reconciliation break over the limit. Noticed 28 Nov 2026, 10:00 UTC. About operation OP-2026-000001',
  ],
  retitled: [{}, 'The title was changed'],
  triaged: [{ severity: 2, category: 'system-failure' }, 'Triaged as 2 · High, system failure'],
  acknowledged: [{}, 'Acknowledged: somebody is on it'],
  assigned: [{ to: 'p-aaaaaaaaaa' }, 'Assigned to Ada Hofmann'],
  escalated: [
    { level: 2, rule: 'unanswered-15', to: [] },
    'Escalated to level 2, where nobody is on call: nobody acknowledged it within 15 minutes',
  ],
  noted: [{}, 'Note'],
  'facts-recorded': [
    {
      facts: {
        clients_affected: { value: 12, estimated: true, evidence: null },
        downtime: { value: '00:02:05', estimated: false, evidence: null },
      },
    },
    'Facts recorded',
  ],
  assessed: [
    { of: 3, major: true, route: '8(1)(b)', met: [], digest, rules: '1' },
    'By the facts so far it is major (2024/1772, Art 8(1)(b))',
  ],
  classified: [
    { verdict: 'not-major', route: 'not major', met: [], digest, computed: 'major' },
    'Classified: not major. The worksheet says major',
  ],
  linked: [{ links: [link] }, 'Linked to operation OP-2026-000001'],
  unlinked: [link, 'Link removed: operation OP-2026-000001'],
  'evidence-added': [
    { id: '', mediaType: 'text/plain', size: 1, sha256: digest },
    'Evidence added: node.log',
  ],
  'task-added': [
    { purpose: 'task', assignee: null, dueOn: '2026-12-01' },
    'Task for nobody yet, due 1 Dec 2026: Ask the provider',
  ],
  'task-moved': [
    { task: 4, assignee: 'p-aaaaaaaaaa', dueOn: '2026-12-02' },
    'Task now with Ada Hofmann, due 2 Dec 2026: Ask the provider',
  ],
  'task-done': [{ task: 4 }, 'Done: Ask the provider'],
  warned: [
    { clock: 'initial', percent: 80, dueAt: at },
    'Warning: 80 % of the time is used. Initial notification, due 28 Nov 2026, 10:00 UTC',
  ],
  told: [{ whom: 'clients', count: 1200 }, 'Clients were told (1,200)'],
  'report-moved': [
    { report: '', stage: 'initial', step: 'submitted', submittedAt: at },
    'Initial notification: submitted 28 Nov 2026, 10:00 UTC',
  ],
  'threat-notified': [
    { sentAt: at, draft: 2, digest: '0'.repeat(64) },
    'The threat was notified, sent 28 Nov 2026, 10:00 UTC',
  ],
  reviewed: [
    { cause: 'human_error_mistake', detailed: [], additional: [] },
    'Reviewed. Root cause: Human error: mistake',
  ],
  closed: [{}, 'Closed'],
  reopened: [{}, 'Reopened'],
  dropped: [{ as: 'duplicate', of: 'INC-2026-000002' }, 'Dropped: the same as INC-2026-000002'],
};

const seqOf = (kind: EventKind): number =>
  kind === 'task-added' ? 4 : kind === 'evidence-added' ? 5 : 9;

function sentence(kind: EventKind): string {
  const event = { seq: seqOf(kind), kind, actor: 'system', at, facts: cases[kind][0] };
  return renderToStaticMarkup(<EventSentence event={event as IncidentEvent} told={told} />)
    .replaceAll(/<[^>]*>/g, '')
    .trim();
}

describe('what happened to an incident', () => {
  it.each(Object.keys(eventWords) as EventKind[])('is said in plain words: %s', (kind) => {
    const [, said] = cases[kind];
    // Facts follow their sentence, a line each.
    expect(sentence(kind).slice(0, kind === 'facts-recorded' ? said.length : undefined)).toBe(said);
  });

  it('says each fact by its name, with its value and that it is estimated', () => {
    const text = sentence('facts-recorded');
    expect(text).toContain(': 12, estimated');
    expect(text).toContain('2 h 5 min');
  });
});
