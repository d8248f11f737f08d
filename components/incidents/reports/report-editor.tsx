'use client';

import { useRef, useState } from 'react';
import type { FieldNo, ReportField, Stage } from '#lib/incidents/report/field-types.ts';
import { REPORT_FIELDS, SECTIONS } from '#lib/incidents/report/fields.ts';
import { saveDraftAction } from '#lib/incidents/report-actions.ts';
import type { ReportView } from '#lib/incidents/reports/view-report.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { countOf } from '../../operations/counts.ts';
import { Button } from '../../ui/button.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { Evidence } from '../../ui/timeline.tsx';
import { FieldRow, type Typed } from './field-row.tsx';
import { RaiseDialog } from './raise-dialog.tsx';
import { isSameValue } from './report-words.ts';
import { useLeaveWarning } from './use-leave-warning.ts';

type AllTyped = Partial<Record<FieldNo, Typed>>;

/**
 * The 76 fields of Annex I. Only what was changed is saved; what was typed stays through a refusal and through what
 * others save meanwhile, which is said at the field once before it is replaced.
 */
export function ReportEditor({ view }: { view: ReportView }) {
  const { id, version, fields, findings, can } = view;
  const stage: Stage = view.stage === 'reclassified' ? 'initial' : view.stage;
  const [typed, setTyped] = useState<AllTyped>({});
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [told, setTold] = useState<number | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const refresh = useRefresh();
  const changed = Object.keys(typed) as FieldNo[];
  const isDirty = changed.length > 0;
  useLeaveWarning(isDirty);

  const viewOf = new Map(fields.map((field) => [field.no, field]));
  const isOvertaken = changed.some(
    (no) => !isSameValue(typed[no]?.base ?? null, viewOf.get(no)?.value ?? null),
  );

  function put(no: FieldNo, next: Typed | null) {
    setTyped((all) =>
      next === null
        ? (Object.fromEntries(Object.entries(all).filter(([key]) => key !== no)) as AllTyped)
        : { ...all, [no]: next },
    );
  }

  async function save() {
    const half = [...(form.current?.elements ?? [])].find(
      (field) => field instanceof HTMLInputElement && field.validity.badInput,
    );
    if (half instanceof HTMLInputElement) {
      half.focus();
      return setProblem('A date and time is not whole. Fill it in to the second, or empty it.');
    }
    if (isOvertaken && told !== version) {
      setTold(version);
      return setProblem(
        'Somebody else saved fields that you typed into. What they wrote stands beside yours. Save again to replace it.',
      );
    }
    const saved = typed;
    setBusy(true);
    setProblem(null);
    const values = Object.fromEntries(changed.map((no) => [no, saved[no]?.value ?? null]));
    const answer = await saveDraftAction({ id, seen: version, values }).catch(() => null);
    setBusy(false);
    if (answer?.ok)
      // What was typed while it was being saved stays.
      setTyped(
        (now) =>
          Object.fromEntries(
            Object.entries(now).filter(([no, one]) => one !== saved[no as FieldNo]),
          ) as AllTyped,
      );
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
    refresh();
  }

  const row = (field: ReportField) => {
    const own = viewOf.get(field.no);
    return (
      own && (
        <FieldRow
          key={field.no}
          field={field}
          view={own}
          stage={stage}
          typed={typed[field.no]}
          currency={String(viewOf.get('1.15')?.value ?? '')}
          findings={findings.filter((finding) => finding.field === field.no)}
          onTyped={(next) => put(field.no, next)}
        />
      )
    );
  };

  return (
    <>
      <form
        ref={form}
        noValidate
        className="space-y-10"
        onSubmit={(event) => {
          event.preventDefault();
          if (isDirty && !isBusy) void save();
        }}
      >
        {SECTIONS.map(({ first, words }) => {
          const own = REPORT_FIELDS.filter(({ no }) => no.startsWith(`${first}.`));
          const asked = own.filter(({ duty }) => duty[stage] !== '-');
          const early = own.filter(({ duty }) => duty[stage] === '-');
          return (
            <section key={first} aria-labelledby={`section-${first}`}>
              <h2 id={`section-${first}`} className="mb-3 text-md">
                {first}. {words}
              </h2>
              {asked.length > 0 && (
                <div className="divide-y divide-line rounded-md border border-line bg-surface">
                  {asked.map(row)}
                </div>
              )}
              {early.length > 0 && (
                <Evidence
                  label={`${countOf(early.length, 'field')} not asked at this stage, may be given early`}
                >
                  <div className="-m-3 divide-y divide-line">{early.map(row)}</div>
                </Evidence>
              )}
            </section>
          );
        })}
      </form>
      {/* Outside of the form: raising has a form of its own, and forms don't stand in each other. */}
      <div className="sticky bottom-0 z-10 mt-6 space-y-3 border-t border-line bg-page py-3">
        {problem !== null && (
          <Notice tone="caution" title="Not saved." announce="assertive">
            {problem} What you typed still stands here.
          </Notice>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm text-text-quiet" role="status">
            {isDirty
              ? `${countOf(changed.length, 'change')} not saved.`
              : `Version ${version}, saved.`}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button
              onClick={() => form.current?.requestSubmit()}
              tone={isDirty ? 'primary' : 'secondary'}
              pending={isBusy}
              pendingLabel="Saving"
              refused={!isDirty}
            >
              Save
            </Button>
            {can.raise && !isDirty && <RaiseDialog view={view} />}
          </div>
        </div>
      </div>
    </>
  );
}
