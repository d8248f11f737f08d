'use client';

import { useState } from 'react';
import { listConcernedAction } from '#lib/privacy/breach-actions.ts';
import { Button } from '../../ui/button.tsx';
import { Code } from '../../ui/grouped.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { TextLink } from '../../ui/text-link.tsx';

const shownMost = 200;

/** Whose data it concerns, by ids. Who looks stands in the trail. */
export function ConcernedPersons({ id }: { id: string }) {
  const [persons, setPersons] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function open() {
    setBusy(true);
    const answer = await listConcernedAction({ id }).catch(() => null);
    setBusy(false);
    setProblem(answer?.ok ? null : (answer?.refusal.sentence ?? noAnswer));
    if (answer?.ok) setPersons(answer.value.persons);
  }

  if (persons === null)
    return (
      <>
        <Button size="small" pending={isBusy} pendingLabel="Opening" onClick={() => void open()}>
          Open the list
        </Button>
        {problem !== null && (
          <p role="alert" className="mt-2 text-sm text-danger">
            {problem}
          </p>
        )}
      </>
    );
  return (
    <>
      <ul aria-label="Persons concerned" className="flex flex-wrap gap-x-4 gap-y-1">
        {persons.slice(0, shownMost).map((person) => (
          <li key={person}>
            <TextLink look="plain" href={`/privacy/people/${person}`}>
              <Code>{person}</Code>
            </TextLink>
          </li>
        ))}
      </ul>
      {persons.length > shownMost && (
        <p className="mt-2 text-sm text-text-quiet">
          The first {shownMost} of {persons.length.toLocaleString('en-GB')}.
        </p>
      )}
    </>
  );
}
