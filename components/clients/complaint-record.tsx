import type { ReactNode } from 'react';
import { stateWords } from '#lib/clients/complaints/complaint.ts';
import type { ComplaintRecord, ComplaintStepView } from '#lib/clients/complaints/view-complaint.ts';
import { outcomes } from '#lib/clients/complaints/words.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { ClockFact } from './clock-mark.tsx';
import { ComplaintActs } from './complaint-acts.tsx';
import { CorrectText } from './correct-text.tsx';

const stepWords: Readonly<Record<string, string>> = {
  acknowledged: 'Acknowledged',
  delayed: 'Delay announced',
  decided: 'Decided',
};

/** One complaint: what it says, its clocks, and what was done about it. */
export function ComplaintRecordScreen({ record }: { record: ComplaintRecord }) {
  const { complaint, decideRefusal } = record;
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        crumbs={[
          { label: 'Clients', href: '/clients' },
          { label: 'Complaints', href: '/clients/complaints' },
          { label: complaint.number },
        ]}
        title={`Complaint ${complaint.number}`}
        state={
          complaint.outcome === null
            ? `${stateWords[complaint.state]}.`
            : `Decided: ${outcomes[complaint.outcome].toLowerCase()}.`
        }
        action={<ComplaintActs record={record} />}
      />
      <LiveRefresh topics={['clients']} />
      <div className="space-y-8">
        {decideRefusal !== null && (
          <Notice tone="info" title="Another person decides.">
            {decideRefusal}
          </Notice>
        )}
        <DescriptionList items={factsOf(record)} />
        <section>
          <SectionHeading>What was done about it</SectionHeading>
          <Panel label="What was done, newest first">
            {record.steps.toReversed().map((step) => (
              <StepRow key={step.seq} step={step} />
            ))}
            <PanelRow title="Taken in">
              <Time instant={complaint.openedAt} /> by <bdi>{complaint.openedByName}</bdi>
            </PanelRow>
          </Panel>
        </section>
      </div>
    </div>
  );
}

function factsOf({ complaint, versions, can }: ComplaintRecord) {
  const { id, client, complainant, subject } = complaint;
  const corrected = (text: ReactNode, kind: 'complainant' | 'subject', label: string) => (
    <div className="flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0 whitespace-pre-wrap">
        <bdi>{text}</bdi>
        {versions[kind] > 1 && (
          <span className="block text-sm text-text-quiet">
            Version {versions[kind]}: it was corrected.
          </span>
        )}
      </div>
      {can.write && typeof text === 'string' && (
        <CorrectText
          {...{ id, kind, label, text }}
          button={kind === 'complainant' ? 'Correct the name' : 'Correct the text'}
          version={versions[kind]}
        />
      )}
    </div>
  );
  return [
    { term: 'Who complains', detail: corrected(complainant, 'complainant', 'who complains') },
    {
      term: 'Client',
      detail: client === null ? 'Not a client, or not known' : <ClientLink client={client} />,
    },
    { term: 'About', detail: complaint.topic },
    { term: 'What it says', detail: corrected(subject, 'subject', 'what it says') },
    {
      term: 'Came in',
      detail: (
        <>
          <Time instant={complaint.receivedAt} style="minute" />, {complaint.channel.toLowerCase()},
          in {complaint.language.name}
          {complaint.onTemplate ? ', on the standard template' : ', not on the standard template'}
        </>
      ),
    },
    { term: 'Acknowledge', detail: <ClockFact clock={complaint.acknowledged} /> },
    { term: 'Decide', detail: <ClockFact clock={complaint.decided} /> },
    { term: 'Cost', detail: 'Free of charge for who complains.' },
  ];
}

const ClientLink = ({ client }: { client: string }) => (
  <TextLink href={`/clients/${client}`}>{client}</TextLink>
);

function StepRow({ step }: { step: ComplaintStepView }) {
  const { at, by, reasons, until } = step;
  return (
    <PanelRow title={stepWords[step.step] ?? step.step}>
      <p>
        <Time instant={at} /> by <bdi>{by}</bdi>
        {until !== null && (
          <>
            . Answer announced by <Time instant={until} style="day" />
          </>
        )}
      </p>
      {reasons !== null && (
        <p className="mt-1 whitespace-pre-wrap text-text">
          <bdi>{reasons}</bdi>
        </p>
      )}
    </PanelRow>
  );
}
