/** Forms of what is done with a request, by the kind of event that each writes. */
import {
  authorities,
  dispatchChannels,
  doubtReasons,
  identityGrounds,
  messageChannels,
  opinions,
  type EventKind,
  isRefusing,
} from '#lib/privacy/requests/life.ts';
import { stillFound } from '#lib/privacy/requests/still-found.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import {
  askPersonAction,
  closeRequestAction,
  extendRequestAction,
  finishRecipientsAction,
  fulfilRequestAction,
  giveOpinionAction,
  identifyPersonAction,
  markDuplicateAction,
  noteDoubtAction,
  noteRequestAction,
  recordAnswerAction,
  recordAuthorityAction,
  reopenRequestAction,
  returnProposalAction,
  withdrawRequestAction,
} from '#lib/privacy/request-actions.ts';
import type { ReactNode } from 'react';
import type { Act } from '../../clients/act-dialog.tsx';
import { optionsOf } from '../../clients/complaint-form.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { ChoosePerson } from './choose-person.tsx';
import { SentField } from './sent-field.tsx';
import { recipientActs } from './recipient-fields.tsx';
import { NowField } from './now-field.tsx';
import { PaperField } from './paper-field.tsx';
import { RestField } from './rest-field.tsx';

const most = 8000;

const Reasons = ({ hint }: { hint?: string }) => (
  <TextAreaField label="Reasons" name="reasons" hint={hint} rows={4} maxLength={most} />
);
const Proof = ({ label = 'Proof', hint }: { label?: string; hint: string }) => (
  <TextAreaField label={label} name="proof" hint={hint} rows={3} maxLength={most} />
);

export type PlainAct = {
  act: Act;
  label: string;
  title: string;
  done: string;
  fields: (view: RequestView) => ReactNode;
};

