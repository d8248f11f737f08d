'use client';

import type { FreezeInWay } from '#lib/operations/freezes-in-way.ts';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { useOperation } from './operation-live.tsx';

/** Freezes that stop the operation, each with the way to its record and to its release. */
export function FreezesInWay() {
  const { live } = useOperation();
  if (live.freezes.length === 0) return null;
  return (
    <div className="mb-6 space-y-3">
      {live.freezes.map((freeze) => (
        <InWay key={freeze.operation} freeze={freeze} isHeld={live.state === 'held'} />
      ))}
    </div>
  );
}

const FreezeNumber = ({ operation, number }: { operation: string; number: string }) => (
  <TextLink href={`/operations/${operation}`}>
    <Code>{number}</Code>
  </TextLink>
);

function InWay({ freeze, isHeld }: { freeze: FreezeInWay; isHeld: boolean }) {
  const { scope, operation, number, release, releasedAt } = freeze;
  const itself = <FreezeNumber operation={operation} number={number} />;
  const itsRelease = release && <FreezeNumber {...release} />;
  if (releasedAt !== null)
    return (
      <Notice title={`${scope} was frozen when this was held.`}>
        {itself} was released on <Time instant={releasedAt} />
        {itsRelease && <> by {itsRelease}</>}. Its raiser can start a new attempt.
      </Notice>
    );
  return (
    <Notice tone="caution" title={`${scope} is frozen.`}>
      {isHeld ? 'It is held for' : 'The parties refuse it while there is'} {itself}.{' '}
      {itsRelease ? (
        <>The release {itsRelease} is raised and waits for the people whom it needs.</>
      ) : (
        <>
          A custody officer{' '}
          <TextLink href={`/freeze/${operation}/release`}>raises its release</TextLink>, which more
          people than a withdrawal needs must state.
        </>
      )}
    </Notice>
  );
}
