/** What processors, notices and consents lack. Pure. */
import { goesOn } from '#lib/resilience/days.ts';
import type { ConsentFacts } from '#lib/resilience/kinds/consent.ts';
import { noticePieces, piecesMissing } from '#lib/resilience/kinds/notice-words.ts';
import type { NoticeFacts } from '#lib/resilience/kinds/notice.ts';
import { keysOf } from '#lib/resilience/codes.ts';
import { processorTerms } from '#lib/resilience/kinds/processor-words.ts';
import type { ProcessorFacts } from '#lib/resilience/kinds/processor.ts';
import { Findings, type Found } from './found.ts';
import type { Kept, Registers } from './registers.ts';

/** @param today yyyy-mm-dd. */
export function processorFindings(
  one: Kept<ProcessorFacts>,
  all: Registers,
  today: string,
): Found[] {
  const { facts, id } = one;
  if (facts.state === 'ended') return [];
  const found = new Findings(one);
  const missing = keysOf(processorTerms).filter((term) => !facts.terms.includes(term));
  if (missing.length > 0)
    found.add(
      'no-terms',
      'terms',
      `The contract has to say: ${missing.map((term) => processorTerms[term]).join('; ')}.`,
    );
  findContract(one, all, found, today);
  if (facts.subProcessing === null)
    found.add(
      'no-sub-processing',
      'subProcessing',
      'Say whether it may engage others, and how they are authorised.',
    );
  if (facts.auditRight !== true)
    found.add('no-audit-right', 'auditRight', 'Agree on a right of audit and inspection.');
  if (facts.persons.length === 0 || facts.data.length === 0)
    found.add(
      'no-processor-data',
      facts.data.length === 0 ? 'data' : 'persons',
      'Choose the kinds of data and the categories of people.',
    );
  if (!all.activity.some((activity) => activity.facts.processors.includes(id)))
    found.add('processor-in-no-activity', null, 'Name it in the activities that it works for.');
  if (facts.reviewOn < today)
    found.add(
      'processor-overdue',
      'reviewOn',
      `It should have been reviewed by ${facts.reviewOn}.`,
    );
  return found.all;
}

function findContract(
  { facts }: Kept<ProcessorFacts>,
  { contracts }: Registers,
  found: Findings,
  today: string,
): void {
  if (facts.contract === null) {
    found.add(
      'no-contract',
      'contract',
      'Name the contract of the third-party register that it rests on.',
    );
    return;
  }
  const contract = contracts.find(({ id }) => id === facts.contract);
  const isWithIt = contract?.uses.some(
    ({ provider, endsOn }) => provider === facts.provider && goesOn(endsOn, today),
  );
  if (contract && isWithIt !== true)
    found.add(
      'contract-of-another',
      'contract',
      'No use of this contract that goes on is with this provider. Choose the right contract, or end this.',
    );
}

/** Bases of which a person may object to what rests on them (Art 21(1)). */
const objectable: ReadonlySet<string> = new Set(['legitimate-interests', 'public-task']);

/** Whether something that a notice tells of can be objected to, by the notice or by the activities that it names. */
const tellsOfObjectable = ({ facts }: Kept<NoticeFacts>, { activity }: Registers): boolean =>
  facts.hasInterests ||
  activity.some(
    (one) =>
      facts.activities.includes(one.id) &&
      one.facts.state !== 'ended' &&
      one.facts.purposes.some(({ basis }) => objectable.has(basis)),
  );

/** @param today yyyy-mm-dd. */
export function noticeFindings(one: Kept<NoticeFacts>, all: Registers, today: string): Found[] {
  const { facts } = one;
  if (facts.state === 'withdrawn') return [];
  const found = new Findings(one);
  // The right to object stands on its own, and so does the finding that it doesn't.
  const missing = piecesMissing(facts, facts.pieces).filter((piece) => piece !== 'objection');
  if (tellsOfObjectable(one, all) && !facts.pieces.includes('objection'))
    found.add(
      'notice-objection',
      'pieces',
      'Tell of the right to object under a heading of its own, apart from the other rights (Art 21(4)).',
    );
  if (missing.length > 0)
    found.add(
      'notice-pieces',
      'pieces',
      `It does not say: ${missing.map((piece) => noticePieces[piece]).join('; ')}.`,
    );
  if (facts.reviewOn < today)
    found.add('notice-overdue', 'reviewOn', `It should have been reviewed by ${facts.reviewOn}.`);
  return found.all;
}

/** @param today yyyy-mm-dd. */
export function consentFindings(one: Kept<ConsentFacts>, today: string): Found[] {
  const { facts } = one;
  if (facts.state === 'ended') return [];
  const found = new Findings(one);
  if (facts.countedOn === null)
    found.add(
      'consent-not-counted',
      'given',
      'Count who gave it and who took it back, and give the day.',
    );
  if (facts.reviewOn < today)
    found.add('consent-overdue', 'reviewOn', `It should have been reviewed by ${facts.reviewOn}.`);
  return found.all;
}
