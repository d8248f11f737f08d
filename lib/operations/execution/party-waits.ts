/** Until when parties wait with an operation, by their own word. */
import { z } from 'zod';
import { partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { instant, operationId } from '#lib/protocol/scalars.ts';

/** Of a status only this matters here. */
const waiting = z.looseObject({
  waits: z.array(z.looseObject({ operation: operationId, until: instant })).default([]),
});

/** One instant for each party that answers and waits. */
export async function waitsFor(
  parties: readonly PartyClient[],
  operation: string,
): Promise<Date[]> {
  const statuses = await Promise.all(parties.map((party) => partyStatus(party)));
  return statuses.flatMap((status) => {
    if (!status.ok) return [];
    const { waits } = waiting.parse(status.value);
    return waits.filter((wait) => wait.operation === operation).map(({ until }) => new Date(until));
  });
}
