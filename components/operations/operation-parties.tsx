'use client';

import type { PartyStanding } from '#lib/operations/party-standings.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import type { Tone } from '../ui/tone.ts';
import { PartyPageLink } from './party-page-link.tsx';
import { useOperation } from './operation-live.tsx';

const LOOKS: Readonly<Record<PartyStanding['state'], { shape: StatusShape; tone: Tone }>> = {
  waits: { shape: 'ring', tone: 'quiet' },
  ready: { shape: 'dot', tone: 'neutral' },
  done: { shape: 'dot', tone: 'good' },
  refused: { shape: 'triangle', tone: 'danger' },
  idle: { shape: 'square', tone: 'quiet' },
};

/** Where each MPC party stands towards the operation: by the record here, and by its own word. */
export function OperationParties() {
  const { live, partyPages } = useOperation();
  if (live.parties.length === 0) return null;
  return (
    <section>
      <SectionHeading>Parties</SectionHeading>
      <Panel label="Parties">
        {live.parties.map((party) => (
          <PanelRow
            key={party.name}
            title={party.name}
            aside={<StatusMark {...LOOKS[party.state]}>{party.mark}</StatusMark>}
          >
            <p>
              {party.sentence}
              {party.recordedAt !== null && (
                <>
                  {' '}
                  On record since <Time instant={party.recordedAt} style="second" />.
                </>
              )}
            </p>
            <OwnWord party={party} isOver={live.final} />
            {partyPages[party.name] !== undefined && (
              <p className="screen-only">
                <PartyPageLink address={partyPages[party.name] ?? ''}>What it reads</PartyPageLink>
              </p>
            )}
          </PanelRow>
        ))}
      </Panel>
      <p className="mt-2 text-sm text-text-quiet">
        A party’s own word is what it answered when it was asked last. Only its own page shows what
        it reads and decides.
      </p>
    </section>
  );
}

/** What the party said by itself, or that it said nothing; of an end long ago it has no need to. */
function OwnWord({ party: { word, isCold }, isOver }: { party: PartyStanding; isOver: boolean }) {
  if (word === null) return null;
  if (word.says.length > 0)
    return word.says.map(({ at, words }) => (
      <p key={words}>
        <span className="text-text">Own word</span>, <Time instant={at} style="second" />: {words}
      </p>
    ));
  if (isOver) return null;
  if (word.at === null)
    return (
      <p>
        <span className="text-text">Own word</span>:{' '}
        {isCold ? 'only by documents; it has no network.' : 'none yet; it was not asked.'}
      </p>
    );
  return (
    <p>
      <span className="text-text">Own word</span>, <Time instant={word.at} style="second" />:{' '}
      {word.answers ? 'nothing about this.' : 'no answer.'}
    </p>
  );
}
