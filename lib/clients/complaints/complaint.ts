/** A complaint (MiCA Art 71): where it stands and which clocks run. Pure. */
import { readClock, type ClockReading } from '../clock.ts';
import type { Channel, Language, Outcome, Topic } from './words.ts';

export type ComplaintFacts = {
  /** ISO instant at which it came in. */
  receivedAt: string;
  topic: Topic;
  language: Language;
  channel: Channel;
  /** Whether the standard template was used; another form is no reason to reject it. */
  onTemplate: boolean;
};

export type DecisionFacts = { outcome: Outcome; language: Language };

export type ComplaintState = 'received' | 'acknowledged' | 'delayed' | 'decided';

export const stateWords: Readonly<Record<ComplaintState, string>> = {
  received: 'To be acknowledged',
  acknowledged: 'To be decided',
  delayed: 'To be decided, delay announced',
  decided: 'Decided',
};

type Step = { step: string; at: string };

/** The state that its steps lead to. */
export function complaintState(steps: readonly Step[]): ComplaintState {
  const last = steps.at(-1)?.step;
  return last === 'acknowledged' || last === 'delayed' || last === 'decided' ? last : 'received';
}

/** Both clocks of a complaint, from the moment it came in. */
export function complaintClocks(
  { receivedAt }: Pick<ComplaintFacts, 'receivedAt'>,
  steps: readonly Step[],
  now: Date,
): { acknowledged: ClockReading; decided: ClockReading } {
  const read = (rule: 'complaintAcknowledged' | 'complaintDecided', step: string) => {
    const done = steps.find((one) => one.step === step);
    const doneAt = done ? new Date(done.at) : null;
    return readClock(rule, { from: new Date(receivedAt), doneAt, now });
  };
  return {
    acknowledged: read('complaintAcknowledged', 'acknowledged'),
    decided: read('complaintDecided', 'decided'),
  };
}

/** The answer is in the language of the complaint, or it is refused by name (Delegated Regulation 2025/294). */
export const answersInLanguage = (complaint: Pick<ComplaintFacts, 'language'>, answer: Language) =>
  complaint.language === answer;
