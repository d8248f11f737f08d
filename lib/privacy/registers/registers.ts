/** The records that findings are reckoned from, as the database has them. */
import type { ActivityFacts } from '#lib/resilience/kinds/activity.ts';
import type { ConsentFacts } from '#lib/resilience/kinds/consent.ts';
import type { DpiaFacts } from '#lib/resilience/kinds/dpia.ts';
import type { NoticeFacts } from '#lib/resilience/kinds/notice.ts';
import type { PartyFacts } from '#lib/resilience/kinds/party.ts';
import type { ProcessorFacts } from '#lib/resilience/kinds/processor.ts';
import type { TransferFacts } from '#lib/resilience/kinds/transfer.ts';

export type Kept<F> = {
  id: string;
  number: string;
  /** What people call it. */
  name: string;
  facts: F;
  /** Fields of texts that are there. */
  texts: ReadonlySet<string>;
  /** Yyyy-mm-dd; null where nothing is due. */
  dueOn: string | null;
};

/** A contract of the third-party register: with whom, and where data rest and are processed while it goes on. */
export type ContractPlaces = {
  id: string;
  number: string;
  name: string;
  uses: readonly {
    provider: string;
    endsOn: string | null;
    dataAt: string | null;
    processedAt: string | null;
  }[];
  /** Everybody in its chain of subcontractors. */
  chain: readonly string[];
};

/** When what is processed was last changed, by activity: an instant, ISO 8601. */
export type ChangedAt = ReadonlyMap<string, string>;

export type Registers = {
  activity: readonly Kept<ActivityFacts>[];
  dpia: readonly Kept<DpiaFacts>[];
  transfer: readonly Kept<TransferFacts>[];
  processor: readonly Kept<ProcessorFacts>[];
  notice: readonly Kept<NoticeFacts>[];
  consent: readonly Kept<ConsentFacts>[];
  party: readonly Kept<PartyFacts>[];
  contracts: readonly ContractPlaces[];
  activityChangedAt: ChangedAt;
  /** When the day of an assessment was last set, by assessment. */
  dpiaAssessedAt: ChangedAt;
};
