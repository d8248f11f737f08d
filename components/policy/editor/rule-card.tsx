import { memo, useId } from 'react';
import { describeRule } from '#lib/operations/describe-policy.ts';
import type { PolicyProblem } from '#lib/operations/policy-problems.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field-frame.tsx';
import { changeRule } from '../form/edit-form.ts';
import type { PolicyForm, RuleForm } from '../form/policy-form.ts';
import { readRule, type RuleFaults, type RuleField } from '../form/read-rule.ts';
import type { Offered } from './choices.ts';
import { RuleFields } from './rule-fields.tsx';

export type Edit = (change: (form: PolicyForm) => PolicyForm) => void;

export type RuleCardProps = {
  rule: RuleForm;
  /** From 0. */
  place: number;
  isLast: boolean;
  isOpen: boolean;
  offered: Offered;
  /** What the server found in this rule, as it was sent last. */
  problems: readonly PolicyProblem[];
  edit: Edit;
  onToggle: (key: string) => void;
  onMove: (key: string, by: -1 | 1) => void;
  onRemove: (key: string) => void;
};

const none: RuleFaults = {};

/** The fields of the form first: what the server found is about what was sent last. */
function errorsOf(faults: RuleFaults, problems: readonly PolicyProblem[]): RuleFaults {
  const found: RuleFaults = {};
  for (const { field, sentence } of problems)
    found[(field === 'id' || field === 'policy' ? 'name' : field) as RuleField] ??= sentence;
  return { ...found, ...faults };
}

/** One rule: its place, its sentence as it stands, and its fields once it is opened. */
export const RuleCard = memo(function RuleCard(props: RuleCardProps) {
  const { rule, place, isOpen, offered, problems, edit, onToggle } = props;
  const id = useId();
  const read = readRule(rule);
  const errors = errorsOf(read.ok ? none : read.faults, problems);
  const count = read.ok ? 0 : Object.keys(read.faults).length;
  const title = rule.name === '' ? 'Rule without a name' : rule.name;
  return (
    <li className="px-4 py-3" data-rule={rule.id}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h3 id={`${id}-title`} className="flex min-w-0 flex-1 basis-60 gap-3 font-medium">
          <span className="w-6 shrink-0 text-text-quiet tabular-nums">{place + 1}</span>
          <bdi className="min-w-0">{title}</bdi>
        </h3>
        <Handles {...props} title={title} />
      </div>
      <div className="mt-1 medium:ps-9">
        {read.ok && <p className="prose-line text-text-quiet">{describeRule(read.rule)}</p>}
        {!isOpen && <Problems id={id} errors={errors} />}
        {isOpen && !read.ok && (
          <p className="text-sm text-danger">
            {count === 1 ? 'One field is' : `${count} fields are`} not filled in yet, so the
            sentence of this rule can’t be written.
          </p>
        )}
        {isOpen && (
          <div role="group" aria-labelledby={`${id}-title`}>
            <RuleFields
              rule={rule}
              offered={offered}
              errors={errors}
              onChange={(change) => edit((form) => changeRule(form, rule.key, change))}
            />
            <div className="mt-4">
              <Button size="small" onClick={() => onToggle(rule.key)}>
                Close this rule
              </Button>
            </div>
          </div>
        )}
      </div>
    </li>
  );
});

function Handles({
  rule,
  place,
  isLast,
  isOpen,
  title,
  onToggle,
  onMove,
  onRemove,
}: RuleCardProps & { title: string }) {
  const which = `rule ${place + 1}, ${title}`;
  return (
    <div className="flex shrink-0 flex-wrap gap-1">
      <Button
        size="small"
        aria-expanded={isOpen}
        aria-label={`${isOpen ? 'Close' : 'Edit'} ${which}`}
        onClick={() => onToggle(rule.key)}
      >
        {isOpen ? 'Close' : 'Edit'}
      </Button>
      <Button
        tone="quiet"
        size="small"
        refused={place === 0}
        aria-label={`Move up ${which}`}
        onClick={() => onMove(rule.key, -1)}
      >
        Move up
      </Button>
      <Button
        tone="quiet"
        size="small"
        refused={isLast}
        aria-label={`Move down ${which}`}
        onClick={() => onMove(rule.key, 1)}
      >
        Move down
      </Button>
      <Button
        tone="quiet"
        size="small"
        aria-label={`Remove ${which}`}
        onClick={() => onRemove(rule.key)}
      >
        Remove
      </Button>
    </div>
  );
}

function Problems({ id, errors }: { id: string; errors: RuleFaults }) {
  return Object.entries(errors).map(([field, sentence]) => (
    <FieldError key={field} id={`${id}-${field}`}>
      {sentence}
    </FieldError>
  ));
}
