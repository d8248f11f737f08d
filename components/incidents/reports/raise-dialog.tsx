'use client';

import { channels } from '#lib/incidents/reports/life.ts';
import type { ReportView } from '#lib/incidents/reports/view-report.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { countOf } from '../../operations/counts.ts';
import { SelectField, TextAreaField } from '../../ui/field.tsx';
import { DigestLine } from './digest-line.tsx';
import { stepWithKey } from './step-with-key.ts';

/** Who wrote the report stands behind it with a key, and asks a second person to release it. */
export function RaiseDialog({ view }: { view: ReportView }) {
  const { id, steps, version, digest, words, blocking, stepCount } = view;
  return (
    <ActDialog
      act={stepWithKey}
      label={blocking.length === 0 ? 'Raise with key' : 'Raise although it breaks rules'}
      title="Raise it for release"
      tone={blocking.length === 0 ? 'primary' : 'secondary'}
      done="Raise with key"
      fixed={{ id, seen: String(stepCount), step: 'raised' }}
      key={steps.length}
    >
      <p>
        You sign version {version} as it is saved. Another person then releases it with their key;
        nothing goes to the authority by itself.
      </p>
      <DigestLine digest={digest} words={words} />
      <SelectField
        label="How is it going to be sent?"
        name="channel"
        defaultValue="portal"
        options={Object.entries(channels).map(([value, label]) => ({ value, label }))}
      />
      {blocking.length > 0 && (
        <>
          <p className="text-danger">
            It breaks {countOf(blocking.length, 'rule')}: {blocking.slice(0, 8).join(', ')}
            {blocking.length > 8 ? ' and more' : ''}. Two people answer for that with their keys.
          </p>
          <TextAreaField
            label="Why it is sent nevertheless"
            name="overrideReason"
            hint="It stands in the statement that both sign."
            rows={3}
            maxLength={4000}
          />
        </>
      )}
    </ActDialog>
  );
}
