/** What the clocks of an incident run by, beyond what its reports are due by. Pure. */
import {
  DeadlineError,
  readDeadlineInput,
  readMomentAfter,
  readMoment,
  type DeadlineInput,
  type ReadInput,
} from './deadline-input.ts';

type Instant = string | null | undefined;

/** Instants are ISO 8601 with offset. */
export type ClockInput = {
  entity: DeadlineInput['entity'];
  bank_holidays: DeadlineInput['bank_holidays'];
  /** As bankHolidaysOf gives it. */
  calendar_version?: string | undefined;
  events: DeadlineInput['events'] & {
    final_submitted?: Instant;
    /** When regular activities were recovered. */
    recovered?: Instant;
    /** Decided that it is not major, and nothing since. */
    not_major?: Instant;
    /** Decided that it never was major (ITS 2025/302 Art 5). */
    reclassified?: Instant;
  };
  /** The financial interests of clients; none while nobody has said. */
  clients?: { affected: boolean; told?: Instant } | null | undefined;
  /** The personal data breach that the incident is linked to. */
  breach?:
    | {
        aware: string;
        /** To persons; as long as it is unknown, the authority's clock runs. */
        risk?: 'unlikely' | 'likely' | 'high' | null | undefined;
        authority_notified?: Instant;
        persons_told?: Instant;
      }
    | null
    | undefined;
};

/** The same, checked; instants in milliseconds since 1970. */
export type ReadClocks = ReadInput & {
  finalSubmitted: number | null;
  recovered: number | null;
  notMajor: number | null;
  reclassified: number | null;
  clients: { affected: boolean; told: number | null } | null;
  breach: {
    aware: number;
    risk: 'unlikely' | 'likely' | 'high' | null;
    authorityNotified: number | null;
    personsTold: number | null;
  } | null;
};

const risks = ['unlikely', 'likely', 'high'] as const;

/** @throws DeadlineError with `field` and `reason`. */
export function readClockInput(input: ClockInput): ReadClocks {
  const read = readDeadlineInput(input);
  const { events } = input;
  const event = (text: Instant, field: string): number | null =>
    optionalAfter(text, `events.${field}`, read.events.awareness, 'the entity became aware');
  return {
    ...read,
    finalSubmitted: event(events.final_submitted, 'final_submitted'),
    recovered: event(events.recovered, 'recovered'),
    notMajor: event(events.not_major, 'not_major'),
    reclassified: event(events.reclassified, 'reclassified'),
    clients: readClients(input.clients, read.events.awareness),
    breach: readBreach(input.breach),
  };
}

function readClients(clients: ClockInput['clients'], aware: number): ReadClocks['clients'] {
  if (clients === undefined || clients === null) return null;
  if (typeof clients.affected !== 'boolean')
    throw new DeadlineError('clients.affected', 'Say true or false.');
  return {
    affected: clients.affected,
    told: optionalAfter(clients.told, 'clients.told', aware, 'the entity became aware'),
  };
}

function readBreach(breach: ClockInput['breach']): ReadClocks['breach'] {
  if (breach === undefined || breach === null) return null;
  const aware = readMoment(breach.aware, 'breach.aware');
  const risk = breach.risk ?? null;
  if (risk !== null && !risks.includes(risk))
    throw new DeadlineError('breach.risk', `Say one of ${risks.join(', ')}.`);
  const after = (text: Instant, field: string): number | null =>
    optionalAfter(text, `breach.${field}`, aware, 'the entity became aware of the breach');
  return {
    aware,
    risk,
    authorityNotified: after(breach.authority_notified, 'authority_notified'),
    personsTold: after(breach.persons_told, 'persons_told'),
  };
}

const optionalAfter = (
  text: Instant,
  field: string,
  earliest: number,
  what: string,
): number | null =>
  text === undefined || text === null ? null : readMomentAfter(text, field, earliest, what);
