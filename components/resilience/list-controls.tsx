'use client';

import { memo, useCallback, type ReactNode } from 'react';
import { clauseAnswers, clauses, clauseText } from '#lib/resilience/kinds/contract-words.ts';
import { Button } from '../ui/button.tsx';
import { CheckGroup } from '../ui/check-group.tsx';
import { CONTROL, FieldError, FieldFrame, fieldWiring } from '../ui/field-frame.tsx';
import { emptyRow, type DraftRow } from './fields/draft.ts';
import type { LeafField, ListField } from './fields/field.ts';
import { controlId, faultAt, type FormShared } from './form-shared.ts';
import { LeafControl, type Option } from './leaf-control.tsx';
import { optionsFor } from './option-lists.ts';

type Of<C extends ListField['control']> = Extract<ListField, { control: C }>;

function ListFrame({
  path,
  label,
  hint,
  error,
  children,
}: {
  path: string;
  label: string;
  hint: string | undefined;
  error: string | undefined;
  children: ReactNode;
}) {
  return (
    <fieldset id={controlId(path)} tabIndex={-1} className="min-w-0 medium:col-span-2">
      <legend className="mb-1 font-medium">{label}</legend>
      {hint && <p className="mb-1.5 text-sm text-text-quiet">{hint}</p>}
      <div className="space-y-3">{children}</div>
      {error && <FieldError id={controlId(path)}>{error}</FieldError>}
    </fieldset>
  );
}

/** What is wrong with a list as a whole, or with any of its lines. */
const faultUnder = (shared: FormShared, name: string): string | undefined => {
  const reasons = shared.faults
    .filter(({ field }) => field === name || field.startsWith(`${name}.`))
    .map(({ reason }) => reason);
  return reasons.length === 0 ? undefined : [...new Set(reasons)].join(' ');
};

/** Records that are named: one after the other is chosen, and taken away again. */
export function RecordsControl({
  field,
  values,
  shared,
}: {
  field: Of<'records'>;
  values: readonly string[];
  shared: FormShared;
}) {
  const { name, label, hint } = field;
  const options = optionsFor(shared.choices, field);
  const left = options.filter(({ value }) => !values.includes(value));
  return (
    <ListFrame path={name} label={label} hint={hint} error={faultUnder(shared, name)}>
      {values.length > 0 && (
        <ul className="max-w-[40rem] divide-y divide-line rounded-md border border-line">
          {values.map((id, line) => (
            <li key={id} className="flex items-center justify-between gap-3 px-3 py-1">
              <span className="min-w-0">
                {options.find(({ value }) => value === id)?.label ?? 'Not in the list any more'}
              </span>
              <Button
                tone="quiet"
                size="small"
                aria-label={`Take away ${options.find(({ value }) => value === id)?.label ?? ''}`}
                onClick={() => shared.change({ at: 'remove', name, line })}
              >
                Take away
              </Button>
            </li>
          ))}
        </ul>
      )}
      <select
        aria-label={`Add to ${label.toLowerCase()}`}
        value=""
        onChange={(event) => shared.change({ at: 'add', name, value: event.target.value })}
        className={`${CONTROL} h-9 max-w-form`}
      >
        <option value="">{left.length === 0 ? 'Nothing more to choose' : 'Add one'}</option>
        {left.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </ListFrame>
  );
}

export function ChoicesControl({
  field,
  values,
  shared,
}: {
  field: Of<'choices'>;
  values: readonly string[];
  shared: FormShared;
}) {
  return (
    <div id={controlId(field.name)} tabIndex={-1} className="medium:col-span-2">
      <CheckGroup
        label={field.label}
        hint={field.hint}
        error={faultUnder(shared, field.name)}
        options={Object.entries(field.options).map(([value, label]) => ({ value, label }))}
        values={values}
        onChange={(value) => shared.change({ at: 'fact', name: field.name, value })}
      />
    </div>
  );
}

/** Lines of text, such as LEIs. */
export function LinesControl({
  field,
  values,
  shared,
}: {
  field: Of<'lines'>;
  values: readonly string[];
  shared: FormShared;
}) {
  const { name, label, hint, one, look } = field;
  return (
    <ListFrame path={name} label={label} hint={hint} error={faultAt(shared.faults, name)}>
      {values.map((value, line) => {
        const path = `${name}.${line}`;
        const error = faultAt(shared.faults, path);
        return (
          // Lines have no other name than their place.
          <div key={line} className="flex max-w-[40rem] items-end gap-2">
            <div className="min-w-0 flex-1">
              <FieldFrame id={controlId(path)} label={`${capital(one)} ${line + 1}`} error={error}>
                <input
                  {...fieldWiring(controlId(path), { hint: undefined, error })}
                  value={value}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) =>
                    shared.change({ at: 'line', name, line, value: event.target.value })
                  }
                  className={`${CONTROL} h-9 ${look === 'mono' ? 'figures-mono' : ''}`}
                />
              </FieldFrame>
            </div>
            <Button
              tone="quiet"
              aria-label={`Take away ${one} ${line + 1}`}
              onClick={() => shared.change({ at: 'remove', name, line })}
            >
              Take away
            </Button>
          </div>
        );
      })}
      <Button size="small" onClick={() => shared.change({ at: 'add', name, value: '' })}>
        Add {aWord(one)}
      </Button>
    </ListFrame>
  );
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
const aWord = (word: string): string => `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`;

