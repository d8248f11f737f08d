/** What the console knows itself and suggests for the worksheet, with where it comes from. Nobody has to take it. */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { loadServiceFigures } from '#lib/operations/service-figures.ts';
import { spanFact } from '../duration-text.ts';
import type { IncidentFile } from '../desk/load-incident.ts';
import { isStated } from './stated.ts';
import { timeOf } from './known-facts.ts';

export type Suggestion = {
  name: string;
  value: string | boolean;
  estimated: boolean;
  /** Where it comes from, as people read it. */
  from: string;
};

/** Only for facts that nobody has entered. */
export async function loadSuggestions(
  tx: Tx,
  file: IncidentFile,
  now: Date,
): Promise<Suggestion[]> {
  const figures = await loadServiceFigures(tx, now);
  return [
    {
      name: 'clients_total_service',
      value: String(figures.clients),
      estimated: false,
      from: 'Clients with an account in the ledger',
    },
    {
      name: 'tx_daily_avg_number',
      value: figures.transactionsPerDay,
      estimated: true,
      from: `Client transactions in the ledger, average of the ${figures.days} days before`,
    },
    ...spanOf(file, now),
  ].filter(({ name }) => !isStated(file.standing.facts[name]));
}

/** From when it began, or else was noticed, until it was resolved; an open one is measured until now (Art 3(1)). */
function spanOf({ standing, events }: IncidentFile, now: Date): Suggestion[] {
  const { facts } = standing;
  const first = events[0];
  if (first?.kind !== 'opened') return [];
  const began = timeOf(facts, 'occurred_at');
  const from = began ?? timeOf(facts, 'detected_at') ?? first.facts.detectedAt;
  const until = timeOf(facts, 'resolved_at') ?? timeOf(facts, 'recovered_at');
  const minutes = Math.floor(
    ((until ? Date.parse(until) : now.getTime()) - Date.parse(from)) / 60_000,
  );
  if (minutes < 0) return [];
  return [
    {
      name: 'duration',
      value: spanFact(minutes),
      estimated: until === null || began === null,
      from: `From when it ${began === null ? 'was noticed' : 'began'} until ${until === null ? 'now' : 'it was over'}`,
    },
  ];
}
