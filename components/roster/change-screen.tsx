'use client';

import { useState } from 'react';
import { prepareRosterChangeAction } from '#lib/operations/roster/actions.ts';
import type { RosterChangeReview } from '#lib/operations/prepare-roster-change.ts';
import type { RosterChangeReport } from '#lib/operations/roster/report-change.ts';
import type { RosterView } from '#lib/operations/roster/view-roster.ts';
import { refuse } from '#lib/platform/result.ts';
import { RosterChanges } from '../operations/roster-changes.tsx';
import { ReportBars, ReportEffect } from '../policy/report-facts.tsx';
import { RaiseForm } from '../raise/raise-form.tsx';
import { RaiseReview } from '../raise/raise-review.tsx';
import { focusFirstError, formTexts, type FieldErrors } from '../raise/read-form.ts';
import { useRaise, type Raise } from '../raise/use-raise.ts';
import { SelectField } from '../ui/field.tsx';
import { Hash } from '../ui/grouped.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { ChangeFields } from './change-fields.tsx';
import { readChange, whatWords, type What } from './read-change.ts';

export type Preset = { what: What; person: string; from: string; party: string };

/** One change of the roster at a time: fill in, check, read what is signed, press the key. */
export function ChangeScreen({ view, preset }: { view: RosterView; preset: Preset }) {
  const raise = useRaise<RosterChangeReview>();
  const rolesOf = (id: string): readonly string[] =>
    view.people.find((one) => one.id === id)?.roles ?? [];
  const [what, setWhat] = useState<What>(preset.what);
  const [person, setPerson] = useState(preset.person);
  const [roles, setRoles] = useState<readonly string[]>(rolesOf(preset.person));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [barred, setBarred] = useState<RosterChangeReport | null>(null);
  const [sent, setSent] = useState<Record<string, unknown>>({});

  function check(change: Record<string, unknown>) {
    setBarred(null);
    void raise.check(async () => {
      const answer = await prepareRosterChangeAction({
        operation: raise.operationId(),
        version: view.version,
        change,
      });
      if (!answer.ok) return answer;
      if (answer.value.outcome === 'sign') return { ok: true, value: answer.value };
      setBarred(answer.value.report);
      return refuse('barred', answer.value.report.cannotRaise ?? 'It can’t be raised as it is.');
    });
  }

  return (
    <>
      <RaiseForm
        refusal={raise.refusal}
        checking={raise.checking}
        isHidden={raise.prepared !== null}
        onSubmit={(event) => {
          event.preventDefault();
          const read = readChange(what, { texts: formTexts(event.currentTarget), roles });
          setErrors(read.ok ? {} : read.errors);
          if (!read.ok) return focusFirstError(event.currentTarget, read.errors);
          setSent(read.change);
          check(read.change);
        }}
      >
        {barred && <Barred report={barred} />}
        <SelectField
          label="What changes"
          name="what"
          value={what}
          onChange={(event) => {
            setWhat(event.target.value as What);
            setErrors({});
            setBarred(null);
          }}
          options={Object.entries(whatWords).map(([value, label]) => ({ value, label }))}
          hint="One thing at a time, so that whoever decides on it reads one thing."
        />
        <ChangeFields
          key={what}
          what={what}
          view={view}
          errors={errors}
          person={person}
          onPerson={(chosen) => {
            setPerson(chosen);
            setRoles(rolesOf(chosen));
          }}
          roles={roles}
          onRoles={setRoles}
          preset={preset}
        />
      </RaiseForm>
      {raise.prepared && (
        <Review
          raise={raise}
          intent={raise.prepared.intent}
          against={view.version}
          onRenew={() => check(sent)}
        />
      )}
    </>
  );
}

/** Why it may not be raised, with every step of a counter-example, and what it would have changed. */
function Barred({ report }: { report: RosterChangeReport }) {
  return (
    <div className="space-y-4">
      <ReportBars report={{ lockout: null, solo: report.solo }} />
      <section>
        <SectionHeading>What it would change</SectionHeading>
        <RosterChanges diff={report.diff} />
      </section>
    </div>
  );
}

function Review({
  raise,
  intent,
  against,
  onRenew,
}: {
  raise: Raise<RosterChangeReview>;
  intent: RosterChangeReview;
  against: number;
  onRenew: () => void;
}) {
  const { report, version, previous } = intent;
  return (
    <RaiseReview
      raise={raise}
      action="raise this roster change"
      onRenew={onRenew}
      title={
        <>
          Change the roster to version <strong>{version}</strong>
        </>
      }
      facts={[
        { term: 'Changes', detail: <RosterChanges diff={report.diff} /> },
        { term: 'Effect', detail: <ReportEffect report={report} /> },
        {
          term: 'Checked',
          detail:
            'People enough stay to change roster and policy, and nobody alone could complete anything, through any roles, groups, delegations and backups.',
        },
        ...(previous === null
          ? []
          : [
              {
                term: 'After',
                detail: (
                  <>
                    Version {against}, whose digest is <Hash value={previous} />
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}
