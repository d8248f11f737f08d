import { describe, expect, it } from 'vitest';
import {
  ada,
  asked,
  dora,
  identified,
  mia,
  opened,
  proposed,
  sha,
  standingOf,
  toOpinion,
  type Said,
} from '../testing/request-events.ts';
import type { EventFacts } from './event.ts';
import type { Standing } from './fold.ts';
import type { EventKind } from './life.ts';
import { findFault } from './rules.ts';

const seat = { zone: 'Europe/Berlin', holidays: [] };
const code = <K extends EventKind>(
  kind: K,
  standing: Standing,
  facts: EventFacts<K>,
  more: { by?: string; isDpo?: boolean; at?: string; seat?: typeof seat | null } = {},
): string | undefined =>
  findFault(kind, {
    standing,
    facts,
    by: { id: more.by ?? mia, isDpo: more.isDpo ?? false },
    seat: more.seat === undefined ? seat : more.seat,
    at: new Date(more.at ?? '2026-06-20T10:00:00Z'),
  })?.refusal.code;

const propose = (standing: Standing, more: Partial<EventFacts<'proposed'>> = {}, who = {}) =>
  code('proposed', standing, proposed(more).facts as EventFacts<'proposed'>, who);

describe('a question about the identity', () => {
  const question = { about: 'identity', sentAt: '2026-06-06T10:00:00Z', withinDays: 3 } as const;
  it('needs a recorded doubt', () => {
    expect(code('asked', standingOf(opened()), question)).toBe('no-doubt');
    const doubted: Said = { kind: 'doubted', facts: { reason: 'unknown-contact' } };
    expect(code('asked', standingOf(opened(), doubted), question)).toBeUndefined();
    expect(code('asked', standingOf(opened(), doubted, identified), question)).toBe('no-doubt');
    expect(code('asked', standingOf(opened()), { ...question, about: 'scope' })).toBeUndefined();
  });

  it('lies after the receipt and not ahead, and so does its answer', () => {
    const on = (sentAt: string) =>
      code('asked', standingOf(opened()), { about: 'scope', sentAt, withinDays: 3 });
    expect(on('2026-06-05T09:59:00Z')).toBe('too-early');
    expect(on('2026-06-20T10:01:00Z')).toBe('in-the-future');
    const open = standingOf(opened(), asked('2026-06-08T10:00:00Z'));
    const answer = (question: number, answeredAt: string) =>
      code('answered', open, { question, answeredAt });
    expect(answer(2, '2026-06-08T09:00:00Z')).toBe('too-early');
    expect(answer(1, '2026-06-09T09:00:00Z')).toBe('question-unknown');
    expect(answer(2, '2026-06-09T09:00:00Z')).toBeUndefined();
  });
});

describe('what people say of when something happened', () => {
  const dispatch = (sentAt: string) =>
    ({ channel: 'email', sentAt, digest: sha, namesRemedies: true }) as const;
  const approval: Said = {
    kind: 'approved',
    by: ada,
    at: '2026-06-15T10:00:30Z',
    facts: { of: 6, events: sha },
  };

  it('puts no question of identity before the doubt that it follows', () => {
    const doubted: Said = {
      kind: 'doubted',
      at: '2026-06-10T10:00:00Z',
      facts: { reason: 'unknown-contact' },
    };
    const on = (sentAt: string) =>
      code('asked', standingOf(opened(), doubted), { about: 'identity', sentAt, withinDays: 3 });
    expect(on('2026-06-09T10:00:00Z')).toBe('too-early');
    expect(on('2026-06-10T10:00:00Z')).toBeUndefined();
  });

  it('puts no answer before its approval, to the minute', () => {
    const standing = standingOf(...toOpinion(), proposed(), approval);
    expect(code('fulfilled', standing, dispatch('2026-06-15T09:59:00Z'))).toBe('too-early');
    expect(code('fulfilled', standing, dispatch('2026-06-15T10:00:00Z'))).toBeUndefined();
  });
});

