'use client';

import { useState } from 'react';
import type { FieldValue } from '#lib/incidents/report/field-types.ts';
import { THREAT_FIELDS, type ThreatField } from '#lib/incidents/report/fields-threat.ts';
import { instantForm } from '#lib/incidents/report/figures.ts';
import { checkThreat, type ThreatValues } from '#lib/incidents/report/threat-notification.ts';
import { countOf } from '../../operations/counts.ts';
import { Button } from '../../ui/button.tsx';
import { CheckGroup } from '../../ui/check-group.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { takeThreatFile } from './take-threat-file.ts';
import { useLeaveWarning } from './use-leave-warning.ts';

/** The 20 fields of Annex III, prefilled, checked as one writes, and taken out as a file to be sent. */
export function ThreatForm({
  about,
  prefilled,
}: {
  about: { id: string; number: string };
  prefilled: ThreatValues;
}) {
  const [busy, setBusy] = useState<'pdf' | 'json' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [written, setWritten] = useState<ThreatValues>({});
  useLeaveWarning(Object.keys(written).length > 0);
  const values: ThreatValues = { ...prefilled, ...written };
  const findings = checkThreat(values);
  const blocking = findings.filter(({ severity }) => severity === 'blocking');

  async function take(format: 'pdf' | 'json') {
    setBusy(format);
    const given = Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== '' && value?.toString() !== ''),
    );
    setProblem(await takeThreatFile(about, format, given));
    setBusy(null);
  }

  return (
    <div className="space-y-6">
      <div className="divide-y divide-line rounded-md border border-line bg-surface">
        {THREAT_FIELDS.map((field) => (
          <div key={field.no} className="space-y-1 px-4 py-4">
            <Control
              field={field}
              value={values[field.no]}
              onWrite={(value) => setWritten((all) => ({ ...all, [field.no]: value }))}
            />
            <p className="text-sm text-text-quiet">
              {field.duty === 'M' ? 'Mandatory' : `If: ${field.condition ?? 'it applies.'}`}
            </p>
            {findings
              .filter(({ no }) => no === field.no)
              .map(({ sentence }) => (
                <p key={sentence} className="text-sm text-caution">
                  {sentence}
                </p>
              ))}
          </div>
        ))}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="prose-line text-sm text-text-quiet" role="status">
          {blocking.length === 0
            ? 'It keeps every rule. What you wrote is not kept here: take the file, send it, and record that the authority was told.'
            : `${countOf(blocking.length, 'field')} to be completed before it can be taken out.`}
        </p>
        <span className="flex gap-2">
          {(['pdf', 'json'] as const).map((format) => (
            <Button
              key={format}
              pending={busy === format}
              pendingLabel="Making the file"
              onClick={() => void take(format)}
              refused={blocking.length > 0}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </span>
      </div>
      {problem !== null && (
        <Notice tone="caution" title="No file was made." announce="assertive">
          {problem} What you wrote still stands here.
        </Notice>
      )}
    </div>
  );
}

function Control({
  field,
  value,
  onWrite,
}: {
  field: ThreatField;
  value: FieldValue | undefined;
  onWrite: (value: FieldValue) => void;
}) {
  const { no, label, help, kind, choices = [] } = field;
  const common = { label: `${no} ${label}`, hint: help };
  const options = choices.map((choice) => ({ value: choice.value, label: choice.words }));
  const text = typeof value === 'string' ? value : '';
  if (kind === 'choices')
    return (
      <CheckGroup
        {...common}
        options={options}
        values={Array.isArray(value) ? value : []}
        onChange={onWrite}
      />
    );
  if (kind === 'choice')
    return (
      <SelectField
        {...common}
        options={[{ value: '', label: 'Not stated' }, ...options]}
        value={text}
        onChange={({ target }) => onWrite(target.value)}
      />
    );
  if (kind === 'text' && (no === 13 || no === 14 || no >= 17))
    return (
      <TextAreaField {...common} value={text} onChange={({ target }) => onWrite(target.value)} />
    );
  if (kind === 'instant' && (text === '' || instantForm(text) === 'utc'))
    return (
      <TextField
        {...common}
        type="datetime-local"
        step={1}
        unit="UTC"
        value={text.replace(/(:00)?Z$/, '')}
        onChange={({ target: { value: at } }) =>
          onWrite(at === '' ? '' : `${at}${at.length === 16 ? ':00' : ''}Z`)
        }
      />
    );
  return <TextField {...common} value={text} onChange={({ target }) => onWrite(target.value)} />;
}
