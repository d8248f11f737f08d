'use client';

import { useState } from 'react';
import type { PolicyProblem } from '#lib/operations/policy-problems.ts';
import type { DraftView } from '#lib/operations/policy/view-draft.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { RecordColumns } from '../../ui/panel.tsx';
import { ChangesList } from '../changes-list.tsx';
import { DiscardDraft } from '../discard-draft.tsx';
import { ReportBars, ReportEffect } from '../report-facts.tsx';
import { TryDraft } from '../try/try-draft.tsx';
import { LimitsFields } from './limits-fields.tsx';
import { ProblemList } from './problem-list.tsx';
import { RulesEditor } from './rules-editor.tsx';
import { SavePanel } from './save-panel.tsx';
import { useDraft, type DraftState } from './use-draft.ts';
import { useLeaveWarning } from './use-leave-warning.ts';
import { useReport, type ReportState } from './use-report.ts';

const none: readonly PolicyProblem[] = [];

export type DraftEditorProps = {
  draft: DraftView;
  /** Name of the person who edits. */
  me: string;
};

/** The editor of a draft: rules and bounds at the left, what comes of them at the right. */
export function DraftEditor({ draft, me }: DraftEditorProps) {
  const state = useDraft(draft, me);
  const check = useReport(draft.report, state.reading);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { form, edit, faults } = state;
  // About a form that can't be read nothing is known; what was found before may be mended.
  const problems = state.reading.ok ? check.report.problems : none;
  useLeaveWarning(state.isDirty);

  /** Opens a rule and leads to it. */
  function goTo(rule: string) {
    const key = form.rules.find(({ id }) => id === rule)?.key;
    if (key !== undefined) setOpen((before) => new Set([...before, key]));
    requestAnimationFrame(() => {
      const card = document.querySelector(`[data-rule="${CSS.escape(rule)}"]`);
      card?.scrollIntoView({ block: 'start' });
      card?.querySelector<HTMLElement>('[aria-invalid=true], button')?.focus();
    });
  }

  return (
    <RecordColumns
      facts={
        <>
          <BehindNotice draft={draft} state={state} />
          <RulesEditor
            form={form}
            edit={edit}
            offered={draft.offered}
            problems={problems}
            error={faults.fields['rules']}
            open={open}
            setOpen={setOpen}
          />
          <LimitsFields
            form={form}
            assets={draft.offered.assets}
            namable={draft.namable}
            errors={faults.fields}
            problems={problems.filter(({ rule }) => rule === null)}
            edit={edit}
          />
          <TryDraft
            draft={draft.id}
            offered={draft.offered}
            beforeRun={() => (state.isDirty ? state.saveNow() : Promise.resolve(true))}
          />
        </>
      }
      aside={
        <div className="space-y-8 wide:sticky wide:top-16 wide:max-h-[calc(100dvh-5rem)] wide:overflow-y-auto wide:pe-1">
          <SavePanel draft={draft} state={state} />
          <Outcome state={state} check={check} problems={problems} goTo={goTo} />
          <Raise draft={draft} state={state} check={check} />
          <DiscardDraft id={draft.id} revision={state.saved.revision} />
        </div>
      }
    />
  );
}

/** The policy moved on while the draft lay: what it says about the new version must be read first. */
function BehindNotice({ draft, state }: { draft: DraftView; state: DraftState }) {
  if (state.baseVersion === draft.inForce.version) return null;
  return (
    <div className="mb-6">
      <Notice
        tone="caution"
        title={`Version ${draft.inForce.version} came into force since.`}
        action={
          <Button
            size="small"
            onClick={() => void state.saveNow({ baseVersion: draft.inForce.version })}
          >
            I have read the differences to version {draft.inForce.version}
          </Button>
        }
      >
        This draft was written over version {state.baseVersion}. Whatever version{' '}
        {draft.inForce.version} changed is undone by it, unless you take it over here. The
        differences beside show all of it.
      </Notice>
    </div>
  );
}

function Outcome({
  state,
  check,
  problems,
  goTo,
}: {
  state: DraftState;
  check: ReportState;
  problems: readonly PolicyProblem[];
  goTo: (rule: string) => void;
}) {
  const { report, isBehind, problem } = check;
  return (
    <section aria-label="What comes of it" className="space-y-4">
      <p role="status" className="text-sm text-text-quiet empty:hidden">
        {isBehind && state.reading.ok ? 'Looking at your changes.' : ''}
        {isBehind && !state.reading.ok
          ? 'What stands below is about the draft before the fields that are not filled in.'
          : ''}
      </p>
      {problem !== null && (
        <Notice tone="caution" title="Not checked." announce="polite">
          {problem}
        </Notice>
      )}
      <ProblemList problems={problems} form={state.form} goTo={goTo} />
      <ReportBars report={report} />
      <ReportEffect report={report} />
      <div>
        <SectionHeading>Differences to version {report.against}</SectionHeading>
        <ChangesList changes={report.changes} />
      </div>
    </section>
  );
}

function Raise({
  draft,
  state,
  check: { report, isBehind },
}: {
  draft: DraftView;
  state: DraftState;
  check: ReportState;
}) {
  const reason =
    (state.isDirty && 'Save it first.') ||
    (isBehind && 'It is being looked at.') ||
    report.cannotRaise;
  return (
    <section aria-label="Raising">
      {reason ? (
        <p className="text-text-quiet">It can’t be raised yet. {reason}</p>
      ) : (
        <LinkButton tone="primary" href={`/policy/drafts/${draft.id}/raise`}>
          Raise this change
        </LinkButton>
      )}
    </section>
  );
}
