'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useReducer, useRef, useState, type FormEvent } from 'react';
import { saveRecordAction } from '#lib/resilience/actions.ts';
import type { Fault } from '#lib/resilience/records/kind-rules.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import type { Choices } from '#lib/resilience/records/list-choices.ts';
import { faultsIn } from '#lib/resilience/records/faults-in.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { CONTROL, FieldFrame, fieldWiring } from '../ui/field-frame.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { changeDraft } from './fields/change-draft.ts';
import {
  draftOf,
  isAsked,
  linesOf,
  rowOf,
  rowsOf,
  sentOf,
  type Draft,
  type DraftRow,
} from './fields/draft.ts';
import type { Field, GroupField, LeafField, Section, Start, TextField } from './fields/field.ts';
import { pathWords } from './fields/path-words.ts';
import { controlId, countryList, currencyList, faultAt, type FormShared } from './form-shared.ts';
import { listPath, recordPath } from './kind-address.ts';
import { LeafControl, type Option } from './leaf-control.tsx';
import {
  ChoicesControl,
  ClausesControl,
  LinesControl,
  RecordsControl,
  RowsControl,
} from './list-controls.tsx';
import { MovedNotice, type SavedVersion } from './moved-notice.tsx';
import { optionsFor } from './option-lists.ts';

export type FormRecord = {
  id: string;
  number: string;
  version: number;
  facts: unknown;
  texts: Readonly<Record<string, string>>;
  /** Newest first. */
  versions: readonly SavedVersion[];
};

type Problem = { code: string; sentence: string; faults: readonly Fault[] };

export type FormProps<K extends Kind> = {
  kind: K;
  /** Null for a new one. */
  record: FormRecord | null;
  /** Facts that a new one begins with. */
  given: Readonly<Record<string, unknown>>;
  choices: Choices;
  countries: readonly Option[];
  currencies: readonly Option[];
};

/**
 * The form of a record of any kind. What was typed stays until it is saved: a refusal is shown at the field that it
 * names, and where somebody saved in the meantime the person is asked before that is written over.
 */
export function RecordForm({
  kind,
  record,
  given,
  choices,
  countries,
  currencies,
  sections,
  start = {},
}: FormProps<Kind> & { sections: readonly Section[]; start: Start | undefined }) {
  const [draft, change] = useReducer(changeDraft, null, () =>
    draftOf(sections, record?.facts ?? { ...start, ...given }, record?.texts ?? {}),
  );
  // What stood there when the form was opened; the page may have drawn newer since.
  const [opened] = useState({ version: record?.version ?? 0, texts: record?.texts ?? {} });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  const refresh = useRefresh();
  const router = useRouter();
  const faults = useMemo(() => problem?.faults ?? [], [problem]);
  const shared: FormShared = useMemo(
    () => ({ choices, faults, change }),
    [choices, faults, change],
  );

  async function save(seen: number) {
    setBusy(true);
    const answer = await saveRecordAction({
      kind,
      id: record?.id ?? null,
      seen,
      ...sentOf(sections, draft, opened.texts),
    }).catch(() => null);
    if (answer?.ok) {
      router.push(recordPath(kind, answer.value.id));
      return;
    }
    setBusy(false);
    setProblem(
      answer
        ? { ...answer.refusal, faults: faultsIn(answer) }
        : { code: 'no-answer', sentence: noAnswer, faults: [] },
    );
    // The page draws what stands now; what was typed stays.
    if (answer?.refusal.code === 'record-moved') refresh();
    requestAnimationFrame(() => summary.current?.focus());
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void save(opened.version);
  }

  const isMoved = problem?.code === 'record-moved' && record !== null;
  return (
    <form noValidate onSubmit={submit} className="max-w-[64rem]">
      <Lists countries={countries} currencies={currencies} />
      <div ref={summary} tabIndex={-1} className="mb-6 empty:hidden">
        {isMoved ? (
          <MovedNotice
            kind={kind}
            record={record}
            seen={opened.version}
            isBusy={isBusy}
            saveOver={() => void save(record.version)}
          />
        ) : (
          problem && <Refusal problem={problem} sections={sections} />
        )}
      </div>
      <div className="space-y-10">
        {sections.map((section) => (
          <section key={section.title} aria-label={section.title}>
            <h2 className="border-b border-line pb-1 text-md font-strong">{section.title}</h2>
            {section.hint && (
              <p className="mt-2 prose-line text-sm text-text-quiet">{section.hint}</p>
            )}
            <div className="mt-4 grid items-start gap-x-8 gap-y-5 medium:grid-cols-2">
              {section.fields
                .filter((field) => isAsked(field, draft))
                .map((field) => (
                  <FieldPart
                    key={`${field.control} ${field.name}`}
                    field={field}
                    draft={draft}
                    shared={shared}
                  />
                ))}
            </div>
          </section>
        ))}
      </div>
      <div className="mt-8 flex flex-wrap gap-3 border-t border-line pt-4">
        <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Saving">
          {record === null ? 'Save' : `Save as version ${opened.version + 1}`}
        </Button>
        <LinkButton
          tone="quiet"
          href={record === null ? listPath(kind) : recordPath(kind, record.id)}
        >
          Leave it as it is
        </LinkButton>
      </div>
    </form>
  );
}

