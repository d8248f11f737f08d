'use client';

import { Button } from '../../ui/button.tsx';
import { CheckGroup } from '../../ui/check-group.tsx';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import type { Question } from './questions.ts';
import { noneBox, typedOf, type Draft, type Typed } from './typed-answer.ts';

export type KeptFile = { seq: number; name: string };

/** One question with its field, whether the answer is a guess, and from which evidence it comes. */
export function QuestionField({
  question,
  draft,
  onDraft,
  evidence,
}: {
  question: Question;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  evidence: readonly KeptFile[];
}) {
  const { suggestion, standing, label } = question;
  const typed = draft.typed ?? typedOf(question, standing.value);
  const file = draft.evidence === undefined ? standing.evidence : draft.evidence;
  return (
    <div className="space-y-2 border-t border-line pt-4 first:border-t-0 first:pt-0">
      <Answer
        question={question}
        typed={typed}
        onTyped={(next) => onDraft({ ...draft, typed: next })}
      />
      {suggestion !== null && (
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm text-text-quiet">
          <span>
            Suggested: <span className="text-text">{String(suggestion.value)}</span>
            {suggestion.estimated && ', estimated'}. {suggestion.from}.
          </span>
          <Button
            size="small"
            aria-label={`Fill in ${String(suggestion.value)} for “${label}”`}
            onClick={() =>
              onDraft({
                ...draft,
                typed: typedOf(question, suggestion.value),
                estimated: suggestion.estimated,
              })
            }
          >
            Fill in
          </Button>
        </div>
      )}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <CheckField
          label="Estimated"
          aria-label={`“${label}” is estimated`}
          checked={draft.estimated ?? standing.estimated}
          onChange={(event) => onDraft({ ...draft, estimated: event.target.checked })}
        />
        {evidence.length > 0 && (
          <SelectField
            label={<span className="text-sm font-normal text-text-quiet">From which evidence</span>}
            value={file === null ? '' : String(file)}
            onChange={({ target: { value } }) =>
              onDraft({ ...draft, evidence: value === '' ? null : Number(value) })
            }
            options={[
              { value: '', label: 'No file' },
              ...evidence.map(({ seq, name }) => ({ value: String(seq), label: name })),
            ]}
          />
        )}
      </div>
    </div>
  );
}

function Answer({
  question,
  typed,
  onTyped,
}: {
  question: Question;
  typed: Typed;
  onTyped: (typed: Typed) => void;
}) {
  const { kind, label, basis, hint, unit, isFigure, choices, none, name } = question;
  const title = (
    <>
      {label}
      {basis !== null && <span className="font-normal text-text-quiet"> ({basis})</span>}
    </>
  );
  const text = typeof typed === 'string' ? typed : '';
  switch (kind) {
    case 'yes-no':
      return <YesNo name={name} title={title} typed={text} onTyped={onTyped} />;
    case 'text':
      return (
        <TextField
          label={title}
          hint={hint}
          unit={unit}
          look="mono"
          inputMode={isFigure ? 'decimal' : 'text'}
          maxLength={60}
          value={text}
          onChange={(event) => onTyped(event.target.value)}
        />
      );
    case 'time':
      return (
        <TextField
          label={title}
          hint={hint}
          type="datetime-local"
          value={text}
          onChange={(event) => onTyped(event.target.value)}
        />
      );
    case 'select':
      return (
        <SelectField
          label={title}
          value={text}
          onChange={(event) => onTyped(event.target.value)}
          options={[{ value: '', label: 'Not known' }, ...choices]}
        />
      );
    case 'checks':
      return (
        <CheckGroup
          label={title}
          hint="Tick nothing as long as it is not known."
          values={typeof typed === 'string' ? [] : typed}
          options={[...choices, ...(none === null ? [] : [{ value: noneBox, label: none }])]}
          onChange={(next) => onTyped(withoutClash(next, typed))}
        />
      );
  }
}

/** "None of them" and any of them take each other away; the one that was ticked last counts. */
function withoutClash(next: readonly string[], before: Typed): readonly string[] {
  if (!next.includes(noneBox) || next.length === 1) return next;
  return before.includes(noneBox) ? next.filter((one) => one !== noneBox) : [noneBox];
}

const answers = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: '', label: 'Not known' },
] as const;

function YesNo({
  name,
  title,
  typed,
  onTyped,
}: {
  name: string;
  title: React.ReactNode;
  typed: string;
  onTyped: (typed: Typed) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{title}</legend>
      <div className="flex flex-wrap gap-x-6">
        {answers.map(({ value, label }) => (
          <label key={value} className="flex min-h-7 items-center gap-2">
            <input
              type="radio"
              name={name}
              checked={typed === value}
              onChange={() => onTyped(value)}
              className="size-4 shrink-0 accent-accent"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
