import type { ColdGenesis, ColdGenesisParty } from '#lib/operations/genesis/view-cold.ts';
import type { GenesisView } from '#lib/operations/genesis/view-genesis.ts';
import { listText } from '#lib/operations/genesis/founder-needs.ts';
import { KeyWords } from '../identity/key-words.tsx';
import { groupText } from '../identity/people-words.ts';
import { ShowCodes } from '../travel/show-codes.tsx';
import { Code, Digest, Hash } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { AskColdParty, AskAgain } from './ask-cold-party.tsx';
import { redrawText } from './genesis-words.ts';
import { IntroductionReader } from './introduction-reader.tsx';
import { LeaveOut } from './leave-out.tsx';

/** Parties without a network for the first roster; afterwards none can be added. */
export function ColdParties({
  cold,
  drawUp,
}: {
  cold: ColdGenesis;
  drawUp: GenesisView['drawUp'];
}) {
  const { parties, differing, mayChange } = cold;
  if (!mayChange.allowed && parties.length === 0) return null;
  return (
    <section className="mt-8">
      <SectionHeading>Cold parties</SectionHeading>
      <p className="mb-3 prose-line text-text-quiet">
        The key of a cold vault lies with two parties that have no network, of Custody and of
        Recovery, beside one that has. They must be in the first roster. Each is asked by a document
        who it is, and people bring its answer.
        {mayChange.allowed && ' Without a cold vault leave this empty.'}
      </p>
      <div className="space-y-4">
        {differing.length > 0 && (
          <Notice tone="caution" title="The document has other cold parties.">
            {listText(differing)} changed since it was drawn up. {redrawText(drawUp)}
          </Notice>
        )}
        {parties.length > 0 && (
          <Panel label="Cold parties">
            {parties.map((party) => (
              <Party key={party.leg} party={party} mayChange={mayChange.allowed} />
            ))}
          </Panel>
        )}
        {mayChange.allowed ? (
          <AskColdParty />
        ) : (
          <p className="text-text-quiet">{mayChange.sentence}</p>
        )}
      </div>
    </section>
  );
}

function Party({ party, mayChange }: { party: ColdGenesisParty; mayChange: boolean }) {
  const { leg, name, answer, request } = party;
  const leaveOut = mayChange && <LeaveOut leg={leg} name={name} />;
  if (answer)
    return (
      <PanelRow
        title={`Party ${name}`}
        aside={
          <StatusMark shape="dot" tone="neutral">
            Has said who it is
          </StatusMark>
        }
      >
        <p>Moves only with a statement of {groupText(answer.group)}.</p>
        <div className="mt-1.5">
          <KeyWords words={answer.words} of={`party ${name}`} />
        </div>
        <p className="mt-1">
          Identity key <Hash value={answer.identityKey} />
        </p>
        {leaveOut}
      </PanelRow>
    );
  return (
    <PanelRow
      title={`Party ${name}`}
      aside={
        <StatusMark shape="ring" tone="caution">
          {request?.isExpired ? 'The document expired' : 'Its answer is awaited'}
        </StatusMark>
      }
    >
      {request && !request.isExpired && <Carry name={name} leg={leg} request={request} />}
      {mayChange && (
        <div className="mt-3 flex flex-wrap gap-2">
          <AskAgain name={name} />
          {leaveOut}
        </div>
      )}
    </PanelRow>
  );
}

function Carry({
  name,
  leg,
  request,
}: {
  name: string;
  leg: string;
  request: NonNullable<ColdGenesisParty['request']>;
}) {
  return (
    <Evidence label="Carry the question there, and the answer back">
      <div className="space-y-4">
        <ol className="list-decimal space-y-1 ps-5">
          <li>
            On a machine without a network open the party with{' '}
            <Code>{`npm run cold -- ${name} --group custody`}</Code>, or with the group that is to
            move it.
          </li>
          <li>
            Give it this document until <Time instant={request.expiresAt} style="minute" />. Its
            twelve words there are these:
          </li>
        </ol>
        <Digest value={request.digest} words={request.words} />
        <ShowCodes
          text={request.text}
          fileName={request.fileName}
          what={`the question to ${name}`}
        />
        <p>Then bring its answer here.</p>
        <IntroductionReader leg={leg} name={name} />
      </div>
    </Evidence>
  );
}
