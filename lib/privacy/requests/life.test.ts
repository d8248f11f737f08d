import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advised,
  asked,
  collected,
  identified,
  opened,
  proposed,
  reviewed,
  sha,
  standingOf,
  subject,
  toOpinion,
  ada,
  mia,
  type Said,
} from '../testing/request-events.ts';
import { eventFacts, readEvent } from './event.ts';
import { eventWords, mayHappen, requestStates, type EventKind, type RequestState } from './life.ts';

const approved: Said = { kind: 'approved', facts: { of: 6, events: sha }, by: ada };
const answered: Said = {
  kind: 'fulfilled',
  facts: { channel: 'portal', sentAt: '2026-06-20T10:00:00Z', digest: sha, namesRemedies: true },
};
const closed: Said = { kind: 'closed', facts: {} };
const reopened: Said = { kind: 'reopened', facts: {} };

describe('a request', () => {
  it('goes from its receipt to its closing in the order of the law', () => {
    const way: Said[] = [...toOpinion(), proposed(), approved, answered, closed];
    const states = way.map((_, index) => standingOf(...way.slice(0, index + 1)).state);
    expect(states).toEqual([
      'received',
      'received',
      'collecting',
      'review',
      'opinion',
      'proposed',
      'approved',
      'fulfilled',
      'closed',
    ]);
    for (const [index, { kind }] of way.entries())
      expect(mayHappen(index === 0 ? null : (states[index - 1] ?? null), kind)).toBe(true);
  });

  it('waits for one answer at a time, and goes on where it was', () => {
    const open = standingOf(opened(), collected, asked('2026-06-08T10:00:00Z'));
    expect(open.state).toBe('clarification');
    expect(mayHappen(open.state, 'asked')).toBe(false);
    const after = standingOf(opened(), collected, asked('2026-06-08T10:00:00Z'), {
      kind: 'answered',
      facts: { question: 3, answeredAt: '2026-06-10T10:00:00Z' },
    });
    expect(after.state).toBe('collecting');
    expect(after.questions[0]?.answeredAt).toBe('2026-06-10T10:00:00Z');
  });

  it('that was fulfilled is not decided or fulfilled again, also when it was reopened', () => {
    const again = standingOf(...toOpinion(), proposed(), approved, answered, closed, reopened);
    expect(again.state).toBe('fulfilled');
    for (const kind of ['proposed', 'approved', 'fulfilled', 'collected'] as const)
      expect(mayHappen(again.state, kind)).toBe(false);
  });

  it('that was refused is looked at anew when reopened, with its first answer still on record', () => {
    const refusal = proposed({ decision: 'refuse', grounds: ['others-rights'] });
    const again = standingOf(...toOpinion(), refusal, approved, answered, closed, reopened);
    expect(again).toMatchObject({
      state: 'collecting',
      proposal: null,
      approvedBy: null,
      outcome: null,
      firstAnsweredAt: '2026-06-20T10:00:00Z',
    });
    expect([...again.advisers]).toHaveLength(1);
  });

  it('has an opinion that covers what was collected and reviewed last', () => {
    const more = standingOf(...toOpinion(), collected);
    expect(mayHappen(more.state, 'proposed')).toBe(false);
    expect(
      mayHappen(standingOf(...toOpinion(), collected, reviewed, advised).state, 'proposed'),
    ).toBe(true);
  });

  it('stays without a person until one is chosen, and a new doubt holds until another choice', () => {
    const doubted: Said = { kind: 'doubted', facts: { reason: 'shared-name' } };
    expect(standingOf(opened(), doubted)).toMatchObject({ person: null, isDoubted: true });
    expect(standingOf(opened(), doubted, identified)).toMatchObject({
      person: { id: subject, ground: 'signed-in' },
      isDoubted: false,
    });
  });
});

