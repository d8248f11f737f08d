'use client';

import { wordsOfValue } from '#lib/incidents/report/read-values.ts';
import type { FieldValue, ReportField, Stage } from '#lib/incidents/report/field-types.ts';
import type { Finding } from '#lib/incidents/report/finding.ts';
import type { FieldView } from '#lib/incidents/reports/view-report.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Tone } from '../../ui/tone.ts';
import { FieldControl } from './field-control.tsx';
import { dutyWords, fieldId, isSameValue, sourceWords } from './report-words.ts';

/** What a person has typed into a field and not saved, and what stood there when they began. */
export type Typed = { value: FieldValue | null; base: FieldValue | null };

const sourceTone: Readonly<Record<FieldView['source'], Tone>> = {
  filled: 'quiet',
  inferred: 'caution',
  missing: 'quiet',
  entered: 'quiet',
};

/** One field: what it holds, what the stage asks, where the value comes from, and what the rules say of it. */
export function FieldRow({
  field,
  view,
  stage,
  typed,
  currency,
  findings,
  onTyped,
}: {
  field: ReportField;
  view: FieldView;
  stage: Stage;
  typed: Typed | undefined;
  currency: string;
  findings: readonly Finding[];
  onTyped: (typed: Typed | null) => void;
}) {
  const value = typed ? typed.value : view.value;
  const read = (one: FieldValue): string => wordsOfValue(field, one, currency);
  const put = (next: FieldValue | null) => {
    const base = typed ? typed.base : view.value;
    onTyped(isSameValue(next, view.value) ? null : { value: next, base });
  };
  const isOvertaken = typed !== undefined && !isSameValue(typed.base, view.value);
  // What is only missing is no mistake, so it is not shown as one.
  const isOmission = ({ rule }: Finding): boolean => rule.startsWith('missing');
  const wrong = findings.filter((one) => one.severity === 'blocking' && !isOmission(one));
  const hints = findings.filter((one) => one.severity === 'warning' || isOmission(one));
  const isMissing = value === null;
  return (
    <div id={fieldId(field.no)} tabIndex={-1} className="scroll-mt-24 px-4 py-4">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className={field.duty[stage] === 'M' ? 'font-medium' : 'text-text-quiet'}>
          {dutyWords(field, stage)}
        </span>
        {typed === undefined ? (
          <StatusMark
            shape={isMissing ? 'ring' : view.source === 'inferred' ? 'triangle' : 'dot'}
            tone={isMissing && field.duty[stage] === 'M' ? 'caution' : sourceTone[view.source]}
          >
            {sourceWords[view.source]}
          </StatusMark>
        ) : (
          <StatusMark shape="ring" tone="accent">
            Not saved
          </StatusMark>
        )}
      </div>
      {field.no === '1.1' ? (
        <p>
          <span className="font-medium">1.1 {field.label}</span>
          <br />
          {view.value === null ? 'Not stated' : read(view.value)}
        </p>
      ) : (
        <FieldControl
          field={field}
          value={value}
          currency={currency}
          error={typed === undefined && wrong.length > 0 ? wrong.map(said).join(' ') : undefined}
          onChange={put}
        />
      )}
      <div className="mt-2 space-y-1 text-sm text-text-quiet">
        {typed === undefined && <p>{view.from}</p>}
        {typed === undefined &&
          hints.map((finding) => (
            <p key={finding.rule} className="text-caution">
              {said(finding)}
            </p>
          ))}
        {isOvertaken && (
          <p className="text-caution">
            Somebody else saved this meanwhile:{' '}
            <bdi>{view.value === null ? 'nothing' : read(view.value)}</bdi>. Yours replaces it when
            you save.
          </p>
        )}
        {view.before !== null && (
          <Beside label="Sent before" words={read(view.before)} onTake={() => put(view.before)} />
        )}
        {view.offered !== null && !isSameValue(view.offered.value, value) && (
          <Beside
            label="The console would put now"
            words={read(view.offered.value)}
            from={view.offered.from}
            onTake={() => put(view.offered?.value ?? null)}
          />
        )}
        {typed !== undefined && (
          <Button tone="quiet" size="small" onClick={() => onTyped(null)}>
            Back to what is saved
          </Button>
        )}
      </div>
    </div>
  );
}

const said = ({ sentence, article }: Finding): string => `${sentence} (${article})`;

/** Another value of the field, beside the one that stands, to be taken over. */
const Beside = ({
  label,
  words,
  from,
  onTake,
}: {
  label: string;
  words: string;
  from?: string;
  onTake: () => void;
}) => (
  <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 rounded-sm bg-sunken px-3 py-2">
    <p className="min-w-0 flex-1 basis-60 whitespace-pre-line">
      {label}: <bdi className="text-text">{words}</bdi>
      {from !== undefined && <span className="block">{from}</span>}
    </p>
    <Button size="small" onClick={onTake}>
      Take over
    </Button>
  </div>
);
