/** What may be written about a request beyond the order of its steps, and by whom. Pure. */
import { dayWords, localOf } from '#lib/incidents/time-zones.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { daysLater } from '../deadlines.ts';
import { requestClock, type Seat } from './clock.ts';
import type { EventFacts } from './event.ts';
import { isErasing, tellsRecipients, type Standing } from './fold.ts';
import { groundNeeds } from './fitting-grounds.ts';
import {
  isRefusing,
  isRepeated,
  refusalGrounds,
  reminderDays,
  rights,
  type EventKind,
} from './life.ts';
import { findPaperFault } from './on-paper.ts';
import { handsOutCopy, restsOnCollected } from './rests-on.ts';
import { keepsSome } from '../restriction/chosen-stops.ts';
import { findStillFound } from './still-found.ts';

/** Who acts. */
export type Acting = {
  id: string;
  /** Has the part of a data protection officer, whatever else they are. */
  isDpo: boolean;
};

export type Weighed<K extends EventKind = EventKind> = {
  standing: Standing;
  facts: EventFacts<K>;
  by: Acting;
  /** Null where nobody has said what the entity is: nothing that hangs on days is taken then. */
  seat: Seat | null;
  at: Date;
};

type Rule<K extends EventKind> = (weighed: Weighed<K>) => Refused | null;

/** More than the data of one person went to. */
const receivedMax = 100;

/** People give minutes: the minute counts as after what happened within it. */
const minuteOf = (at: string): number => Math.floor(Date.parse(at) / 60_000) * 60_000;

