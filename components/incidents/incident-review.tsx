import { reviewIncidentAction } from '#lib/incidents/actions.ts';
import type { TextField } from '#lib/incidents/desk/texts.ts';
import type { IncidentView } from '#lib/incidents/desk/view-incident.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { SelectField, TextAreaField } from '../ui/field.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { fixedOf } from './incident-acts.tsx';
import { causeName, detailedCauses } from './incident-words.ts';

/** What a review answers, in the order in which it is asked and read (DORA Art 13(2)). */
const questions: readonly { name: string; field: TextField; label: string; hint: string }[] = [
  {
    name: 'rootCause',
    field: 'root-cause',
    label: 'Root cause',
    hint: 'What made it happen, and why that could be.',
  },
  {
    name: 'reaction',
    field: 'reaction',
    label: 'Reaction',
    hint: 'How quickly alarms were answered, the impact judged and the severity set.',
  },
  {
    name: 'forensics',
    field: 'forensics',
    label: 'Forensic analysis',
    hint: 'How good and how quick it was.',
  },
  {
    name: 'escalation',
    field: 'escalation',
    label: 'Escalation',
    hint: 'How well it went inside the firm.',
  },
  {
    name: 'communication',
    field: 'communication',
    label: 'Communication',
    hint: 'How well people inside and outside were told.',
  },
  {
    name: 'lessons',
    field: 'lessons',
    label: 'What was learnt',
    hint: 'What follows from it is added as actions.',
  },
];

/** The review after the incident: the newest one, and the form of the next. */
export function IncidentReview({ view }: { view: IncidentView }) {
  const { timeline, can, number } = view;
  const newest = timeline.find(({ kind }) => kind === 'reviewed');
  const cause = newest?.event.kind === 'reviewed' ? newest.event.facts.cause : null;
  const textOf = (field: TextField): string | undefined =>
    newest?.texts.find((text) => text.field === field)?.text;
  if (!newest && !can.review) return null;
  return (
    <section>
      <SectionHeading
        action={
          can.review && (
            <ActDialog
              act={reviewIncidentAction}
              label={newest ? 'Review again' : 'Review'}
              size="small"
              title={`Review of ${number}`}
              done="Record the review"
              fixed={fixedOf(view)}
            >
              <SelectField
                label="Kind of root cause"
                name="cause"
                placeholder="Choose the root cause"
                {...(cause === null ? {} : { defaultValue: cause })}
                options={detailedCauses}
              />
              {questions.map(({ name, field, label, hint }) => (
                <TextAreaField
                  key={name}
                  label={label}
                  name={name}
                  hint={hint}
                  rows={3}
                  maxLength={4000}
                  defaultValue={textOf(field) ?? ''}
                />
              ))}
            </ActDialog>
          )
        }
      >
        Review
      </SectionHeading>
      {newest ? (
        <>
          <DescriptionList
            items={[
              { term: 'Kind', detail: cause === null ? 'Not said' : causeName(cause) },
              ...questions.map(({ field, label }) => ({
                term: label,
                detail: (
                  <bdi className="wrap-anywhere whitespace-pre-wrap">
                    {textOf(field) ?? 'Not said'}
                  </bdi>
                ),
              })),
            ]}
          />
          <Footing>
            By <bdi>{newest.by}</bdi>, <Time instant={newest.at} style="minute" />.
          </Footing>
        </>
      ) : (
        <Panel label="Review">
          <PanelRow>
            Not reviewed yet. A major incident is reviewed before it is closed: DORA, Art 13(2).
          </PanelRow>
        </Panel>
      )}
    </section>
  );
}
