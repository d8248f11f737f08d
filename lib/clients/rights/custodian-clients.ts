/** Clients whose agreement expressly gives the custodian what an event brings. */
import { casesMax } from '../register/load-cases.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { agreementAt, entitledAt } from '../agreements/agreement.ts';
import { loadAgreements } from '../agreements/load-agreements.ts';

const clientsAtOnce = 20;

/** Clients with any agreement that says so, by number, a part at a time. */
async function* candidates(tx: Tx): AsyncGenerator<string[]> {
  for (let after = ''; ;) {
    const rows = await tx.$queryRaw<{ client: string }[]>`
      select distinct client_id collate "C" as client from register_case
        where register = 'agreement' and facts ->> 'rights' = 'custodian' and client_id collate "C" > ${after} collate "C"
        order by 1 limit ${clientsAtOnce}`;
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ client }) => client);
    after = last.client;
  }
}

/**
 * Each such client at the event, with the agreement that was in force.
 * @param known of the agreements that were on record then: one that is registered after shares were
 *   computed changes nothing about them. The database holds the same rule (`custodian_agreement_at`).
 */
export async function custodianClientsAt(
  tx: Tx,
  event: Date,
  known: Date,
): Promise<{ client: string; agreement: string }[]> {
  const found: { client: string; agreement: string }[] = [];
  for await (const clients of candidates(tx)) {
    const all = await loadAgreements(tx, clients);
    // A part of them would decide wrongly.
    if (all.length >= casesMax) throw new Error(`More than ${casesMax} agreements of few clients.`);
    const onRecord = all.filter(({ registeredAt }) => new Date(registeredAt) <= known);
    const byClient = Map.groupBy(onRecord, ({ client }) => client);
    for (const [client, agreements] of byClient) {
      const inForce = agreementAt(agreements, event);
      if (inForce && entitledAt(agreements, event) === 'custodian')
        found.push({ client, agreement: inForce.id });
    }
  }
  return found;
}
