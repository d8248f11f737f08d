'use client';

import { useState } from 'react';
import { listConcernedAction } from '#lib/privacy/breach-actions.ts';
import type { ConcernedPerson } from '#lib/privacy/breaches/list-concerned.ts';
import { Button } from '../../ui/button.tsx';
import { Code } from '../../ui/grouped.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { TextLink } from '../../ui/text-link.tsx';

const shownMost = 200;

/** Whose data it concerns, by ids. Who looks stands in the trail. */
export function ConcernedPersons({ id }: { id: string }) {
  const [shown, setShown] = useState<{ persons: ConcernedPerson[]; count: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function open() {
    setBusy(true);
    const answer = await listConcernedAction({ id }).catch(() => null);
    setBusy(false);
    setProblem(answer?.ok ? null : (answer?.refusal.sentence ?? noAnswer));
    if (answer?.ok) setShown(answer.value);
  }

  if (shown === null)
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
  const { persons, count } = shown;
  return (
    <>
      <ul aria-label="Persons concerned" className="flex flex-wrap gap-x-4 gap-y-1">
        {persons.slice(0, shownMost).map(({ id: person, isTold }) => (
          <li key={person}>
            <TextLink look="plain" href={`/privacy/people/${person}`}>
              <Code>{person}</Code>
            </TextLink>{' '}
            <span className="text-text-quiet">{isTold ? 'told' : 'not told'}</span>
          </li>
        ))}
      </ul>
      {count > shownMost && (
        <p className="mt-2 text-sm text-text-quiet">
          The first {shownMost} of {count.toLocaleString('en-GB')}, those who were not told above.
        </p>
      )}
    </>
  );
}
