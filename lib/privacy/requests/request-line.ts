/** One request as lists show it: out of what the database draws, and the clock as it was last counted. */
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Channel, RequestState, Right } from './life.ts';

export type RequestLine = {
  id: string;
  number: string;
  right: Right;
  channel: Channel;
  state: RequestState;
  receivedAt: string;
  /** Pseudonymous; null while nobody was chosen. */
  personId: string | null;
  clock: { state: string; dueOn: string; targetOn: string; daysLeft: number | null } | null;
};
export type LineRow = {
  id: string;
  number: string;
  right: string;
  channel: string;
  state: string;
  receivedAt: Date;
  personId: string | null;
  clock: string | null;
  dueOn: Date | null;
  targetOn: Date | null;
};

/** Columns of a line, of `s`, where requests stand, and `c`, their clocks. */
export const lineSql = Prisma.sql`
  select s.request_id as id, s.number, s."right", s.channel, s.state, s.received_at as "receivedAt",
      s.person_id as "personId", c.state as clock, c.due_on as "dueOn", c.target_on as "targetOn"
    from privacy_request_standing s left join privacy_request_clock c on c.request_id = s.request_id`;

/** By which day lists are put in order: that of a request that pauses moves on with every day. */
export const dueNow = (today: string): Prisma.Sql => Prisma.sql`
  case c.state when 'paused' then c.due_on + greatest(0, ${today}::date - (c.computed_at at time zone 'UTC')::date) else c.due_on end`;

/** @param today ISO day at the seat. */
export const lineOf = (row: LineRow, today: string): RequestLine => ({
  id: row.id,
  number: row.number,
  right: row.right as Right,
  channel: row.channel as Channel,
  state: row.state as RequestState,
  receivedAt: row.receivedAt.toISOString(),
  personId: row.personId,
  clock:
    row.clock === null || row.dueOn === null || row.targetOn === null
      ? null
      : {
          state: row.clock,
          dueOn: dayOf(row.dueOn),
          targetOn: dayOf(row.targetOn),
          daysLeft:
            row.clock === 'running' || row.clock === 'paused'
              ? (row.dueOn.getTime() - Date.parse(`${today}T00:00:00Z`)) / dayMs
              : null,
        },
});