const rules: { [K in EventKind]?: Rule<K> } = {
  asked: ({ standing, facts, at }) => {
    if (facts.about === 'identity' && !standing.isDoubted)
      return refuse(
        'no-doubt',
        'Proof of identity is asked for on reasonable doubt only (Art 12(6)). Record the doubt first.',
      );
    const { doubtedAt, opening } = standing;
    const follows = facts.about === 'identity' ? doubtedAt : null;
    return betweenThem(facts.sentAt, follows ?? opening.receivedAt, at, 'The question');
  },
  noted: ({ standing, facts, seat, at }) => {
    const { reminder } = facts;
    if (!reminder) return null;
    if (!standing.questions.some((one) => one.seq === reminder.question && one.answeredAt === null))
      return refuse('question-unknown', 'There is no open question to remind of.');
    if (seat === null) return noSeat();
    const today = localOf(at.getTime(), seat.zone).day;
    const [first, last] = [reminderDays.least, reminderDays.most].map((n) => daysLater(today, n));
    return first && last && reminder.answerBy >= first && reminder.answerBy <= last
      ? null
      : refuse(
          'answer-by-wrong',
          `Give the person between ${reminderDays.least} and ${reminderDays.most} days from today to answer.`,
        );
  },
  answered: ({ standing, facts, seat, at }) => {
    const question = standing.questions.find(({ seq }) => seq === facts.question);
    if (!question || question.answeredAt !== null)
      return refuse('question-unknown', 'There is no such open question.');
    if (facts.isMissing) return findStillWaited(question, seat, at);
    return betweenThem(facts.answeredAt, question.sentAt, at, 'The answer');
  },
  extended: ({ standing, facts, seat, at }) => {
    if (standing.extension !== null)
      return refuse('extended-already', 'It was extended, which is possible once (Art 12(3)).');
    if (seat === null) return noSeat();
    const wrong = betweenThem(facts.noticeSentAt, standing.opening.receivedAt, at, 'The notice');
    if (wrong) return wrong;
    const { noticeDueOn } = requestClock(standing, seat, at);
    const isLate = [facts.noticeSentAt, at.toISOString()].some(
      (one) => localOf(Date.parse(one), seat.zone).day > noticeDueOn,
    );
    return isLate
      ? refuse(
          'too-late',
          `The person had to be told of an extension by ${noticeDueOn} (Art 12(3)). Now it is too late for one.`,
        )
      : null;
  },
  'recipient-added': ({ standing, facts, at }) => {
    if (standing.person === null)
      return refuse('not-identified', 'Choose the person whose data were received first.');
    if (standing.received.size >= receivedMax)
      return refuse('too-many', `A request names at most ${receivedMax} recipients.`);
    return facts.receivedOn !== null && facts.receivedOn > at.toISOString().slice(0, 10)
      ? refuse('in-the-future', 'Nobody received anything on a day that lies ahead.')
      : null;
  },
  'recipient-struck': ({ standing, facts }) =>
    standing.received.has(facts.of)
      ? null
      : refuse('recipient-unknown', 'There is no such recipient on record. Load the page again.'),
  'transmission-asked': ({ standing }) =>
    standing.right === 'portability'
      ? null
      : refuse(
          'other-right',
          'Data are transmitted to another controller by the right to portability alone (Art 20(2)).',
        ),
  'opinion-given': ({ by }) =>
    by.isDpo ? null : refuse('not-dpo', 'The data protection officer gives the opinion.'),
  proposed: (weighed) => findDecider(weighed) ?? findProposalFault(weighed),
  returned: ({ standing, by }) =>
    by.isDpo && standing.proposal?.by !== by.id
      ? refuse('is-dpo', 'The data protection officer advises and decides on nothing (Art 38(6)).')
      : null,
  approved: (weighed) => {
    const { standing, facts, by } = weighed;
    const decider = findDecider(weighed);
    if (decider) return decider;
    const { proposal } = standing;
    if (proposal === null || proposal.seq !== facts.of || proposal.events !== facts.events)
      return refuse('moved', 'What was proposed has changed. Load the page again.');
    return proposal.by === by.id
      ? refuse('same-person', 'You proposed it, so another person approves it.')
      : null;
  },
  fulfilled: ({ standing, facts, at }) => {
    if (standing.outcome === 'fulfilled')
      return refuse('fulfilled-already', 'It was answered once. A copy again is a new request.');
    if (isErasing(standing) && standing.erased === null)
      return refuse(
        'not-erased',
        'It is answered when the erasure is done and proved. The worker is at it.',
      );
    const rest = findStillFound(standing, facts.rest);
    if (rest) return rest;
    if (standing.proposal && isRefusing(standing.proposal.decision) && !facts.namesRemedies)
      return refuse(
        'no-remedies',
        'A refusal names the authority for complaints and the court (Art 12(4)). Complete the letter.',
      );
    const approved = standing.proposal?.package ?? null;
    if (approved !== null && approved !== facts.digest)
      return refuse('other-package', 'What was sent is not the package that was approved.');
    return (
      findOtherWay(standing, facts) ??
      findPaperFault(standing.opening, facts) ??
      betweenThem(
        facts.sentAt,
        standing.sendableAt ?? standing.opening.receivedAt,
        at,
        'The answer',
      )
    );
  },
  'recipient-told': ({ standing, facts }) =>
    standing.recipients.has(facts.recipient)
      ? refuse('told-already', 'For this recipient it is on record.')
      : null,
  notified: ({ standing, facts }) =>
    facts.recipients === standing.recipients.size
      ? null
      : refuse('moved', 'The recipients have changed. Load the page again.'),
  closed: ({ standing }) =>
    tellsRecipients(standing) && standing.state !== 'notified' && standing.outcome !== 'refused'
      ? refuse(
          'recipients-untold',
          `Each recipient is told of it (Art 19). Record that, then close it.`,
        )
      : null,
  'marked-duplicate': ({ standing, facts, at }) =>
    facts.told === undefined
      ? refuse(
          'not-told',
          'Tell the person first that it is answered with the earlier request, why, and where to complain.',
        )
      : betweenThem(facts.told.sentAt, standing.opening.receivedAt, at, 'The message'),
  withdrawn: ({ standing, facts, at }) =>
    betweenThem(facts.at, standing.opening.receivedAt, at, 'The withdrawal'),
};

/** The refusal of an event that breaks a rule; null where it breaks none. */
export function findFault<K extends EventKind>(kind: K, weighed: Weighed<K>): Refused | null {
  return rules[kind]?.(weighed) ?? null;
}

export const noSeat = (): Refused<'no-seat'> =>
  refuse(
    'no-seat',
    'Nobody has said yet where this organisation has its seat, so no time limit can be counted. Record what the entity is first.',
  );

/** An answer is waited for no longer only once the person was reminded, and the day that they were given has passed. */
function findStillWaited(
  { answerBy }: Standing['questions'][number],
  seat: Seat | null,
  at: Date,
): Refused | null {
  if (answerBy === null)
    return refuse(
      'not-reminded',
      'Remind the person first, and say until when you wait: a note does it while the question is open.',
    );
  if (seat === null) return noSeat();
  return localOf(at.getTime(), seat.zone).day > answerBy
    ? null
    : refuse('still-waited', `The person has until ${dayWords(answerBy)} to answer. Wait for it.`);
}

