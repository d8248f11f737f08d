/** A complaint as screens and the export show it. */
import { z } from 'zod';
import { keysOf } from '#lib/platform/keys-of.ts';
import type { ClockReading } from '../clock.ts';
import { lastStep, type Case } from '../register/cases.ts';
import { shownTextOf } from '../register/shown-text.ts';
import type { TextKind } from '../register/texts.ts';
import { complaintClocks, complaintState, stateWords, type ComplaintState } from './complaint.ts';
import type { RegisterLine } from './register-rows.ts';
import { channels, languages, outcomes, topics, type Outcome } from './words.ts';

export const complaintFacts = z.strictObject({
  receivedAt: z.string(),
  topic: z.enum(keysOf(topics)),
  language: z.enum(keysOf(languages)),
  channel: z.enum(keysOf(channels)),
  onTemplate: z.boolean(),
});
const decidedFacts = z.strictObject({
  outcome: z.enum(keysOf(outcomes)),
  language: z.enum(keysOf(languages)),
});

export type ComplaintView = {
  id: string;
  number: string;
  client: string | null;
  receivedAt: string;
  topic: string;
  language: { code: string; name: string };
  channel: string;
  onTemplate: boolean;
  state: ComplaintState;
  outcome: Outcome | null;
  acknowledged: ClockReading;
  decided: ClockReading;
  complainant: string | null;
  subject: string | null;
  reasons: string | null;
  openedBy: string;
  openedAt: string;
};

export function complaintView(found: Case, now: Date): ComplaintView {
  const { id, number, client, steps, openedBy, openedAt } = found;
  const facts = complaintFacts.parse(found.facts);
  const decided = lastStep(found, 'decided');
  const shown = (kind: TextKind, seq = 0) => shownTextOf(found, kind, seq);
  return {
    id,
    number,
    client,
    receivedAt: facts.receivedAt,
    topic: topics[facts.topic],
    language: { code: facts.language, name: languages[facts.language] },
    channel: channels[facts.channel],
    onTemplate: facts.onTemplate,
    state: complaintState(steps),
    outcome: decided ? decidedFacts.parse(decided.facts).outcome : null,
    ...complaintClocks(facts, steps, now),
    complainant: shown('complainant'),
    subject: shown('subject'),
    reasons: decided ? shown('reasons', decided.seq) : null,
    openedBy,
    openedAt,
  };
}

/** The same as a line of the export. */
export const registerLine = (view: ComplaintView): RegisterLine => ({
  number: view.number,
  client: view.client,
  receivedAt: view.receivedAt,
  topic: view.topic,
  language: view.language.name,
  channel: view.channel,
  state: stateWords[view.state],
  outcome: view.outcome && outcomes[view.outcome],
  acknowledgeBy: view.acknowledged.until,
  acknowledgedAt: view.acknowledged.doneAt,
  acknowledgement: view.acknowledged.state,
  decideBy: view.decided.until,
  decidedAt: view.decided.doneAt,
  decision: view.decided.state,
  complainant: view.complainant,
  subject: view.subject,
  reasons: view.reasons,
});
