/** The complaints register as a table, for auditors and the authority. Pure. */
import type { ClockState } from '../clock.ts';

export type RegisterLine = {
  number: string;
  client: string | null;
  receivedAt: string;
  topic: string;
  language: string;
  channel: string;
  state: string;
  outcome: string | null;
  acknowledgeBy: string;
  acknowledgedAt: string | null;
  acknowledgement: ClockState;
  decideBy: string;
  decidedAt: string | null;
  decision: ClockState;
  /** Free texts; null once erased. */
  complainant: string | null;
  subject: string | null;
  reasons: string | null;
};

const heads: readonly string[] = [
  'number',
  'client',
  'received (UTC)',
  'topic',
  'language',
  'channel',
  'state',
  'outcome',
  'acknowledge by (UTC)',
  'acknowledged (UTC)',
  'acknowledgement',
  'decide by (UTC)',
  'decided (UTC)',
  'decision',
  'complainant',
  'subject',
  'reasons',
];

/** Rows in the order given, with a head. Texts go in as they are: the CSV writer neutralises formulas. */
export const registerRows = (lines: readonly RegisterLine[]): string[][] => [
  [...heads],
  ...lines.map((line) => [
    line.number,
    line.client ?? '',
    line.receivedAt,
    line.topic,
    line.language,
    line.channel,
    line.state,
    line.outcome ?? '',
    line.acknowledgeBy,
    line.acknowledgedAt ?? '',
    line.acknowledgement,
    line.decideBy,
    line.decidedAt ?? '',
    line.decision,
    line.complainant ?? '',
    line.subject ?? '',
    line.reasons ?? '',
  ]),
];
