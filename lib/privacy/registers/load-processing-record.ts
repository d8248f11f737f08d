/** Reads the record of processing out of one snapshot, with the names of all that it names. */
import {
  personCategories,
  dataCategories,
  legalBases,
  retentionWords,
} from '#lib/resilience/kinds/privacy-words.ts';
import { activityStates } from '#lib/resilience/kinds/activity-words.ts';
import type { ActivityFacts } from '#lib/resilience/kinds/activity.ts';
import type { DpiaFacts } from '#lib/resilience/kinds/dpia.ts';
import type { PartyFacts } from '#lib/resilience/kinds/party.ts';
import type { ProcessorFacts } from '#lib/resilience/kinds/processor.ts';
import { organisations, sccModules, transferTools } from '#lib/resilience/kinds/transfer-words.ts';
import type { TransferFacts } from '#lib/resilience/kinds/transfer.ts';
import { countryName } from '#lib/resilience/places.ts';
import type { Texts } from '#lib/resilience/records/kind-rules.ts';
import { loadTexts } from '#lib/resilience/records/load-record.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { notSaid, type NamedParty, type ProcessingActivity } from './processing-record.ts';

type Row = {
  id: string;
  kind: string;
  number: string;
  version: number;
  name: string;
  facts: unknown;
};

/** Read whole; of assets and providers only those that are named. */
const kindsRead = ['activity', 'dpia', 'party', 'transfer', 'processor'];

/** Activities in use, by number. @param tx a snapshot. */
export async function loadProcessingRecord(
  tx: Pick<Tx, '$queryRaw'>,
): Promise<ProcessingActivity[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select c.record_id::text as id, c.kind, c.number, c.version, coalesce(c.name, c.ref) as name, c.facts
      from resilience_current c
      where not c.retired and (c.kind = any (${kindsRead}::text[])
        or c.kind in ('asset', 'provider')
          and exists (select from resilience_link l join resilience_current f on f.record_id = l.from_id
            where l.to_id = c.record_id and f.kind in ('activity', 'processor') and not f.retired))
      order by c.number`;
  const texts = await loadTexts(
    tx,
    rows.map(({ id }) => id),
    ['name', 'contact', 'measures', 'automated-logic'],
  );
  const names = new Names(rows, texts);
  return rows.flatMap((row) => (row.kind === 'activity' ? [activityOf(row, names)] : []));
}

class Names {
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #texts: ReadonlyMap<string, Texts>;
  readonly dpias: readonly (Row & { facts: DpiaFacts })[];

  constructor(rows: readonly Row[], texts: ReadonlyMap<string, Texts>) {
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    this.#texts = texts;
    this.dpias = rows
      .filter(({ kind }) => kind === 'dpia')
      .map((row) => ({ ...row, facts: row.facts as DpiaFacts }));
  }

  text(id: string, field: string): string {
    return this.#texts.get(id)?.[field] ?? '';
  }

  /** A record by what people call it. What is named is never retired, so it is there. */
  name(id: string): string {
    return this.text(id, 'name') || (this.#rows.get(id)?.name ?? notSaid);
  }

  facts<F>(id: string): F | null {
    return (this.#rows.get(id)?.facts as F | undefined) ?? null;
  }

  party(id: string): NamedParty {
    const facts = this.facts<PartyFacts>(id);
    const individual = this.text(id, 'name');
    const legal = facts?.name ?? '';
    return {
      name: [legal, individual].filter((one) => one !== '').join(', ') || notSaid,
      address: facts === null ? '' : `${facts.address}, ${countryName(facts.country)}`,
      contact: this.text(id, 'contact'),
    };
  }

  transfer(id: string): ProcessingActivity['transfers'] {
    const facts = this.facts<TransferFacts>(id);
    if (facts === null) return [];
    const { name, importer, country, organisation, tool, module } = facts;
    const where =
      organisation === null ? countryName(country ?? notSaid) : organisations[organisation];
    return [
      {
        name,
        importer,
        where,
        tool:
          module === null ? transferTools[tool] : `${transferTools[tool]}, ${sccModules[module]}`,
        safeguards: this.text(id, 'measures'),
      },
    ];
  }

  processor(id: string): ProcessingActivity['processors'] {
    const facts = this.facts<ProcessorFacts>(id);
    return facts === null ? [] : [{ name: facts.name, provider: this.name(facts.provider) }];
  }
}

function activityOf(row: Row, names: Names): ProcessingActivity {
  const facts = row.facts as ActivityFacts;
  const maybe = (id: string | null) => (id === null ? null : names.party(id));
  return {
    number: row.number,
    version: row.version,
    name: facts.name,
    state: activityStates[facts.state],
    controller: names.party(facts.controller),
    jointControllers: facts.jointControllers.map((id) => names.party(id)),
    representative: maybe(facts.representative),
    dpo: maybe(facts.dpo),
    purposes: facts.purposes.map(({ purpose, basis, ground }) => ({
      purpose,
      basis: legalBases[basis],
      ground,
    })),
    persons: facts.persons.map((one) => personCategories[one]),
    data: facts.data.map(({ category, retention, limit }) => ({
      category: dataCategories[category],
      erasure:
        [retention === null ? null : retentionWords[retention], limit]
          .filter((one) => one !== null && one !== undefined)
          .join(' ') || notSaid,
    })),
    recipients: facts.recipients.map(({ recipient, country }) => ({
      recipient,
      country: country === null ? null : countryName(country),
    })),
    transfers: facts.transfers.flatMap((id) => names.transfer(id)),
    processors: facts.processors.flatMap((id) => names.processor(id)),
    systems: facts.systems.map((id) => names.name(id)),
    measures: names.text(row.id, 'measures'),
    assessments: names.dpias
      .filter((dpia) => dpia.facts.activities.includes(row.id))
      .map(({ number, name }) => `${name} (${number})`),
    // A version from before it was asked for lacks it.
    automated: (facts as Partial<ActivityFacts>).automated ?? null,
    automatedLogic: names.text(row.id, 'automated-logic'),
    reviewedOn: facts.reviewedOn,
  };
}
