/** Until when parties wait with an operation, by their own word. */
import { partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';

/** One instant for each party that answers and waits. */
export async function waitsFor(
  parties: readonly PartyClient[],
  operation: string,
): Promise<Date[]> {
  const statuses = await Promise.all(parties.map((party) => partyStatus(party)));
  return statuses.flatMap((status) => {
    if (!status.ok) return [];
    return status.value.waits
      .filter((wait) => wait.operation === operation)
      .map(({ until }) => new Date(until));
  });
}