/** Lines of several fields each. */
export function RowsControl({
  field,
  rows,
  shared,
}: {
  field: Of<'rows'>;
  rows: readonly DraftRow[];
  shared: FormShared;
}) {
  const { name, label, hint, one, fields } = field;
  return (
    <ListFrame path={name} label={label} hint={hint} error={faultAt(shared.faults, name)}>
      {rows.map((row, line) => (
        <RowControl
          // Lines have no other name than their place, and nothing of them lives outside their values.
          key={line}
          name={name}
          line={line}
          one={one}
          fields={fields}
          row={row}
          shared={shared}
        />
      ))}
      <Button
        size="small"
        onClick={() => shared.change({ at: 'add', name, value: emptyRow(fields) })}
      >
        Add {aWord(one)}
      </Button>
    </ListFrame>
  );
}

const RowControl = memo(function RowControl({
  name,
  line,
  one,
  fields,
  row,
  shared,
}: {
  name: string;
  line: number;
  one: string;
  fields: readonly LeafField[];
  row: DraftRow;
  shared: FormShared;
}) {
  const { change } = shared;
  const path = `${name}.${line}`;
  const error = faultAt(shared.faults, path);
  const set = useCallback(
    (at: string, value: string) =>
      change({ at: 'cell', name, line, cell: at.slice(path.length + 1), value }),
    [change, name, line, path],
  );
  return (
    <fieldset
      id={controlId(path)}
      tabIndex={-1}
      className="rounded-md border border-line px-4 pt-1 pb-4"
    >
      <legend className="px-1 text-sm font-medium text-text-quiet">
        {capital(one)} {line + 1}
      </legend>
      <div className="grid items-end gap-x-6 gap-y-3 medium:grid-cols-2 full:grid-cols-3">
        {fields.map((cell) => (
          <LeafControl
            key={cell.name}
            field={cell}
            path={`${path}.${cell.name}`}
            value={row[cell.name] ?? ''}
            error={faultAt(shared.faults, `${path}.${cell.name}`)}
            options={optionsFor(shared.choices, cell)}
            onChange={set}
          />
        ))}
      </div>
      {error && <FieldError id={controlId(path)}>{error}</FieldError>}
      <div className="mt-3">
        <Button
          tone="quiet"
          size="small"
          onClick={() => change({ at: 'remove', name, line })}
          aria-label={`Take away ${one} ${line + 1}`}
        >
          Take away
        </Button>
      </div>
    </fieldset>
  );
});

const answers: readonly Option[] = Object.entries(clauseAnswers).map(([value, label]) => ({
  value,
  label,
}));

/** The checklist of Art 30: every clause with its answer, where it stands and what shows it. */
export function ClausesControl({
  field,
  rows,
  texts,
  shared,
}: {
  field: Of<'clauses'>;
  rows: readonly DraftRow[];
  texts: Readonly<Record<string, string>>;
  shared: FormShared;
}) {
  const { change } = shared;
  const said = rows.filter((row) => row['answer'] !== '');
  return (
    <ListFrame
      path={field.name}
      label={field.label}
      hint={field.hint}
      error={faultAt(shared.faults, field.name)}
    >
      {clauses.map(({ id, what, asked }, line) => {
        const row = rows[line] ?? {};
        // A refusal counts the lines that were sent: those with an answer.
        const sent = said.findIndex((one) => one['id'] === id);
        const text = clauseText(id);
        const error =
          faultAt(shared.faults, text) ??
          (sent < 0
            ? undefined
            : (faultAt(shared.faults, `${field.name}.${sent}.answer`) ??
              faultAt(shared.faults, `${field.name}.${sent}.at`)));
        const controls = controlId(text);
        return (
          <fieldset key={id} className="rounded-md border border-line px-4 pt-1 pb-3">
            <legend className="px-1 text-sm">
              <span className="font-medium">{id}</span> {what}
              {asked === 'critical' && (
                <span className="text-text-quiet"> (critical functions only)</span>
              )}
            </legend>
            <div className="grid gap-x-4 gap-y-2 medium:grid-cols-[13rem_10rem_minmax(0,1fr)]">
              <select
                id={controls}
                aria-label={`Answer to ${id}`}
                aria-invalid={error ? true : undefined}
                value={row['answer'] ?? ''}
                onChange={(event) =>
                  change({
                    at: 'cell',
                    name: field.name,
                    line,
                    cell: 'answer',
                    value: event.target.value,
                  })
                }
                className={`${CONTROL} h-9`}
              >
                <option value="">Nobody has looked yet</option>
                {answers.map((answer) => (
                  <option key={answer.value} value={answer.value}>
                    {answer.label}
                  </option>
                ))}
              </select>
              <input
                aria-label={`Where ${id} stands`}
                placeholder="Where it stands"
                value={row['at'] ?? ''}
                onChange={(event) =>
                  change({
                    at: 'cell',
                    name: field.name,
                    line,
                    cell: 'at',
                    value: event.target.value,
                  })
                }
                className={`${CONTROL} h-9`}
              />
              <textarea
                aria-label={`Evidence for ${id}, or why it is not needed`}
                placeholder="Evidence, or why it is not needed"
                rows={1}
                value={texts[text] ?? ''}
                onChange={(event) => change({ at: 'text', name: text, value: event.target.value })}
                className={`${CONTROL} min-h-9 py-1.5`}
              />
            </div>
            {error && <FieldError id={controls}>{error}</FieldError>}
          </fieldset>
        );
      })}
    </ListFrame>
  );
}
