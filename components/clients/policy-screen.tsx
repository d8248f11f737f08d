import {
  markSummarySentAction,
  recordPolicyAction,
  recordPolicyRequestAction,
} from '#lib/clients/actions.ts';
import type { PolicyRequestView, PolicyView } from '#lib/clients/policy/view-policy.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { formatInstant } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { ActDialog } from './act-dialog.tsx';
import { ClientField } from './client-field.tsx';
import { ClientsTabs } from './clients-tabs.tsx';
import { SaveDocument } from './save-document.tsx';

/** The custody policy: versions, the one in force in full, its summary and who asked for it. */
export function PolicyScreen({
  view,
  belowCold,
}: {
  view: PolicyView;
  /** Assets of which too little lies in cold now for what is promised in public. */
  belowCold: readonly string[];
}) {
  const { versions, shown, requests, canWrite } = view;
  const waiting = requests.filter(({ sent }) => sent === null).length;
  return (
    <>
      <PageHeader
        title="Custody policy"
        state={policyState(versions[0], waiting)}
        action={canWrite && <NewVersion />}
      />
      <ClientsTabs current="/clients/policy" />
      <LiveRefresh topics={['clients']} />
      {belowCold.length > 0 && (
        <div className="mb-6">
          <Notice
            tone="caution"
            title={`Not over 95 % of ${belowCold.join(', ')} lies in cold vaults now.`}
          >
            The house promises that in public.{' '}
            <TextLink href="/vaults/tiers">See the shares by tier</TextLink> and what restores them.
          </Notice>
        </div>
      )}
      {shown === null ? (
        <EmptyState title="No custody policy is on record">
          MiCA Art 75(3) asks for one. Record the text that was adopted, with the summary that
          clients may ask for; agreements name its version.
        </EmptyState>
      ) : (
        <div className="max-w-[56rem] space-y-8">
          <Summary shown={shown} />
          <Requests view={view} />
          <Versions view={view} />
          <section>
            <SectionHeading>Text of version {shown.version}</SectionHeading>
            <p className="prose-line whitespace-pre-wrap">{shown.text}</p>
          </section>
        </div>
      )}
    </>
  );
}

function policyState(newest: PolicyView['versions'][number] | undefined, waiting: number): string {
  if (!newest) return 'None is on record.';
  const asked =
    waiting === 0
      ? 'Nobody waits for its summary.'
      : `${waiting === 1 ? 'One request' : `${waiting} requests`} for its summary ${waiting === 1 ? 'waits' : 'wait'}.`;
  return `Version ${newest.version} is in force, adopted on ${formatInstant(newest.adoptedOn, 'day')}. ${asked}`;
}

function NewVersion() {
  return (
    <ActDialog
      act={recordPolicyAction}
      label="Record a version"
      title="A version of the custody policy"
    >
      <TextField label="Adopted on" name="adoptedOn" type="date" />
      <TextAreaField
        label="Summary for clients"
        name="summary"
        hint="Without personal data. It stays as it is."
        rows={5}
        maxLength={20_000}
      />
      <TextAreaField
        label="Text"
        name="text"
        hint="Without personal data. It stays as it is."
        rows={10}
        maxLength={200_000}
      />
    </ActDialog>
  );
}

function Summary({ shown }: { shown: NonNullable<PolicyView['shown']> }) {
  return (
    <section>
      <SectionHeading
        action={
          <SaveDocument
            text={shown.document}
            fileName={`custody-policy-summary-v${shown.version}.txt`}
            label="Save the summary"
          />
        }
      >
        Summary of version {shown.version}
      </SectionHeading>
      <p className="prose-line whitespace-pre-wrap">{shown.summary}</p>
    </section>
  );
}

function Requests({ view: { requests, clients, canWrite } }: { view: PolicyView }) {
  return (
    <section>
      <SectionHeading
        action={
          canWrite && (
            <ActDialog
              act={recordPolicyRequestAction}
              label="Note a request"
              title="Somebody asked for the summary"
              size="small"
            >
              <ClientField
                clients={clients}
                none="Nobody’s yet: somebody who may become a client"
              />
              <TextField label="Asked for at" name="receivedAt" type="datetime-local" hint="UTC" />
              <TextField
                label="To whom it goes"
                name="recipient"
                hint="Such as an electronic address. It can be erased later."
                maxLength={200}
              />
            </ActDialog>
          )
        }
      >
        Requests for the summary
      </SectionHeading>
      {requests.length === 0 ? (
        <p className="text-text-quiet">Nobody has asked for it yet.</p>
      ) : (
        <Panel label="Requests, newest first">
          {requests.map((request) => (
            <RequestRow key={request.id} request={request} canWrite={canWrite} />
          ))}
        </Panel>
      )}
    </section>
  );
}

function RequestRow({ request, canWrite }: { request: PolicyRequestView; canWrite: boolean }) {
  const { id, number, client, recipient, receivedAt, sent } = request;
  return (
    <PanelRow
      title={<Code>{number}</Code>}
      aside={
        sent === null ? (
          <StatusMark shape="ring" tone="caution">
            To be sent
          </StatusMark>
        ) : (
          <StatusMark shape="dot">Sent</StatusMark>
        )
      }
    >
      <p>
        {client ?? 'No client yet'}, to <bdi>{recipient}</bdi>. Asked for{' '}
        <Time instant={receivedAt} style="minute" />.
        {sent !== null && (
          <>
            {' '}
            Version {sent.policyVersion} was sent <Time instant={sent.at} style="minute" />.
          </>
        )}
      </p>
      {sent !== null && (
        <p className="wrap-anywhere">
          SHA-256 of what was sent: <span className="figures-mono">{sent.digest}</span>
        </p>
      )}
      {sent === null && canWrite && (
        <div className="mt-2">
          <ActDialog
            act={markSummarySentAction}
            label="Mark as sent"
            title={`${number}: the summary was sent`}
            size="small"
            done="It was sent"
            fixed={{ id, seen: '0' }}
          >
            <p>Save the summary in force, send it, then say so here.</p>
          </ActDialog>
        </div>
      )}
    </PanelRow>
  );
}

function Versions({ view: { versions, shown } }: { view: PolicyView }) {
  return (
    <section>
      <SectionHeading>Versions</SectionHeading>
      <Panel label="Versions, newest first">
        {versions.map(({ version, adoptedOn, digest, recordedBy }) => (
          <PanelRow
            key={version}
            title={
              version === shown?.version ? (
                `Version ${version}`
              ) : (
                <TextLink href={`/clients/policy?version=${version}`}>Version {version}</TextLink>
              )
            }
            aside={
              <span className="text-sm text-text-quiet">
                Adopted on <Time instant={adoptedOn} style="day" />
              </span>
            }
          >
            <p className="wrap-anywhere">
              SHA-256 <span className="figures-mono">{digest}</span>. Recorded by{' '}
              <bdi>{recordedBy}</bdi>.
            </p>
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
