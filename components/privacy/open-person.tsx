'use client';

import { useState, type FormEvent } from 'react';
import { openPersonAction } from '#lib/privacy/actions.ts';
import {
  lookPurposes,
  type LookPurpose,
  type LookPurposeName,
} from '#lib/privacy/people/look-purposes.ts';
import type { OpenedPerson } from '#lib/privacy/people/open-person.ts';
import { formValues } from '../clients/form-values.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { Button } from '../ui/button.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Notice } from '../ui/notice.tsx';
import { withheldWords } from './person-words.ts';

/** Opens what is known of a person, for a purpose that is written down; it stays on the page until it is left. */
export function OpenPerson({
  person,
  purposes,
}: {
  person: string;
  /** What who looks may open it for. */
  purposes: readonly LookPurposeName[];
}) {
  const [opened, setOpened] = useState<OpenedPerson | null>(null);
  const [purpose, setPurpose] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = { reference: '', ...formValues(new FormData(event.currentTarget)), person };
    setBusy(true);
    setProblem(null);
    const answer = await openPersonAction(values).catch(() => null);
    if (!answer?.ok) {
      setBusy(false);
      return setProblem(answer ? answer.refusal.sentence : noAnswer);
    }
    setOpened(answer.value);
    refresh(() => setBusy(false));
  }

  if (opened !== null)
    return (
      <div className="space-y-3">
        <DescriptionList
          items={opened.values.map(({ label, value, restricted }) => ({
            term: label,
            detail: (
              <bdi className="whitespace-pre-wrap">
                {value ??
                  (restricted === null ? 'Erased: nobody can read it.' : withheldWords(restricted))}
              </bdi>
            ),
          }))}
        />
        <Button size="small" onClick={() => setOpened(null)}>
          Close
        </Button>
      </div>
    );
  const chosen: LookPurpose | null = purposes.includes(purpose as LookPurposeName)
    ? lookPurposes[purpose as LookPurposeName]
    : null;
  return (
    <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
      <SelectField
        label="What for"
        name="purpose"
        value={purpose}
        onChange={(event) => setPurpose(event.target.value)}
        options={[
          { value: '', label: 'Choose a purpose', disabled: true },
          ...purposes.map((value) => ({ value, label: lookPurposes[value].label })),
        ]}
      />
      {chosen && <TextField label={chosen.reference} name="reference" look="mono" maxLength={40} />}
      {problem !== null && (
        <Notice tone="caution" title="Nothing was opened." announce="assertive">
          {problem}
        </Notice>
      )}
      <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Opening">
        Open the data
      </Button>
    </form>
  );
}
