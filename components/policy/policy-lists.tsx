import type { DraftLine, VersionLine } from '#lib/operations/policy/view-policy.ts';
import type { WaitingChange } from '#lib/operations/waiting-changes.ts';
import { StateMark } from '../operations/state-mark.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Code } from '../ui/grouped.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';

/** Changes that were raised and are not in force yet. */
export function WaitingChanges({
  changes,
  serverNow,
}: {
  changes: readonly WaitingChange[];
  serverNow: string;
}) {
  return (
    <section>
      <SectionHeading>Changes that wait</SectionHeading>
      {changes.length === 0 ? (
        <p className="text-text-quiet">None was raised that is still open.</p>
      ) : (
        <Panel label="Changes that wait">
          {changes.map((change) => (
            <PanelRow
              key={change.id}
              title={
                <TextLink href={`/operations/${change.id}`}>
                  <Code>{change.number}</Code>
                </TextLink>
              }
              aside={<StateMark state={change.state} waitsFor={change.waitsFor} forMe={false} />}
            >
              Version {change.version}, raised by <bdi>{change.raisedBy}</bdi>
              {change.waitingUntil !== null && (
                <span className="block text-text">
                  Takes effect in{' '}
                  <Countdown
                    until={change.waitingUntil}
                    serverNow={serverNow}
                    passed="a moment, as each party’s own wait ends"
                  />
                  . Until then any one officer may veto it: open it and reject it.
                </span>
              )}
            </PanelRow>
          ))}
        </Panel>
      )}
    </section>
  );
}

/** Drafts that somebody may go on with, the last changed first. */
export function Drafts({ drafts, inForce }: { drafts: readonly DraftLine[]; inForce: number }) {
  return (
    <section>
      <SectionHeading>Drafts</SectionHeading>
      {drafts.length === 0 ? (
        <p className="text-text-quiet">None. A draft can be tried before anybody raises it.</p>
      ) : (
        <Panel label="Drafts">
          {drafts.map((draft) => (
            <PanelRow
              key={draft.id}
              title={
                <TextLink href={`/policy/drafts/${draft.id}`}>
                  <bdi>{draft.name}</bdi>
                </TextLink>
              }
            >
              <bdi>{draft.updatedBy}</bdi>, <Time instant={draft.updatedAt} style="minute" />
              {draft.baseVersion !== inForce && (
                <span className="block text-caution">
                  Written over version {draft.baseVersion}; version {inForce} came since.
                </span>
              )}
            </PanelRow>
          ))}
        </Panel>
      )}
    </section>
  );
}

/** Versions that were in force before. */
export function OlderVersions({
  versions,
  left,
}: {
  versions: readonly VersionLine[];
  left: number;
}) {
  return (
    <section>
      <SectionHeading>Versions before</SectionHeading>
      {versions.length === 0 ? (
        <p className="text-text-quiet">None: this is the version of genesis.</p>
      ) : (
        <ul className="space-y-1">
          {versions.map(({ version, since, operation }) => (
            <li key={version} className="flex flex-wrap items-baseline gap-x-2">
              <TextLink href={`/policy/versions/${version}`}>Version {version}</TextLink>
              <span className="text-sm text-text-quiet">
                since <Time instant={since} style="minute" />
                {operation === null ? ', by genesis' : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
      {left > 0 && <p className="text-sm text-text-quiet">And {left} before these.</p>}
    </section>
  );
}