/** One list each for all fields of countries and currencies. */
const Lists = ({
  countries,
  currencies,
}: Record<'countries' | 'currencies', readonly Option[]>) => (
  <>
    {[[countryList, countries] as const, [currencyList, currencies] as const].map(
      ([id, options]) => (
        <datalist key={id} id={id}>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </datalist>
      ),
    )}
  </>
);

/** What was refused, each reason leading to its field. */
function Refusal({ problem, sections }: { problem: Problem; sections: readonly Section[] }) {
  const { faults, sentence } = problem;
  return (
    <Notice tone="caution" title="Not saved." announce="assertive">
      {faults.length === 0 ? (
        sentence
      ) : (
        <>
          What you typed is kept. Look at these fields and save again.
          <span className="mt-2 block space-y-1">
            {faults.map(({ field, reason }) => (
              <span key={`${field} ${reason}`} className="block">
                <a
                  href={`#${controlId(field)}`}
                  className="text-accent underline underline-offset-3"
                >
                  {pathWords(sections, field)}
                </a>
                : {reason}
              </span>
            ))}
          </span>
        </>
      )}
    </Notice>
  );
}

function FieldPart({ field, draft, shared }: { field: Field; draft: Draft; shared: FormShared }) {
  const value = draft.facts[field.name];
  switch (field.control) {
    case 'title':
    case 'area':
      return <TextPart field={field} value={draft.texts[field.name] ?? ''} shared={shared} />;
    case 'group':
      return <GroupPart field={field} row={rowOf(value)} shared={shared} />;
    case 'rows':
      return <RowsControl field={field} rows={rowsOf(value)} shared={shared} />;
    case 'clauses':
      return (
        <ClausesControl field={field} rows={rowsOf(value)} texts={draft.texts} shared={shared} />
      );
    case 'records':
      return <RecordsControl field={field} values={linesOf(value)} shared={shared} />;
    case 'choices':
      return <ChoicesControl field={field} values={linesOf(value)} shared={shared} />;
    case 'lines':
      return <LinesControl field={field} values={linesOf(value)} shared={shared} />;
    default:
      return (
        <LeafPart field={field} value={typeof value === 'string' ? value : ''} shared={shared} />
      );
  }
}

function LeafPart({
  field,
  value,
  shared,
}: {
  field: LeafField;
  value: string;
  shared: FormShared;
}) {
  const { change } = shared;
  const set = useCallback(
    (name: string, text: string) => change({ at: 'fact', name, value: text }),
    [change],
  );
  return (
    <LeafControl
      field={field}
      path={field.name}
      value={value}
      error={faultAt(shared.faults, field.name)}
      options={optionsFor(shared.choices, field)}
      onChange={set}
    />
  );
}

function TextPart({
  field,
  value,
  shared,
}: {
  field: TextField;
  value: string;
  shared: FormShared;
}) {
  const { name, label, hint, control } = field;
  const id = controlId(name);
  const error = faultAt(shared.faults, name);
  const common = {
    ...fieldWiring(id, { hint, error }),
    value,
    maxLength: field.most ?? 4000,
    onChange: (event: { target: { value: string } }) =>
      shared.change({ at: 'text', name, value: event.target.value }),
  };
  return (
    <div className="medium:col-span-2 [&>div]:max-w-[40rem]">
      <FieldFrame id={id} label={label} hint={hint} error={error}>
        {control === 'title' ? (
          <input {...common} autoComplete="off" className={`${CONTROL} h-9`} />
        ) : (
          <textarea {...common} rows={3} className={`${CONTROL} py-2`} />
        )}
      </FieldFrame>
    </div>
  );
}

function GroupPart({
  field,
  row,
  shared,
}: {
  field: GroupField;
  row: DraftRow;
  shared: FormShared;
}) {
  const { change } = shared;
  const { name } = field;
  const error = faultAt(shared.faults, name);
  const set = useCallback(
    (path: string, value: string) =>
      change({ at: 'cell', name, line: null, cell: path.slice(name.length + 1), value }),
    [change, name],
  );
  return (
    <fieldset id={controlId(name)} tabIndex={-1} className="min-w-0">
      <legend className="mb-2 font-medium">{field.label}</legend>
      <div className="grid gap-3 medium:grid-cols-2">
        {field.fields.map((cell) => (
          <LeafControl
            key={cell.name}
            field={cell}
            path={`${name}.${cell.name}`}
            value={row[cell.name] ?? ''}
            error={faultAt(shared.faults, `${name}.${cell.name}`)}
            options={optionsFor(shared.choices, cell)}
            onChange={set}
          />
        ))}
      </div>
      {error && <p className="mt-1.5 text-sm text-danger">{error}</p>}
    </fieldset>
  );
}
