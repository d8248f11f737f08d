'use client';

import { useId, useState } from 'react';
import { findPeopleAction } from '#lib/privacy/actions.ts';
import type { FoundPeople, FoundPerson } from '#lib/privacy/people/find-people.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Code } from '../../ui/grouped.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { roleWords, searchWords } from '../person-words.ts';
import { RestrictedFound } from '../restricted-found.tsx';

/**
 * Finds people by what they gave and has one of them chosen. Two of one name are shown as two, and nobody is chosen by
 * having been found.
 */
export function ChoosePerson({ canSearch }: { canSearch: boolean }) {
  const [kind, setKind] = useState('name');
  const [value, setValue] = useState('');
  const [found, setFound] = useState<FoundPeople | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const legend = useId();

  async function search() {
    setBusy(true);
    setProblem(null);
    const answer = await findPeopleAction({ kind, value, purpose: 'request-of-person' }).catch(
      () => null,
    );
    setBusy(false);
    setFound(answer?.ok ? answer.value : null);
    if (!answer?.ok) setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  if (!canSearch)
    return <TextField label="Id of the person" name="person" look="mono" maxLength={20} />;
  return (
    <div className="space-y-4">
      <SelectField
        label="Search by"
        value={kind}
        onChange={(event) => setKind(event.target.value)}
        options={Object.entries(searchWords).map(([word, label]) => ({ value: word, label }))}
      />
      <TextField
        label="What you search for"
        value={value}
        maxLength={300}
        hint="In full. What you search for is not kept."
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void search();
        }}
      />
      <Button pending={isBusy} pendingLabel="Searching" onClick={() => void search()}>
        Search
      </Button>
      {problem !== null && (
        <Notice tone="caution" title="Not searched." announce="assertive">
          {problem}
        </Notice>
      )}
      <div aria-live="polite">{found !== null && <Choices found={found} legend={legend} />}</div>
    </div>
  );
}

function Choices({
  found: { people, hasMore, restricted },
  legend,
}: {
  found: FoundPeople;
  legend: string;
}) {
  if (people.length === 0 && restricted > 0) return <RestrictedFound count={restricted} />;
  if (people.length === 0)
    return (
      <Notice tone="info" title="Nobody is on record with that.">
        Try another detail. If nobody is found at all, it is answered that nothing is held, or
        refused.
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
          Tell them apart by another detail before you choose one.
        </Notice>
      )}
      <fieldset aria-labelledby={legend}>
        <legend id={legend} className="mb-1 font-medium">
          Who it is
        </legend>
        {people.map((one) => (
          <Choice key={one.person} one={one} />
        ))}
      </fieldset>
    </div>
  );
}

/** The id names the box; what they are to clients describes it. */
function Choice({ one }: { one: FoundPerson }) {
  const id = useId();
  return (
    <div className="flex min-h-7 items-start gap-2 py-1">
      <input
        type="radio"
        id={id}
        name="person"
        value={one.person}
        aria-describedby={`${id}-ties`}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        <label htmlFor={id}>
          <Code>{one.person}</Code>
        </label>
        <span id={`${id}-ties`} className="block text-sm text-text-quiet">
          {tiesText(one)}
        </span>
      </span>
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
