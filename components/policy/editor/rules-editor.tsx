'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { PolicyProblem } from '#lib/operations/policy-problems.ts';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field-frame.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { addRule, insertRule, moveRule, removeRule } from '../form/edit-form.ts';
import type { PolicyForm, RuleForm } from '../form/policy-form.ts';
import type { Offered } from './choices.ts';
import { RuleCard, type Edit } from './rule-card.tsx';

export type RulesEditorProps = {
  form: PolicyForm;
  edit: Edit;
  offered: Offered;
  problems: readonly PolicyProblem[];
  error: string | undefined;
  /** Keys of the rules whose fields are open. */
  open: ReadonlySet<string>;
  setOpen: (change: (open: ReadonlySet<string>) => ReadonlySet<string>) => void;
};

const noProblems: readonly PolicyProblem[] = [];

/** Problems by the rule they are in; those of other rules keep the same empty list. */
function byRule(problems: readonly PolicyProblem[]): ReadonlyMap<string, PolicyProblem[]> {
  const found = new Map<string, PolicyProblem[]>();
  for (const problem of problems)
    if (problem.rule !== null)
      found.set(problem.rule, [...(found.get(problem.rule) ?? []), problem]);
  return found;
}

type Removed = { rule: RuleForm; place: number };

/** The rules in order, to be moved, opened, added and taken out. */
export function RulesEditor(props: RulesEditorProps) {
  const { form, edit, offered, problems, error, open, setOpen } = props;
  const [said, setSaid] = useState('');
  const [removed, setRemoved] = useState<Removed | null>(null);
  const list = useRef<HTMLOListElement>(null);
  // For what is said after a move: the handles stay the same while the form changes.
  const latest = useRef(form);
  const putBack = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    latest.current = form;
  }, [form]);
  // The button that took it out is gone, and the focus with it.
  useEffect(() => {
    if (removed) putBack.current?.focus();
  }, [removed]);
  // Undoing everything brought it back already.
  const isOut = removed !== null && form.rules.every(({ key }) => key !== removed.rule.key);
  const found = byRule(problems);

  const onToggle = useCallback(
    (key: string) =>
      setOpen((before) => {
        const after = new Set(before);
        if (!after.delete(key)) after.add(key);
        return after;
      }),
    [setOpen],
  );
  const onMove = useCallback(
    (key: string, by: -1 | 1) => {
      edit((before) => moveRule(before, key, by));
      const { rules } = moveRule(latest.current, key, by);
      const place = rules.findIndex((rule) => rule.key === key);
      setSaid(`“${rules[place]?.name ?? ''}” is now rule ${place + 1} of ${rules.length}.`);
    },
    [edit],
  );
  const onRemove = useCallback(
    (key: string) => {
      const place = latest.current.rules.findIndex((rule) => rule.key === key);
      const rule = latest.current.rules[place];
      if (rule) setRemoved({ rule, place });
      edit((before) => removeRule(before, key));
    },
    [edit],
  );

  function add() {
    const { form: after, key } = addRule(form);
    edit(() => after);
    setOpen((before) => new Set([...before, key]));
    setSaid(`A new rule stands at the end, as rule ${after.rules.length}.`);
    // Its first field is there once it was drawn.
    requestAnimationFrame(() => {
      const fields = list.current?.querySelectorAll<HTMLElement>('li:last-child input');
      fields?.[0]?.focus();
    });
  }

  return (
    <section aria-labelledby="rules">
      <SectionHeading id="rules">Rules, in the order in which they are asked</SectionHeading>
      <p className="mb-2 prose-line text-text-quiet">
        The first rule that fits decides. What no rule fits is refused. Strict rules stand above lax
        ones.
      </p>
      <ol
        ref={list}
        className="divide-y divide-line overflow-clip rounded-md border border-line bg-surface"
      >
        {form.rules.map((rule, place) => (
          <RuleCard
            key={rule.key}
            rule={rule}
            place={place}
            isLast={place === form.rules.length - 1}
            isOpen={open.has(rule.key)}
            offered={offered}
            problems={found.get(rule.id) ?? noProblems}
            edit={edit}
            onToggle={onToggle}
            onMove={onMove}
            onRemove={onRemove}
          />
        ))}
      </ol>
      {error && <FieldError id="rules">{error}</FieldError>}
      <p role="status" className="sr-only">
        {said}
      </p>
      {isOut && (
        <p role="status" className="mt-3 flex flex-wrap items-center gap-3 text-text-quiet">
          “{removed.rule.name}” was taken out.
          <Button
            ref={putBack}
            size="small"
            onClick={() => {
              edit((before) => insertRule(before, removed.rule, removed.place));
              setRemoved(null);
            }}
          >
            Put it back
          </Button>
        </p>
      )}
      <div className="mt-3">
        <Button onClick={add}>Add a rule</Button>
      </div>
    </section>
  );
}