/** Data go to no controller but the one whom the person named. */
function findOtherWay(
  { right, transmission, proposal }: Standing,
  { channel, transmission: to }: EventFacts<'fulfilled'>,
): Refused | null {
  const isRefused = proposal?.decision === 'refuse';
  const wanted = transmission?.isFeasible === true && !isRefused ? transmission.seq : undefined;
  if (channel === 'direct' && (right !== 'portability' || wanted === undefined))
    return refuse(
      'no-transmission',
      'The person asked for no transmission to another controller that is feasible. Say how the answer was sent to the person.',
    );
  return to === (channel === 'direct' ? wanted : undefined)
    ? null
    : refuse('moved', 'To whom it goes has changed. Load the page again.');
}

function betweenThem(text: string, earliest: string, now: Date, what: string) {
  const at = Date.parse(text);
  if (at > now.getTime())
    return refuse('in-the-future', `${what} lies ahead. Put when it happened.`);
  return at < minuteOf(earliest)
    ? refuse('too-early', `${what} lies before what it follows. Check the time.`)
    : null;
}

/** Who advises on a request decides nothing about it (Art 38(6)). */
function findDecider({ standing, by }: Pick<Weighed, 'standing' | 'by'>) {
  if (by.isDpo)
    return refuse(
      'is-dpo',
      'The data protection officer advises and decides on nothing (Art 38(6)).',
    );
  return standing.advisers.has(by.id)
    ? refuse('gave-opinion', 'You gave an opinion on it, so another person decides.')
    : null;
}

function findProposalFault({ standing, facts }: Weighed<'proposed'>): Refused | null {
  const { decision, grounds, earlier } = facts;
  const refuses = isRefusing(decision);
  if (refuses !== grounds.length > 0)
    return refuse(
      'grounds-wrong',
      refuses
        ? 'A refusal names the articles that it rests on.'
        : 'What is granted whole rests on no ground of refusal.',
    );
  const unfit = grounds.find(
    (ground) => !(refusalGrounds[ground].rights as readonly string[]).includes(standing.right),
  );
  if (unfit !== undefined)
    return refuse(
      'grounds-wrong',
      `${refusalGrounds[unfit].name} (Art ${refusalGrounds[unfit].article}) limits no request for ${rights[standing.right].name.toLowerCase()}.`,
    );
  if (grounds.some(isRepeated) !== earlier.length > 0)
    return refuse(
      'burden',
      'To refuse as excessive, name the earlier requests that it repeats; the burden of proof is ours (Art 12(5)). Other grounds rest on none.',
    );
  if (facts.stops !== undefined && !(standing.right === 'objection' && keepsSome(facts)))
    return refuse(
      'grounds-wrong',
      'Only an objection that is granted in part, with purposes that are kept on a ground, names those that stop.',
    );
  const isWithoutPerson =
    decision === 'nothing-held' || (decision === 'refuse' && grounds.includes('not-identified'));
  if (isWithoutPerson !== (standing.person === null))
    return refuse(
      'not-identified',
      standing.person === null
        ? 'Nobody is chosen as the person whom it is about, so it can only be refused as not identified, or answered by that nothing is held.'
        : 'The person is identified, so it can’t be decided that way.',
    );
  const unmet = grounds.find((ground) => groundNeeds[ground]?.holds(standing) === false);
  if (unmet !== undefined)
    return refuse('grounds-wrong', groundNeeds[unmet]?.says ?? refusalGrounds[unmet].name);
  if (standing.isDoubted && decision !== 'refuse')
    return refuse('doubted', 'The identity is in doubt. Settle that first.');
  if (standing.opening.forAnother && standing.authority === null && decision !== 'refuse')
    return refuse(
      'no-authority',
      'Somebody asks for another person without having shown authority to. Record it, or refuse.',
    );
  return findNothingToRestOn(standing, facts);
}

/** What is decided about data rests on their collection, and a copy that is granted is there (Art 15(3), 20(1)). */
export function findNothingToRestOn(
  standing: Standing,
  facts: EventFacts<'proposed'>,
): Refused | null {
  if (restsOnCollected(facts) && standing.collectedOf !== standing.person?.id)
    return refuse(
      'not-collected',
      'Nothing was collected of this person, so nobody knows what it would be about. Collect what the systems hold, review it, then decide.',
    );
  const isCopy = handsOutCopy(standing.right, facts.decision);
  if (isCopy && facts.package === null)
    return refuse(
      'no-package',
      'Who grants this hands out a copy (Art 15(3), 20(1)). Build the package and look through it, then propose.',
    );
  return !isCopy && facts.package !== null
    ? refuse('other-package', 'This decision hands out no copy, so it names no package.')
    : null;
}
