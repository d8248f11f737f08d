'use client';

import { useState } from 'react';
import {
  clientNotice,
  noticeFaults,
  type NoticeFacts,
} from '#lib/incidents/report/client-notice.ts';
import { recordToldAction } from '#lib/incidents/report-actions.ts';
import type { ReportsView } from '#lib/incidents/reports/list-reports.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { whomWords } from './report-words.ts';

type Whom = 'clients' | 'board' | 'authority';

const labels: Readonly<Record<Whom, string>> = {
  clients: 'Record that clients were told',
  board: 'Record that the board was told',
  authority: 'Record that the authority was told',
};

const hints: Readonly<Record<Whom, string>> = {
  clients: 'The text that they got, with the measures taken (DORA, Art 19(3)).',
  board:
    'The impact, the response and further controls, as the management body heard it (DORA, Art 17(3)(e)).',
  authority:
    'Such as that a limit can’t be kept, why, and until when it will be (2025/301, Art 5(3)).',
};

/** Records who was told and with which words; those for clients are drawn up from the facts. */
export function Tell({
  incident,
  whom,
  notice,
  tone,
}: {
  incident: Pick<ReportsView['incident'], 'id' | 'number' | 'seq' | 'sort'>;
  whom: Whom;
  notice: NoticeFacts | null;
  tone: 'primary' | 'secondary';
}) {
  return (
    <ActDialog
      act={recordToldAction}
      label={labels[whom]}
      title={`${incident.number}: ${whomWords[whom].toLowerCase()}`}
      size={tone === 'primary' ? 'regular' : 'small'}
      tone={tone}
      fixed={{ id: incident.id, seen: String(incident.seq), whom }}
    >
      {whom === 'clients' && notice !== null ? (
        <NoticeFields notice={notice} />
      ) : (
        <TextAreaField
          label="What they were told"
          name="text"
          hint={
            whom === 'authority' && incident.sort === 'threat'
              ? 'That it was notified of the threat, and how (DORA, Art 19(2)).'
              : hints[whom]
          }
          rows={5}
          maxLength={4000}
        />
      )}
      {whom === 'clients' && (
        <TextField
          label="How many clients"
          name="count"
          inputMode="numeric"
          hint="Empty where it was made public."
          maxLength={9}
        />
      )}
    </ActDialog>
  );
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** The few things that only a person can say, and the text that they make with the facts; it can be written over. */
function NoticeFields({ notice }: { notice: NoticeFacts }) {
  const [effect, setEffect] = useState('');
  const [measures, setMeasures] = useState(notice.measures.join('\n'));
  const [advice, setAdvice] = useState('');
  const [written, setWritten] = useState<string | null>(null);
  const facts = {
    ...notice,
    effect: effect.trim() === '' ? null : effect,
    measures: linesOf(measures),
    advice: linesOf(advice),
  };
  const made = clientNotice(facts);
  const faults = noticeFaults(facts);
  return (
    <>
      <TextAreaField
        label="What was done"
        hint="One measure a line."
        rows={2}
        value={measures}
        onChange={({ target }) => setMeasures(target.value)}
      />
      <TextAreaField
        label="What it means for their assets and money"
        hint="Empty while that is being looked into."
        rows={2}
        value={effect}
        onChange={({ target }) => setEffect(target.value)}
      />
      <TextAreaField
        label="What they should do"
        hint="One advice a line; empty where nothing."
        rows={2}
        value={advice}
        onChange={({ target }) => setAdvice(target.value)}
      />
      <TextAreaField
        label="What they were told"
        name="text"
        hint={
          written === null
            ? 'Drawn up from the facts and what stands above. Send it, then record it here as it was sent.'
            : 'Written over: it no longer follows what stands above.'
        }
        error={
          made === null && written === null
            ? faults.map(({ sentence }) => sentence).join(' ')
            : undefined
        }
        rows={14}
        maxLength={4000}
        value={written ?? made?.text ?? ''}
        onChange={({ target }) => setWritten(target.value)}
      />
    </>
  );
}