describe('a question that is never answered', () => {
  const open = [identified, asked('2026-06-08T10:00:00Z')];
  const reminder = (answerBy: string): Said => ({
    kind: 'noted',
    facts: { reminder: { question: 3, answerBy } },
  });
  const none = { question: 3, answeredAt: '2026-06-20T10:00:00Z', isMissing: true } as const;

  it('is waited for no longer once the person was reminded and the day that they had has passed', () => {
    const after = (...said: Said[]) =>
      code('answered', standingOf(opened(), ...open, ...said), none);
    expect(after()).toBe('not-reminded');
    expect(after(reminder('2026-06-20'))).toBe('still-waited');
    expect(after(reminder('2026-06-19'), reminder('2026-06-25'))).toBe('still-waited');
    expect(after(reminder('2026-06-19'))).toBeUndefined();
  });

  it('is reminded of with a week at least, while it is open', () => {
    const remind = (answerBy: string, question = 3) =>
      code('noted', standingOf(opened(), ...open), { reminder: { question, answerBy } });
    expect(remind('2026-06-26')).toBe('answer-by-wrong');
    expect(remind('2026-09-19')).toBe('answer-by-wrong');
    expect(remind('2026-06-27', 2)).toBe('question-unknown');
    expect(remind('2026-06-27')).toBeUndefined();
  });

  it('lets the request be refused as unclear, which nothing else does', () => {
    const rest = toOpinion().slice(2);
    const unclear = { decision: 'refuse', grounds: ['not-clarified'] } as const;
    const ended: Said = { kind: 'answered', facts: none };
    const came: Said = { kind: 'answered', facts: { ...none, isMissing: undefined } };
    const refuse = (...said: Said[]) =>
      propose(standingOf(opened(), ...open, ...said, ...rest), {
        ...unclear,
        grounds: ['not-clarified'],
      });
    expect(refuse(came)).toBe('grounds-wrong');
    expect(refuse(reminder('2026-06-19'), ended)).toBeUndefined();
  });
});

describe('who did not show that they may ask', () => {
  const doubted: Said = { kind: 'doubted', facts: { reason: 'shared-name' } };
  it('is refused for that where a person is chosen, only as long as it is so', () => {
    const refuse = (ground: 'identity-not-shown' | 'authority-not-shown', ...said: Said[]) =>
      propose(standingOf(...said), { decision: 'refuse', grounds: [ground] });
    expect(refuse('identity-not-shown', ...toOpinion())).toBe('grounds-wrong');
    expect(refuse('identity-not-shown', ...toOpinion(), doubted)).toBeUndefined();
    expect(refuse('authority-not-shown', ...toOpinion())).toBe('grounds-wrong');
    const another = toOpinion({ forAnother: true });
    expect(refuse('authority-not-shown', ...another)).toBeUndefined();
    const shown: Said = { kind: 'authority-shown', facts: { by: 'lawyer' } };
    expect(refuse('authority-not-shown', ...another, shown)).toBe('grounds-wrong');
    for (const said of [[...toOpinion(), doubted], another])
      expect(
        propose(standingOf(...said), { decision: 'grant-in-part', grounds: ['others-rights'] }),
      ).toBeDefined();
  });
});

describe('an extension', () => {
  const facts = (noticeSentAt: string) => ({ reason: 'complexity', noticeSentAt }) as const;
  it('is told within the first month, with the days that a weekend gives, and never afterwards', () => {
    const extend = (sentAt: string, at = sentAt) =>
      code('extended', standingOf(opened()), facts(sentAt), { at });
    expect(extend('2026-07-06T20:00:00Z')).toBeUndefined();
    expect(extend('2026-07-06T22:00:00Z')).toBe('too-late');
    expect(extend('2026-07-01T10:00:00Z', '2026-07-08T10:00:00Z')).toBe('too-late');
    expect(extend('2026-06-01T10:00:00Z', '2026-07-01T10:00:00Z')).toBe('too-early');
  });

  it('happens once, and not where no seat says what days count', () => {
    const once = standingOf(opened(), { kind: 'extended', facts: facts('2026-06-10T10:00:00Z') });
    expect(code('extended', once, facts('2026-06-11T10:00:00Z'))).toBe('extended-already');
    const noSeat = { seat: null };
    expect(code('extended', standingOf(opened()), facts('2026-06-11T10:00:00Z'), noSeat)).toBe(
      'no-seat',
    );
  });
});

