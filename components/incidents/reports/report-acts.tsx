'use client';

import { useState } from 'react';
import {
  declineReportAction,
  recordReceiptAction,
  recordSentAction,
  withdrawReportAction,
} from '#lib/incidents/report-actions.ts';
import { channels } from '#lib/incidents/reports/life.ts';
import type { ReportView } from '#lib/incidents/reports/view-report.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { Press } from '../../live/press.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { useNow } from '../../ui/use-now.ts';
import { stepWithKey } from './step-with-key.ts';

const aboutOf = ({ id, stepCount }: ReportView) => ({ id, seen: String(stepCount) });

/** Releases, or reviews afterwards: one press of the key over what stands beside the button. */
export const PressStep = ({ view, step }: { view: ReportView; step: 'released' | 'reviewed' }) => (
  <Press
    label={step === 'reviewed' ? 'Review with key' : 'Release with key'}
    tone="primary"
    failed={step === 'reviewed' ? 'Not reviewed.' : 'Not released.'}
    send={() => stepWithKey({ ...aboutOf(view), step })}
  />
);

export const Decline = ({ view }: { view: ReportView }) => (
  <ActDialog
    act={declineReportAction}
    label="Decline"
    title="Send it back to be written on"
    done="Decline it"
    fixed={aboutOf(view)}
  >
    <TextAreaField
      label="Reasons"
      name="reasons"
      hint="What is wrong or missing."
      rows={4}
      maxLength={4000}
    />
  </ActDialog>
);

export const Withdraw = ({ view }: { view: ReportView }) => (
  <Press
    label="Withdraw"
    failed="Not withdrawn."
    send={() => withdrawReportAction(aboutOf(view))}
  />
);

/** A minute in the past; it begins with the one at which the form was opened. */
function MinuteField({
  label,
  name,
  hint,
  serverNow,
}: {
  label: string;
  name: string;
  hint: string;
  serverNow: string;
}) {
  const now = useNow(serverNow);
  const [opened] = useState(() => new Date(now).toISOString().slice(0, 16));
  return (
    <TextField
      label={label}
      name={name}
      type="datetime-local"
      unit="UTC"
      hint={hint}
      defaultValue={opened}
    />
  );
}

export const RecordSent = ({ view }: { view: ReportView }) => (
  <ActDialog
    act={recordSentAction}
    label="Record that it was sent"
    title="When and how was it sent?"
    tone="primary"
    done="Record it"
    fixed={aboutOf(view)}
  >
    <MinuteField
      label="Sent at"
      name="sentAt"
      hint="When the authority had it. Time limits count from this moment."
      serverNow={view.serverNow}
    />
    <SelectField
      label="How"
      name="channel"
      defaultValue="portal"
      options={Object.entries(channels).map(([value, label]) => ({ value, label }))}
    />
  </ActDialog>
);

export const RecordReceipt = ({ view }: { view: ReportView }) => (
  <ActDialog
    act={recordReceiptAction}
    label="Record the receipt"
    title="What did the authority answer?"
    tone={view.state === 'sent' ? 'primary' : 'secondary'}
    done="Record it"
    fixed={aboutOf(view)}
  >
    <TextField
      label="The authority’s reference"
      name="reference"
      look="mono"
      hint="Under which it keeps the incident. Later reports carry it as field 3.1."
      maxLength={200}
    />
    <MinuteField
      label="Received at"
      name="receivedAt"
      hint="When the receipt came."
      serverNow={view.serverNow}
    />
  </ActDialog>
);
