/** What a transfer lacks, and where it and the third-party register do not meet. Pure. */
import { goesOn } from '#lib/resilience/days.ts';
import type { TransferFacts } from '#lib/resilience/kinds/transfer.ts';
import { countryName, isInEea } from '#lib/resilience/places.ts';
import { adequacyOn } from '../adequacy.ts';
import { Findings, inWords, type Found } from './found.ts';
import type { ContractPlaces, Kept, Registers } from './registers.ts';

type Transfer = Kept<TransferFacts>;

/** A transfer that is under way or about to be. */
const isOpen = ({ facts: { state } }: Transfer): boolean => state !== 'ended';

/** @param today yyyy-mm-dd. */
export function transferFindings(one: Transfer, all: Registers, today: string): Found[] {
  if (!isOpen(one)) return [];
  const found = new Findings(one);
  findAdequacy(one, found, today);
  findTool(one, found);
  findTies(one, all, found, today);
  if (one.facts.reviewOn < today)
    found.add(
      'transfer-overdue',
      'reviewOn',
      `It should have been reviewed by ${one.facts.reviewOn}.`,
    );
  return found.all;
}

function findAdequacy({ facts }: Transfer, found: Findings, today: string): void {
  if (facts.tool !== 'adequacy') return;
  const { country, organisation, certified, commercial, warnDays } = facts;
  const of = organisation ?? country ?? '';
  const adequacy = adequacyOn({ of, certified, commercial }, { today, warnDays });
  const other = 'Rest it on another tool, or end it.';
  switch (adequacy.is) {
    case 'adequate':
      return;
    case 'none':
      found.add(
        'adequacy-none',
        'tool',
        `There is no adequacy decision for ${countryName(of)}. ${other}`,
      );
      return;
    case 'not-yet':
      found.add(
        'adequacy-none',
        'tool',
        `The decision for ${adequacy.decision.name} holds from ${adequacy.decision.from}. ${other}`,
      );
      return;
    case 'ended':
      found.add(
        'adequacy-none',
        'tool',
        `The decision for ${adequacy.decision.name} ended on ${adequacy.decision.until}. ${other}`,
      );
      return;
    case 'not-for-them':
      found.add(
        'adequacy-not-for-them',
        adequacy.decision.scope,
        adequacy.decision.scope === 'certified'
          ? `The decision for ${adequacy.decision.name} holds only for importers certified under the Data Privacy Framework, and nobody said that this one is. ${other}`
          : `The decision for ${adequacy.decision.name} holds only for commercial organisations, and nobody said that this is one. ${other}`,
      );
      return;
    case 'ending':
      found.add(
        'adequacy-ending',
        'tool',
        `The decision for ${adequacy.decision.name} ends on ${adequacy.until}. Prepare another tool.`,
      );
  }
}

function findTool({ facts }: Transfer, found: Findings): void {
  const isAppropriate = facts.tool === 'scc' || facts.tool === 'bcr';
  if (isAppropriate && facts.assessment === null)
    found.add(
      'no-assessment',
      'assessment',
      'Assess the law and practice there, and give the reference and the day.',
    );
  if (facts.tool === 'scc' && facts.version === null)
    found.add(
      'no-clauses-version',
      'version',
      'Name the version of the clauses, such as Decision (EU) 2021/914.',
    );
  if (facts.data.length === 0)
    found.add('no-transfer-data', 'data', 'Choose the categories of data that are transferred.');
}

function findTies(one: Transfer, all: Registers, found: Findings, today: string): void {
  const { facts, id } = one;
  if (!all.activity.some(({ facts: { transfers } }) => transfers.includes(id)))
    found.add('transfer-in-no-activity', null, 'Name it in the activity that it is part of.');
  const { provider } = facts;
  if (provider === null) return;
  const isUnderContract = all.contracts.some(({ uses, chain }) =>
    uses.some(
      (use) => (use.provider === provider || chain.includes(provider)) && goesOn(use.endsOn, today),
    ),
  );
  if (!isUnderContract)
    found.add(
      'transfer-without-contract',
      'provider',
      'No contract in force names this provider. Add the contract to the register, or end the transfer.',
    );
  const isRecorded = all.processor.some(
    ({ facts: processor }) =>
      processor.state === 'active' &&
      (processor.provider === provider || processor.subProcessors.includes(provider)),
  );
  if (facts.importerRole === 'processor' && !isRecorded)
    found.add(
      'transfer-without-processor',
      null,
      'The importer works on behalf: add the processor with its terms.',
    );
}

/**
 * Where data of a contract rest or are processed outside the European Economic Area (B_02.02, c0150 and c0160) with no
 * transfer of this provider to that country.
 */
export function contractFindings(one: ContractPlaces, all: Registers, today: string): Found[] {
  const open = all.transfer.filter(isOpen);
  const missing = one.uses
    .filter(({ endsOn }) => goesOn(endsOn, today))
    .flatMap(({ provider, dataAt, processedAt }) =>
      [dataAt, processedAt]
        .filter((country) => country !== null)
        .filter((country) => !isInEea(country))
        .filter(
          (country) =>
            !open.some(
              ({ facts }) =>
                facts.country === country &&
                (facts.contract === one.id || facts.provider === provider),
            ),
        ),
    );
  if (missing.length === 0) return [];
  const found = new Findings(one);
  found.add(
    'contract-without-transfer',
    null,
    `Data are in ${inWords([...new Set(missing)].map(countryName))} and no transfer there is on record. Add it, or correct the contract.`,
  );
  return found.all;
}