/** Acts whose form is sent as it stands; those with a key or with rows of their own stand elsewhere. */
export const plainActs: Readonly<Partial<Record<EventKind, PlainAct>>> = {
  noted: {
    act: noteRequestAction,
    label: 'Note',
    title: 'A note',
    done: 'Keep the note',
    fields: ({ standing }) => (
      <>
        <TextAreaField label="Note" name="note" rows={4} maxLength={most} />
        {standing.questions.some(({ answeredAt }) => answeredAt === null) && (
          <TextField
            label="Reminder: answer by"
            name="answerBy"
            type="date"
            hint="Only where you remind the person of the open question now. Once that day has passed without an answer, the request can go on to its decision."
          />
        )}
      </>
    ),
  },
  identified: {
    act: identifyPersonAction,
    label: 'Identify the person',
    title: 'Who it is about',
    done: 'This is the person',
    fields: ({ you }) => (
      <>
        <ChoosePerson canSearch={you.mayFind} />
        <SelectField
          label="By what the person is known"
          name="ground"
          placeholder="Choose the ground"
          hint="A name or a sender’s address identifies nobody."
          options={optionsOf(identityGrounds)}
        />
        <Proof hint="What was seen or asked, and by whom. Copy no document." />
      </>
    ),
  },
  'authority-shown': {
    act: recordAuthorityAction,
    label: 'Record the authority',
    title: 'Authority to act for the person',
    done: 'Record it',
    fields: () => (
      <>
        <SelectField
          label="What was shown"
          name="by"
          placeholder="Choose what was shown"
          options={optionsOf(authorities)}
        />
        <Proof hint="Who showed it, its date, and what it covers." />
      </>
    ),
  },
  doubted: {
    act: noteDoubtAction,
    label: 'Note a doubt',
    title: 'Doubt about who asks',
    done: 'Record the doubt',
    fields: () => (
      <>
        <SelectField
          label="What raises the doubt"
          name="reason"
          placeholder="Choose what raises it"
          options={optionsOf(doubtReasons)}
        />
        <Reasons hint="A proof of identity is asked for on reasonable doubt only (Art 12(6))." />
      </>
    ),
  },
  asked: {
    act: askPersonAction,
    label: 'Record a question',
    title: 'A question to the person',
    done: 'Record the question',
    fields: ({ standing, serverNow }) => (
      <>
        <SelectField
          label="What it is about"
          name="about"
          defaultValue={standing.isDoubted ? 'identity' : 'scope'}
          hint={
            standing.isDoubted
              ? undefined
              : 'Proof of identity can be asked for once a doubt is on record.'
          }
          options={[
            { value: 'scope', label: 'What is meant' },
            { value: 'identity', label: 'Proof of identity', disabled: !standing.isDoubted },
          ]}
        />
        <NowField
          label="Sent at"
          name="sentAt"
          hint="UTC. It suspends the month only when it went out within three working days after the receipt."
          serverNow={serverNow}
        />
        <TextAreaField label="Question" name="question" rows={4} maxLength={most} />
      </>
    ),
  },
  answered: {
    act: recordAnswerAction,
    label: 'Record the answer',
    title: 'The answer of the person',
    done: 'Record the answer',
    fields: ({ serverNow }) => (
      <>
        <NowField label="Came at" name="answeredAt" serverNow={serverNow} />
        <TextAreaField label="Answer" name="answer" rows={4} maxLength={most} />
      </>
    ),
  },
  extended: {
    act: extendRequestAction,
    label: 'Extend',
    title: 'Two months more',
    done: 'Record the extension',
    fields: ({ serverNow, clock }) => (
      <>
        <p>
          Once, by two months, and only when the person was told with the reasons
          {clock !== null && ` by ${clock.noticeDueOn}`} (Art 12(3)).
        </p>
        <SelectField
          label="Why it takes longer"
          name="reason"
          placeholder="Choose why"
          options={[
            { value: 'complexity', label: 'It is complex' },
            { value: 'number', label: 'The number of requests' },
          ]}
        />
        <NowField label="The person was told at" name="noticeSentAt" serverNow={serverNow} />
        <Reasons hint="As they were written to the person." />
      </>
    ),
  },
  ...recipientActs,
  'opinion-given': {
    act: giveOpinionAction,
    label: 'Give the opinion',
    title: 'Opinion of the data protection officer',
    done: 'Give it',
    fields: () => (
      <>
        <p>It advises who decides and binds nobody. Who gives one decides nothing about it.</p>
        <SelectField
          label="Opinion"
          name="opinion"
          placeholder="Choose the opinion"
          options={optionsOf(opinions)}
        />
        <TextAreaField label="In words" name="text" rows={5} maxLength={most} />
      </>
    ),
  },
  returned: {
    act: returnProposalAction,
    label: 'Send it back',
    title: 'Send the proposal back',
    done: 'Send it back',
    fields: () => <Reasons hint="What has to be other before it can be approved." />,
  },
  fulfilled: {
    act: fulfilRequestAction,
    label: 'Record the answer to the person',
    title: 'The answer and its proof',
    done: 'Record that it was sent',
    fields: ({ standing, sendable, serverNow }) => (
      <>
        <SelectField
          label="How it was sent"
          name="channel"
          placeholder="Choose how"
          defaultValue={standing.transmission?.isFeasible === true ? 'direct' : undefined}
          hint={
            standing.transmission?.isFeasible === true
              ? `To whom entry ${standing.transmission.seq} names.`
              : undefined
          }
          options={optionsOf(dispatchChannels).filter(
            ({ value }) => value !== 'direct' || standing.transmission?.isFeasible === true,
          )}
        />
        <PaperField opening={standing.opening} />
        <NowField label="Sent at" name="sentAt" serverNow={serverNow} />
        <SentField sendable={sendable} approved={standing.proposal?.package ?? null} />
        <SelectField
          label="The letter names the authority for complaints and the court"
          name="namesRemedies"
          defaultValue={standing.proposal && isRefusing(standing.proposal.decision) ? 'yes' : 'no'}
          hint="Needed wherever something is refused (Art 12(4))."
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
        />
        {standing.transmission?.isFeasible === true && (
          <Reasons hint="Only where it did not go to the other controller: why that turned out not to be feasible." />
        )}
        <RestField found={stillFound(standing)} />
        <Proof
          label="Proof of dispatch"
          hint="Number of the letter, receipt of the portal, who handed it over."
        />
      </>
    ),
  },
  notified: {
    act: finishRecipientsAction,
    label: 'No recipient is left',
    title: 'All recipients are on record',
    done: 'Record it',
    fields: ({ standing }) => (
      <>
        <p>
          {standing.recipients.size === 0
            ? 'No recipient is on record, so none was told. That does not prove that nobody received the data.'
            : `${standing.recipients.size} are on record, each told or with a reason why not.`}
        </p>
        <Reasons hint="Where it was looked for others who got the data, and what was found." />
      </>
    ),
  },
  closed: {
    act: closeRequestAction,
    label: 'Close',
    title: 'Close the request',
    done: 'Close it',
    fields: () => <p>The person has the answer, and nothing about it is left to do.</p>,
  },
  withdrawn: {
    act: withdrawRequestAction,
    label: 'Withdrawn by the person',
    title: 'The person takes it back',
    done: 'Record it',
    fields: ({ serverNow }) => (
      <>
        <NowField label="Withdrawn at" name="withdrawnAt" serverNow={serverNow} />
        <Proof hint="How the person said so." />
      </>
    ),
  },
  'marked-duplicate': {
    act: markDuplicateAction,
    label: 'Same as another',
    title: 'The same was asked already',
    done: 'Record it',
    fields: ({ alike, serverNow }) => (
      <>
        <TextField
          label="The other request"
          name="of"
          look="mono"
          placeholder="DSR-2026-000001"
          defaultValue={alike[0]?.number}
          maxLength={20}
        />
        <p>
          The other one goes on, with its own day in law, and its answer is the answer to both. The
          person is told so first.
        </p>
        <SelectField
          label="How the person was told"
          name="channel"
          placeholder="Choose how"
          options={optionsOf(messageChannels)}
        />
        <NowField label="Told at" name="sentAt" serverNow={serverNow} />
        <SelectField
          label="The message names the authority for complaints and the court"
          name="namesRemedies"
          placeholder="Look, then choose"
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
        />
        <Reasons hint="As they were written to the person." />
        <Proof hint="Number of the letter, or who said it and when." />
      </>
    ),
  },
  reopened: {
    act: reopenRequestAction,
    label: 'Reopen',
    title: 'Open it again',
    done: 'Reopen it',
    fields: () => <Reasons hint="What has come up." />,
  },
};