describe('a decision', () => {
  it('is proposed by nobody who advises on it', () => {
    const standing = standingOf(...toOpinion());
    expect(propose(standing, { package: sha })).toBeUndefined();
    expect(propose(standing, {}, { by: dora, isDpo: true })).toBe('is-dpo');
    // Who gave the opinion, though no DPO any more.
    expect(propose(standing, {}, { by: dora })).toBe('gave-opinion');
    expect(code('opinion-given', standing, { opinion: 'for' })).toBe('not-dpo');
  });

  it('is approved by a second person who gave no opinion, as it was proposed', () => {
    const standing = standingOf(...toOpinion(), proposed());
    const approve = (by: string, more = {}, isDpo = false) =>
      code('approved', standing, { of: 6, events: sha, ...more }, { by, isDpo });
    expect(approve(ada)).toBeUndefined();
    expect(approve(mia)).toBe('same-person');
    expect(approve(dora)).toBe('gave-opinion');
    expect(approve(ada, {}, true)).toBe('is-dpo');
    expect(approve(ada, { events: 'b'.repeat(64) })).toBe('moved');
    expect(approve(ada, { of: 5 })).toBe('moved');
  });

  it('to refuse names articles that limit the right, and a grant names none', () => {
    const erasure = standingOf(...toOpinion({ right: 'erasure' }));
    const access = standingOf(...toOpinion());
    expect(propose(erasure, { decision: 'refuse' })).toBe('grounds-wrong');
    expect(propose(erasure, { grounds: ['legal-duty'] })).toBe('grounds-wrong');
    expect(
      propose(erasure, { decision: 'grant-in-part', grounds: ['legal-duty'] }),
    ).toBeUndefined();
    expect(propose(access, { decision: 'refuse', grounds: ['legal-duty'] })).toBe('grounds-wrong');
  });

  it('to refuse as excessive names the earlier requests that it repeats, and as unfounded none', () => {
    const standing = standingOf(...toOpinion());
    const refuse = (ground: 'unfounded' | 'excessive' | 'others-rights', earlier: string[]) =>
      propose(standing, { decision: 'refuse', grounds: [ground], earlier });
    expect(refuse('excessive', [])).toBe('burden');
    expect(refuse('excessive', [])).toBe('burden');
    expect(refuse('unfounded', [])).toBeUndefined();
    expect(refuse('excessive', ['DSR-2026-000001'])).toBeUndefined();
    expect(refuse('others-rights', ['DSR-2026-000001'])).toBe('burden');
  });

  it('about nobody, in doubt or for somebody who showed no authority only refuses', () => {
    const [first, , ...rest] = toOpinion();
    const nobody = standingOf(first as Said, ...rest);
    expect(propose(nobody)).toBe('not-identified');
    expect(propose(nobody, { decision: 'refuse', grounds: ['others-rights'] })).toBe(
      'not-identified',
    );
    expect(propose(nobody, { decision: 'refuse', grounds: ['not-identified'] })).toBeUndefined();
    const known = standingOf(...toOpinion());
    expect(propose(known, { decision: 'refuse', grounds: ['not-identified'] })).toBe(
      'not-identified',
    );
    const doubted: Said = { kind: 'doubted', facts: { reason: 'taken-over' } };
    expect(propose(standingOf(...toOpinion(), doubted))).toBe('doubted');
    const another = toOpinion({ forAnother: true });
    expect(propose(standingOf(...another))).toBe('no-authority');
    expect(
      propose(standingOf(...another), { decision: 'refuse', grounds: ['others-rights'] }),
    ).toBe(undefined);
    const shown: Said = { kind: 'authority-shown', facts: { by: 'lawyer' } };
    expect(propose(standingOf(...another, shown), { package: sha })).toBeUndefined();
  });
});