describe('a request for erasure', () => {
  const plan = sha;
  const partly = proposed({ decision: 'grant-in-part', grounds: ['legal-duty'], plan });
  const erased: Said = {
    kind: 'erased',
    facts: { scope: 'part', values: 3, hashes: 1, texts: 0, rootBefore: 1, rootAfter: 2, found: 0 },
  };

  it('that was put back is decided anew, with nothing of the decision left', () => {
    const back: Said = { kind: 'put-back', facts: { reason: 'changed' } };
    const after = standingOf(...toOpinion({ right: 'erasure' }), partly, approved, back);
    expect(after).toMatchObject({ state: 'opinion', proposal: null, approvedBy: null });
  });

  it('that comes free after its answer goes back to its collection, and recipients are told again', () => {
    const told: Said = { kind: 'recipient-told', facts: { recipient: 'bank', result: 'told' } };
    const way = [...toOpinion({ right: 'erasure' }), partly, approved, erased, answered, told];
    expect(standingOf(...way).erased).toMatchObject({ scope: 'part' });
    const after = standingOf(...way, { kind: 'freed', facts: {} });
    expect(after).toMatchObject({
      state: 'collecting',
      proposal: null,
      erased: null,
      outcome: null,
      firstAnsweredAt: answered.facts.sentAt,
    });
    expect(after.recipients.size).toBe(0);
  });
});

describe('the table of what may happen', () => {
  const states = Object.keys(requestStates) as RequestState[];
  const kinds = Object.keys(eventWords) as EventKind[];

  it('begins with the opening and takes it once', () => {
    for (const kind of kinds) expect(mayHappen(null, kind)).toBe(kind === 'opened');
    for (const state of states) expect(mayHappen(state, 'opened')).toBe(false);
  });

  it('lets nothing but notes and files follow an end, unless it is reopened or its erasure comes free', () => {
    for (const state of ['closed', 'withdrawn', 'duplicate'] as const)
      expect(kinds.filter((kind) => mayHappen(state, kind))).toEqual([
        'noted',
        'file-added',
        'files-left-out',
        'reopened',
        ...(state === 'closed' ? ['freed'] : []),
      ]);
  });

  it('leads to an approval only through a review, an opinion and a proposal, in any order of events', () => {
    const facts: Partial<Record<EventKind, Said>> = {
      identified,
      collected,
      reviewed,
      'opinion-given': advised,
      proposed: proposed(),
      approved,
      returned: { kind: 'returned', facts: {}, by: ada },
      closed,
      reopened,
      fulfilled: answered,
      withdrawn: { kind: 'withdrawn', facts: { at: '2026-06-07T10:00:00Z' } },
    };
    const pick = fc.constantFrom(...(Object.keys(facts) as EventKind[]));
    fc.assert(
      fc.property(fc.array(pick, { maxLength: 40 }), (wanted) => {
        const done: Said[] = [opened()];
        for (const kind of wanted) {
          const said = facts[kind];
          if (said && mayHappen(standingOf(...done).state, kind)) done.push(said);
        }
        const at = done.findLastIndex(({ kind }) => kind === 'approved');
        if (at < 0) return;
        const before = done.slice(0, at).map(({ kind }) => kind);
        const since = before.lastIndexOf('reopened');
        const round = before.slice(since + 1);
        expect(round.at(-1)).toBe('proposed');
        expect(round).toContain('opinion-given');
        expect(round.lastIndexOf('opinion-given')).toBeGreaterThan(round.lastIndexOf('reviewed'));
        expect(round.lastIndexOf('reviewed')).toBeGreaterThan(round.lastIndexOf('collected'));
        expect(done[at - 1]?.by).toBe(mia);
      }),
    );
  });
});

describe('facts of events', () => {
  it('hold no field that nobody knows, and so no text', () => {
    for (const [kind, schema] of Object.entries(eventFacts))
      expect(schema.safeParse({ note: 'Änne Müller asks' }).success, kind).toBe(false);
  });

  it('of a kind that nobody knows are not read', () => {
    const row = { seq: 1, actor: mia, at: new Date(), facts: {} };
    expect(() => readEvent({ ...row, kind: 'invented' })).toThrow('unknown kind');
    expect(() => readEvent({ ...row, kind: 'constructor' })).toThrow('unknown kind');
  });
});
