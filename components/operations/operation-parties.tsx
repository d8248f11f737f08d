'use client';

import type { PartyStanding } from '#lib/operations/party-standings.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark, type StatusShape } from '../ui/status-mark.tsx';
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

/** Where each MPC party stands towards the operation. */
export function OperationParties() {
  const { live, partyPages } = useOperation();
  if (live.parties.length === 0) return null;
  return (
    <section>
      <SectionHeading>Parties</SectionHeading>
      <Panel label="Parties">
        {live.parties.map(({ name, state, mark, sentence }) => (
          <PanelRow
            key={name}
            title={name}
            aside={<StatusMark {...LOOKS[state]}>{mark}</StatusMark>}
          >
            {sentence}
            {partyPages[name] !== undefined && (
              <span className="screen-only block">
                <PartyPageLink address={partyPages[name]}>What it reads</PartyPageLink>
              </span>
            )}
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
