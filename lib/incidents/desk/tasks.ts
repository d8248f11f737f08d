/** Tasks of an incident and actions of its review: who does what until when. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { dayField, readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { actOnIncident } from './act-on-incident.ts';
import { findNoAssignee } from './find-person.ts';
import { incidentField, maybePerson, taskField } from './form-fields.ts';
import { readTexts } from './texts.ts';

type Moved = Promise<Result<{ seq: number }>>;
const scope = 'incident:work';
const tasksMax = 200;
/** Days ahead; what is put off for longer is a wrong year, or a way to be rid of it. */
const aheadMax = 10 * 366;

/** A day that is over, or that nobody will see. @param at the instant of the change. */
function findWrongDay(dueOn: string, at: Date) {
  if (dueOn < dayOf(at)) return refuse('day-passed', 'Put a day that lies ahead, or today.');
  return dueOn > dayOf(new Date(at.getTime() + aheadMax * dayMs))
    ? refuse('day-far', 'This day lies more than ten years ahead. Check the year.')
    : null;
}

const adding = z.strictObject({
  id: incidentField,
  purpose: z.enum(['task', 'action']),
  task: textField,
  assignee: maybePerson,
  dueOn: dayField('the day until which it is done'),
});

/** A task of the incident itself, or an action that the review asks for. */
export async function addTask(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(adding, input);
  if (!read.ok) return read;
  const { id, purpose, task, assignee, dueOn } = read.form;
  const texts = readTexts({ task });
  if (!texts.ok) return texts;
  return actOnIncident(actor, context, {
    scope,
    id,
    seen: null,
    kind: 'task-added',
    draw: async ({ standing }, tx, at) => {
      const wrong = findWrongDay(dueOn, at);
      if (wrong) return wrong;
      if (standing.tasks.length >= tasksMax)
        return refuse('too-many', `An incident has at most ${tasksMax} tasks.`);
      const unknown = await findNoAssignee(tx, assignee);
      return unknown ?? ok({ facts: { purpose, assignee, dueOn }, texts: texts.texts });
    },
  });
}

const moving = z.strictObject({
  id: incidentField,
  task: taskField,
  assignee: maybePerson,
  dueOn: dayField('the day until which it is done'),
});

/** Gives it to somebody else, or another day. The earlier day stays in the timeline. */
export async function moveTask(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(moving, input);
  if (!read.ok) return read;
  const { id, task, assignee, dueOn } = read.form;
  return actOnIncident(actor, context, {
    scope,
    id,
    seen: null,
    kind: 'task-moved',
    draw: async ({ standing }, tx, at) => {
      const moved = standing.tasks.find((one) => one.seq === task && one.doneAt === null);
      if (moved === undefined) return noTask();
      // Somebody else takes over what is overdue without being given more time.
      const wrong = dueOn === moved.dueOn ? null : findWrongDay(dueOn, at);
      if (wrong) return wrong;
      const unknown = await findNoAssignee(tx, assignee);
      return unknown ?? ok({ facts: { task, assignee, dueOn } });
    },
  });
}

const finishing = z.strictObject({ id: incidentField, task: taskField });

export async function finishTask(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(finishing, input);
  if (!read.ok) return read;
  const { id, task } = read.form;
  return actOnIncident(actor, context, {
    scope,
    id,
    seen: null,
    kind: 'task-done',
    draw: ({ standing }) =>
      standing.tasks.some((one) => one.seq === task && one.doneAt === null)
        ? ok({ facts: { task } })
        : noTask(),
  });
}

const noTask = () => refuse('task-unknown', 'There is no such open task.');
