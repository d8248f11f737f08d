'use client';

import { useState, type FormEvent } from 'react';
import { inviteOperatorAction } from '#lib/identity/actions.ts';
import type { NewLink } from '#lib/identity/invite-operator.ts';
import { roleNames } from '#lib/identity/roles.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, ChoiceField, TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { OneTimeLink } from './one-time-link.tsx';
import { groupMeaning, groupText } from './people-words.ts';

const GROUPS = ['control', 'custody', 'recovery'] as const;
const NAME_MAX = 80;

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

type Invited = { link: NewLink; name: string };

/** Name, roles and group of a new colleague; answers with their one-time link. */
export function InvitePerson() {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [invited, setInvited] = useState<Invited | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = textOf(form, 'displayName').trim();
    const group = textOf(form, 'group');
    setPending(true);
    setProblem(null);
    const answer = await inviteOperatorAction({
      displayName: name,
      roles: form.getAll('roles').filter((role) => typeof role === 'string'),
      group: group === '' ? null : group,
    }).catch(() => null);
    setPending(false);
    if (answer?.ok) setInvited({ link: answer.value, name });
    else setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  if (invited)
    return (
      <div className="max-w-prose space-y-4">
        <OneTimeLink link={invited.link} name={invited.name} />
        <div className="flex flex-wrap gap-2">
          <LinkButton href={`/operators/${invited.link.operatorId}`}>
            Open {invited.name}
          </LinkButton>
          <Button onClick={() => setInvited(null)}>Invite another person</Button>
        </div>
      </div>
    );
  return (
    <form noValidate className="space-y-6" onSubmit={(event) => void submit(event)}>
      <TextField
        label="Name"
        name="displayName"
        hint="As colleagues know the person. It can be erased later; what they sign carries a pseudonym."
        maxLength={NAME_MAX}
        required
      />
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">Roles</legend>
        {Object.entries(roleNames).map(([role, name]) => (
          <CheckField key={role} name="roles" value={role} label={name} />
        ))}
      </fieldset>
      <ChoiceField
        label="Acts for"
        name="group"
        hint="One group at most, and only custody officers: no two groups share a person."
        defaultValue=""
        options={[
          { value: '', label: 'No group', hint: groupMeaning(null) },
          ...GROUPS.map((group) => ({
            value: group,
            label: groupText(group),
            hint: groupMeaning(group),
          })),
        ]}
      />
      {problem !== null && (
        <Notice tone="caution" title="Not invited." announce="assertive">
          {problem}
        </Notice>
      )}
      <Button type="submit" tone="primary" pending={pending} pendingLabel="Making the link">
        Make the link
      </Button>
    </form>
  );
}
