'use client';

import { Fragment } from 'react';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { useOperation } from './operation-live.tsx';

export type PartiesAwayProps = {
  /** Names of the parties that did not answer when the page was drawn. */
  names: readonly string[];
  /** In a sandbox whoever started it switches parties on. */
  isSandbox: boolean;
};

/** That work on a key waits for parties that are off, and how they come on. */
export function PartiesAway({ names, isSandbox }: PartiesAwayProps) {
  if (names.length === 0) return null;
  const isOne = names.length === 1;
  return (
    <Notice
      tone="caution"
      title={`${isOne ? 'Party' : 'Parties'} ${names.join(' and ')} ${isOne ? 'is' : 'are'} off.`}
    >
      This needs every party that is named. People can state meanwhile; the parties begin as soon as
      all are on. Whoever runs {isOne ? 'that party' : 'those parties'} switches{' '}
      {isOne ? 'it' : 'them'} on
      {isSandbox && (
        <>
          {' '}
          with{' '}
          {names.map((name, index) => (
            <Fragment key={name}>
              {index > 0 && ' and '}
              <Code>{`npm run party -- start ${name}`}</Code>
            </Fragment>
          ))}
        </>
      )}
      , and off again afterwards.
    </Notice>
  );
}

/** The same on the ceremony's own page, gone once it is over. */
export function CeremonyPartiesAway(props: PartiesAwayProps) {
  const { live } = useOperation();
  // Who was off when the page was drawn is on by now where the parties are at it.
  if (live.final || props.names.length === 0 || live.keyWork?.state === 'runs') return null;
  return (
    <div className="my-6">
      <PartiesAway {...props} />
    </div>
  );
}
