'use client';

import { useState } from 'react';
import type { FieldValue } from '#lib/incidents/report/field-types.ts';
import { THREAT_FIELDS, type ThreatField } from '#lib/incidents/report/fields-threat.ts';
import { instantForm } from '#lib/incidents/report/figures.ts';
import { recordThreatSentAction, saveThreatDraftAction } from '#lib/incidents/report-actions.ts';
import type { ReportsView } from '#lib/incidents/reports/list-reports.ts';
import { checkThreat, type ThreatValues } from '#lib/incidents/report/threat-notification.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { useRefresh } from '../../live/use-refresh.ts';
import { countOf } from '../../operations/counts.ts';
import { Button } from '../../ui/button.tsx';
import { CheckGroup } from '../../ui/check-group.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { takeThreatFile } from './take-threat-file.ts';
import { useLeaveWarning } from './use-leave-warning.ts';

type About = { id: string; number: string; seq: number };

/** The 20 fields of Annex III, prefilled, checked as one writes, saved, and taken out as a file to be sent. */
export function ThreatForm({
  about,
  prefilled,
  draft,
}: {
  about: About;
  /** The saved draft, or what is known while there is none. */
  prefilled: ThreatValues;
  draft: ReportsView['threatDraft'];
}) {
  const [busy, setBusy] = useState<'pdf' | 'json' | 'draft' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** What this page saved last; it counts until the server has drawn it, too. */
  const [own, setOwn] = useState<{ version: number; values: ThreatValues } | null>(null);
  const refresh = useRefresh();
  const [written, setWritten] = useState<ThreatValues>({});
  const isWritten = Object.keys(written).length > 0;
  useLeaveWarning(isWritten);
  const isOwn = own !== null && own.version > (draft?.version ?? 0);
  const version = isOwn ? own.version : (draft?.version ?? 0);
  const values: ThreatValues = { ...(isOwn ? own.values : prefilled), ...written };
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

  async function save() {
    setBusy('draft');
    setProblem(null);
    const answer = await saveThreatDraftAction({ id: about.id, seen: version, values }).catch(
      () => null,
    );
    setBusy(null);
    if (answer?.ok) {
      setOwn({ version: answer.value.version, values });
      // What was typed while it was being saved stays.
      setWritten((now) =>
        Object.fromEntries(Object.entries(now).filter(([no, one]) => one !== written[no])),
      );
    } else setProblem(answer ? answer.refusal.sentence : noAnswer);
    refresh();
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
            ? 'It keeps every rule: save it, take the file, send it, and record that it was sent.'
            : `${countOf(blocking.length, 'field')} to be completed before it can be taken out.`}{' '}
          {draft !== null && !isOwn && (
            <>
              Draft {draft.version}, saved by <bdi>{draft.by}</bdi>,{' '}
              <Time instant={draft.at} style="minute" />.
            </>
          )}
        </p>
        <span className="flex flex-wrap gap-2">
          <Button
            pending={busy === 'draft'}
            pendingLabel="Saving"
            onClick={() => void save()}
            refused={version > 0 && !isWritten}
          >
            Save draft
          </Button>
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
          {version > 0 && !isWritten && blocking.length === 0 && (
            <SentDialog about={about} version={version} />
          )}
        </span>
      </div>
      {problem !== null && (
        <Notice tone="caution" title="That was not done." announce="assertive">
          {problem} What you wrote still stands here.
        </Notice>
      )}
    </div>
  );
}

/** Records when and to whom the saved draft was sent. */
const SentDialog = ({ about, version }: { about: About; version: number }) => (
  <ActDialog
    act={recordThreatSentAction}
    label="Record that it was sent"
    size="small"
    title={`${about.number}: draft ${version} was sent`}
    fixed={{ id: about.id, seen: String(about.seq), draft: String(version) }}
  >
    <TextField label="When it was sent" name="sentAt" type="datetime-local" unit="UTC" />
    <TextField
      label="To whom, and how"
      name="to"
      hint="Such as: the authority, through its portal."
      maxLength={300}
    />
  </ActDialog>
);

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
