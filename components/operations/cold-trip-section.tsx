'use client';

import { inWords } from '#lib/operations/policy-words.ts';
import { StageMark } from '../cold/stage-mark.tsx';
import { TripLink } from '../cold/trip-link.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { useOperation } from './operation-live.tsx';

/** Where its documents are on the way to cold parties, and the page from which they are carried. */
export function ColdTripSection() {
  const { live } = useOperation();
  const { coldTrip } = live;
  if (coldTrip === null) return null;
  const { parties, stage, words } = coldTrip;
  return (
    <section>
      <SectionHeading>Cold trip</SectionHeading>
      <p className="mb-2">
        <StageMark stage={stage} words={words} />
      </p>
      <p className="text-sm text-text-quiet">
        No network leads to {inWords(parties, 'or')}, so documents are carried there and back.{' '}
        <TripLink operation={live.id} look="accent">
          Its documents
        </TripLink>
      </p>
    </section>
  );
}
