/** The clocks of an incident's file: what happened to it and what this entity is, put to the rules. */
import { incidentClocks, type Clock, type ClockInput } from '../clocks.ts';
import { DeadlineError, readMoment } from '../deadline-input.ts';
import type { IncidentFile } from '../desk/load-incident.ts';
import type { EntityProfile } from '../entity/load-profile.ts';
import { bankHolidaysOf } from '../holidays.ts';
import { timeOf } from '../worksheet/known-facts.ts';
import type { LinkedBreach } from './breach-of.ts';

type Seen = Pick<IncidentFile, 'events' | 'standing' | 'sort' | 'openedAt'>;

/** Years of holidays around an incident: a limit reaches at most some months on. */
const yearsAhead = 2;

/** The clocks, or why they can't be computed: a sentence that names what is wrong on record. */
type Computed = { clocks: Clock[]; fault: string | null };

/**
 * No clocks for a threat, for what was dropped, and where nobody has said what the entity is. What is on record of one
 * incident and can't be never fails more than its clocks: who reads its page, and the worker, are told so.
 * @param breach the breach of personal data that it is as well; its clocks run beside those of reports.
 */
export function readClocks(
  file: Seen,
  profile: EntityProfile | null,
  now: Date,
  breach: LinkedBreach | null = null,
): Computed {
  if (profile === null || file.sort === 'threat' || file.standing.state === 'dropped')
    return { clocks: [], fault: null };
  try {
    const input = { ...inputOf(file, profile, now), breach };
    return { clocks: incidentClocks(input, now.toISOString()), fault: null };
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    const { field, reason } = error;
    return { clocks: [], fault: `${fieldWords[field] ?? field}: ${reason}` };
  }
}

const fieldWords: Readonly<Record<string, string>> = {
  'events.awareness': 'When it was noticed',
  'events.recovered': 'When service was back',
};

/** Those of reports and clients, without the reason: none where they can't be computed. */
export const clocksOf = (file: Seen, profile: EntityProfile | null, now: Date): Clock[] =>
  readClocks(file, profile, now).clocks;

function inputOf(file: Seen, { facts, version }: EntityProfile, now: Date): ClockInput {
  const aware = awarenessOf(file);
  // The calendar would only say that it has no such year.
  readMoment(aware, 'events.awareness');
  const firstYear = Math.min(new Date(aware).getUTCFullYear(), now.getUTCFullYear());
  const { days, calendarVersion } = bankHolidaysOf(
    { memberState: facts.memberState, region: facts.region, overrides: facts.holidays },
    firstYear,
    now.getUTCFullYear() + yearsAhead,
  );
  return {
    entity: {
      type: facts.type,
      member_state: facts.memberState,
      time_zone: facts.zone,
      nis2_essential_or_important: facts.nis2Since !== null,
      ca_disapplied_notified_on: facts.reliefWithdrawnOn,
    },
    bank_holidays: days.map(({ date }) => date),
    calendar_version: `${calendarVersion}, entity version ${version}`,
    events: eventsOf(file, aware),
    clients: clientsOf(file, aware),
  };
}

/**
 * When the entity became aware: the fact that people entered, or else what the file was opened with. Whoever opens a
 * file or calls it major is aware of it, so it is never later than that: a later fact would start a clock anew.
 */
export function awarenessOf(file: Pick<Seen, 'events' | 'standing' | 'openedAt'>): string {
  const [first] = file.events;
  const opened = first?.kind === 'opened' ? first.facts.detectedAt : file.openedAt;
  const said = timeOf(file.standing.facts, 'detected_at') ?? opened;
  return [file.openedAt, firstMajor(file) ?? said].reduce(earlier, said);
}

const earlier = (one: string, other: string): string =>
  Date.parse(other) < Date.parse(one) ? other : one;

function eventsOf(file: Seen, aware: string): ClockInput['events'] {
  const { standing } = file;
  const sent = (stage: string): string[] =>
    standing.reports.flatMap((report) =>
      report.stage === stage && report.step === 'submitted' && report.submittedAt !== null
        ? [report.submittedAt]
        : [],
    );
  const decided = (verdict: string): string | null =>
    file.events.findLast((event) => event.kind === 'classified' && event.facts.verdict === verdict)
      ?.at ?? null;
  const recovered = timeOf(standing.facts, 'recovered_at');
  const initial = notBefore(sent('initial')[0] ?? null, aware);
  return {
    awareness: aware,
    classified_major: firstMajor(file),
    initial_submitted: initial,
    // One that was sent before the initial notification counts from that on.
    intermediate_submitted:
      initial === null
        ? []
        : sent('intermediate')
            .map((at) => notBefore(at, initial) ?? at)
            .toSorted((one, other) => Date.parse(one) - Date.parse(other)),
    final_submitted: notBefore(sent('final')[0] ?? null, aware),
    recovered: notBefore(recovered, aware),
    not_major: standing.class === 'not-major' ? notBefore(decided('not-major'), aware) : null,
    reclassified:
      standing.class === 'reclassified' ? notBefore(decided('reclassified'), aware) : null,
  };
}

/** The first decision that it is major; later ones change no clock. */
const firstMajor = ({ events }: Pick<Seen, 'events'>): string | null =>
  events.find((event) => event.kind === 'classified' && event.facts.verdict === 'major')?.at ??
  null;

/** What people enter by hand may lie before the entity was aware; a clock never starts before that. */
const notBefore = (at: string | null, aware: string): string | null =>
  at !== null && Date.parse(at) < Date.parse(aware) ? aware : at;

function clientsOf({ standing, events }: Seen, aware: string): ClockInput['clients'] {
  const interest = standing.facts['financial_interest']?.value;
  if (interest !== 'yes') return null;
  const told = events.find((event) => event.kind === 'told' && event.facts.whom === 'clients');
  return { affected: true, told: notBefore(told?.at ?? null, aware) };
}