describe('an answer', () => {
  const approved: Said = { kind: 'approved', facts: { of: 6, events: sha }, by: ada };
  const sent = (namesRemedies: boolean, digest = sha) =>
    ({ channel: 'email', sentAt: '2026-06-19T10:00:00Z', digest, namesRemedies }) as const;
  it('that refuses names complaint and court', () => {
    const refusal = proposed({ decision: 'refuse', grounds: ['others-rights'] });
    const standing = standingOf(...toOpinion(), refusal, approved);
    expect(code('fulfilled', standing, sent(false))).toBe('no-remedies');
    expect(code('fulfilled', standing, sent(true))).toBeUndefined();
    const granted = standingOf(...toOpinion(), proposed(), approved);
    expect(code('fulfilled', granted, sent(false))).toBeUndefined();
  });

  it('on paper to what was asked electronically says why, and no other answer does', () => {
    const answer = (opening: object, channel: 'post' | 'in-person' | 'portal', reason?: 'asked') =>
      code('fulfilled', standingOf(...toOpinion(opening), proposed(), approved), {
        ...sent(false),
        channel,
        ...(reason && { onPaper: reason }),
      });
    const paper = { channel: 'post', isElectronic: false };
    for (const channel of ['post', 'in-person'] as const) {
      for (const opening of [{}, { ...paper, isElectronic: true }, { isElectronic: false }]) {
        expect(answer(opening, channel)).toBe('not-electronic');
        expect(answer(opening, channel, 'asked')).toBeUndefined();
      }
      expect(answer(paper, channel)).toBeUndefined();
      expect(answer(paper, channel, 'asked')).toBe('moved');
    }
    expect(answer({}, 'portal')).toBeUndefined();
    expect(answer({}, 'portal', 'asked')).toBe('moved');
  });

  it('is the package that was approved', () => {
    const standing = standingOf(...toOpinion(), proposed({ package: sha }), approved);
    expect(code('fulfilled', standing, sent(false, 'b'.repeat(64)))).toBe('other-package');
    expect(code('fulfilled', standing, sent(false))).toBeUndefined();
  });

  it('to an erasure is closed once every recipient was told, each once', () => {
    const done: Said = { kind: 'fulfilled', facts: sent(false) };
    const erased = [...toOpinion({ right: 'erasure' }), proposed(), approved, done];
    expect(code('closed', standingOf(...erased), {})).toBe('recipients-untold');
    const told: Said = { kind: 'recipient-told', facts: { recipient: 'bank', result: 'told' } };
    const standing = standingOf(...erased, told);
    expect(code('recipient-told', standing, { recipient: 'bank', result: 'impossible' })).toBe(
      'told-already',
    );
    expect(code('notified', standing, { recipients: 0 })).toBe('moved');
    expect(code('notified', standing, { recipients: 1 })).toBeUndefined();
    const all: Said = { kind: 'notified', facts: { recipients: 1 } };
    expect(code('closed', standingOf(...erased, told, all), {})).toBeUndefined();
    expect(code('closed', standingOf(...toOpinion(), proposed(), approved, done), {})).toBe(
      undefined,
    );
  });

  it('to an objection by which data went is closed once every recipient was told', () => {
    const done: Said = { kind: 'fulfilled', facts: sent(false) };
    const objected = [...toOpinion({ right: 'objection' }), proposed(), approved];
    expect(code('closed', standingOf(...objected, done), {})).toBeUndefined();
    const went = { values: 2, hashes: 1, texts: 0, rootBefore: 3, rootAfter: 4, found: 0 };
    const erased: Said = { kind: 'erased', facts: { scope: 'part', ...went } };
    expect(code('closed', standingOf(...objected, erased, done), {})).toBe('recipients-untold');
  });
});
