'use client';

import { useState, type FormEvent } from 'react';
import { findPeopleAction } from '#lib/privacy/actions.ts';
import type { FoundPeople, FoundPerson } from '#lib/privacy/people/find-people.ts';
import { lookPurposes, type LookPurposeName } from '#lib/privacy/people/look-purposes.ts';
import { formValues } from '../clients/form-values.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { roleWords, searchWords } from './person-words.ts';
import { RestrictedFound } from './restricted-found.tsx';

/** Finds people by what is known of them. What is searched for goes in the body of a request, never in an address. */
export function FindPerson({ purposes }: { purposes: readonly LookPurposeName[] }) {
  const [found, setFound] = useState<FoundPeople | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const answer = await findPeopleAction(formValues(new FormData(event.currentTarget))).catch(
      () => null,
    );
    setBusy(false);
    if (answer?.ok) return setFound(answer.value);
    setFound(null);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <div className="space-y-6">
      <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
        <SelectField
          label="Search by"
          name="kind"
          defaultValue="name"
          options={Object.entries(searchWords).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          label="What you search for"
          name="value"
          maxLength={300}
          hint="In full: a whole name, in any order and with or without accents."
        />
        <SelectField
          label="What for"
          name="purpose"
          placeholder="Choose a purpose"
          options={purposes.map((value) => ({ value, label: lookPurposes[value].label }))}
        />
        <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Searching">
          Search
        </Button>
      </form>
      {problem !== null && (
        <Notice tone="caution" title="Not searched." announce="assertive">
          {problem}
        </Notice>
      )}
      <div aria-live="polite">{found !== null && <Found found={found} />}</div>
    </div>
  );
}

function Found({ found: { people, hasMore, restricted } }: { found: FoundPeople }) {
  if (people.length === 0 && restricted > 0) return <RestrictedFound count={restricted} />;
  if (people.length === 0)
    return (
      <Notice tone="info" title="Nobody is on record with that.">
        Look for another spelling or by another detail.
      </Notice>
    );
  return (
    <div className="space-y-3">
      {restricted > 0 && <RestrictedFound count={restricted} />}
      {people.length > 1 && (
        <Notice
          tone="caution"
          title={`${people.length}${hasMore ? ' or more' : ''} people share this.`}
        >
          Tell them apart by another detail before you act for one of them.
        </Notice>
      )}
      <Panel label="Who was found">
        {people.map((one) => (
          <PanelRow
            key={one.person}
            title={<TextLink href={`/privacy/people/${one.person}`}>{one.person}</TextLink>}
          >
            {tiesText(one)}
          </PanelRow>
        ))}
      </Panel>
    </div>
  );
}

const tiesText = ({ ties }: FoundPerson): string =>
  ties.length === 0
    ? 'No client'
    : ties
        .map(
          ({ client, role, isOver }) =>
            `${roleWords[role] ?? role} of ${client}${isOver ? ' before' : ''}`,
        )
        .join('; ');
