/** Contracts that a figure counts by what stands in them, as conditions on `resilience_current c`. */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import { monthsAfter } from '../days.ts';
import { eeaStates } from '../places.ts';
import type { FoundInFacts } from './found-by-figures.ts';

/** Exit plans are tested from time to time (DORA Art 28(8)); those without a test for so long are counted. House value. */
const exitTestedWithinMonths = 12;

/**
 * @param today yyyy-mm-dd. A contract is in force while any of its uses goes on, or before it has any: its state says
 *   only whether somebody has written why it ended.
 */
export function foundInFactsSql(found: FoundInFacts, today: string): Prisma.Sql {
  const goesOn = Prisma.sql`(u ->> 'endsOn' is null or u ->> 'endsOn' >= ${today})`;
  const inForce = Prisma.sql`(jsonb_array_length(c.facts -> 'uses') = 0
    or exists (select from jsonb_array_elements(c.facts -> 'uses') u where ${goesOn}))`;
  switch (found) {
    case 'in-force':
      return inForce;
    case 'in-force-critical':
      return Prisma.sql`c.critical and ${inForce}`;
    case 'exit-untested':
      return Prisma.sql`exists (select from jsonb_array_elements(c.facts -> 'uses') u
          join resilience_current f on f.record_id = (u ->> 'function')::uuid and f.grade = 'critical' and not f.retired
          where ${goesOn})
        and not exists (select from jsonb_array_elements(c.facts -> 'exitTests') t
          where t ->> 'on' >= ${monthsAfter(today, -exitTestedWithinMonths)})`;
    // The same as `contractFindings` of lib/privacy/registers, which says it of each contract.
    case 'without-transfer':
      return Prisma.sql`exists (select from jsonb_array_elements(c.facts -> 'uses') u,
          unnest(array[u ->> 'dataAt', u ->> 'processedAt']) at
          where ${goesOn} and at <> all (${[...eeaStates]}::text[])
            and not exists (select from resilience_current t where t.kind = 'transfer' and not t.retired
              and t.state <> 'ended' and t.facts ->> 'country' = at
              and (t.facts ->> 'contract' = c.record_id::text or t.facts ->> 'provider' = u ->> 'provider')))`;
  }
}
