import type { ReactNode } from 'react';
import type { ActivityFacts } from '#lib/resilience/kinds/activity.ts';
import type { ConsentFacts } from '#lib/resilience/kinds/consent.ts';
import type { DpiaFacts } from '#lib/resilience/kinds/dpia.ts';
import type { NoticeFacts } from '#lib/resilience/kinds/notice.ts';
import type { PartyFacts } from '#lib/resilience/kinds/party.ts';
import { legalBases } from '#lib/resilience/kinds/privacy-words.ts';
import { subProcessing } from '#lib/resilience/kinds/processor-words.ts';
import type { ProcessorFacts } from '#lib/resilience/kinds/processor.ts';
import { organisations } from '#lib/resilience/kinds/transfer-words.ts';
import type { TransferFacts } from '#lib/resilience/kinds/transfer.ts';
import { countryName } from '#lib/resilience/places.ts';
import type { PrivacyKind } from '#lib/resilience/records/kinds.ts';
import { Day } from '../ui/time.tsx';
import { own, type Own } from './own-column.tsx';

const no = (words: string): ReactNode => <span className="text-text-quiet">{words}</span>;

/** Each basis once, in the order of the purposes. */
const basesOf = ({ purposes }: ActivityFacts): ReactNode =>
  purposes.length === 0
    ? no('None')
    : [...new Set(purposes.map(({ basis }) => legalBases[basis]))].join(', ');

const placeOf = ({ country, organisation }: TransferFacts): string => {
  if (organisation !== null) return organisations[organisation];
  return country === null ? '' : countryName(country);
};

/** The columns of the registers of data protection. */
export const privacyColumns: Readonly<Record<PrivacyKind, readonly Own[]>> = {
  activity: [
    own<ActivityFacts>('basis', 'Legal bases', basesOf),
    own<ActivityFacts>('transfers', 'Transfers', ({ transfers }) => transfers.length, 'end'),
    own<ActivityFacts>('processors', 'Processors', ({ processors }) => processors.length, 'end'),
  ],
  dpia: [
    own<DpiaFacts>('activities', 'Activities', ({ activities }) => activities.length, 'end'),
    own<DpiaFacts>('assessed', 'Assessed as of', ({ assessedOn }) => <Day date={assessedOn} />),
  ],
  transfer: [
    own<TransferFacts>('importer', 'Importer', ({ importer }) => <bdi>{importer}</bdi>),
    own<TransferFacts>('place', 'Where', placeOf),
  ],
  processor: [
    own<ProcessorFacts>('terms', 'Terms', ({ terms }) => terms.length, 'end'),
    own<ProcessorFacts>('others', 'Further processors', ({ subProcessing: others }) =>
      others === null ? no('Nobody has said') : subProcessing[others],
    ),
  ],
  notice: [
    own<NoticeFacts>('language', 'Language', ({ language }) => language),
    own<NoticeFacts>('edition', 'Newest edition', ({ editions }) => {
      const newest = editions.at(-1);
      return newest === undefined ? no('None') : <bdi>{newest.edition}</bdi>;
    }),
    own<NoticeFacts>('from', 'In force from', ({ editions }) => {
      const newest = editions.at(-1);
      return newest === undefined ? no('Not yet') : <Day date={newest.inForceFrom} />;
    }),
  ],
  consent: [
    own<ConsentFacts>('given', 'Given', ({ given }) => given ?? no('Not counted'), 'end'),
    own<ConsentFacts>(
      'withdrawn',
      'Taken back',
      ({ withdrawn }) => withdrawn ?? no('Not counted'),
      'end',
    ),
  ],
  party: [own<PartyFacts>('country', 'Country', ({ country }) => countryName(country))],
};
