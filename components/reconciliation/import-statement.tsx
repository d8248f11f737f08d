'use client';

import { useId, useState, type FormEvent } from 'react';
import { countOf } from '../operations/counts.ts';
import { Button } from '../ui/button.tsx';
import { CONTROL, FieldFrame, fieldWiring } from '../ui/field-frame.tsx';
import { SelectField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { bankStatementPath } from './bank-words.ts';
import { sendStatement, type Sent } from './send-statement.ts';

const fileHint = 'As it came from the bank. It is imported whole, or not at all with the reason.';

/** Takes the file of the account's next statement; a refusal says the line and the reason. */
export function ImportStatement({
  account,
  formats,
}: {
  account: string;
  formats: readonly { value: string; label: string }[];
}) {
  const id = useId();
  const [pending, setPending] = useState(false);
  const [missing, setMissing] = useState<string | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const error = missing ?? undefined;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const file = data.get('file');
    const format = data.get('format');
    setSent(null);
    if (!(file instanceof File) || file.name === '' || typeof format !== 'string') {
      setMissing('Choose the file of the statement.');
      return;
    }
    setMissing(null);
    setPending(true);
    const answer = await sendStatement(account, format, file);
    setPending(false);
    setSent(answer);
    // So that a file that was mended, or the next one, can be chosen.
    if (answer.ok) form.reset();
  }

  return (
    <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
      <SelectField
        label="What kind of file it is"
        name="format"
        options={formats}
        defaultValue={formats[0]?.value}
      />
      <FieldFrame id={id} label="The file" hint={fileHint} error={error}>
        <input
          {...fieldWiring(id, { hint: fileHint, error })}
          type="file"
          name="file"
          accept=".xml,.csv,application/xml,text/xml,text/csv"
          className={`${CONTROL} py-1.5 file:me-3 file:font-medium`}
        />
      </FieldFrame>
      {sent && <Outcome account={account} sent={sent} />}
      <Button type="submit" tone="primary" pending={pending} pendingLabel="Reading the file">
        Import it
      </Button>
    </form>
  );
}

function Outcome({ account, sent }: { account: string; sent: Sent }) {
  if (!sent.ok)
    return (
      <Notice
        tone="caution"
        title="Nothing was imported."
        announce="assertive"
        more="The file was refused whole. Have the bank send it again, or import what is missing first."
      >
        {sent.sentence}
      </Notice>
    );
  return (
    <Notice tone="good" title="Imported." announce="polite">
      {countOf(sent.entries, 'entry', 'entries')}, on{' '}
      <TextLink href={bankStatementPath(account, sent.statement)}>
        the page of the statement
      </TextLink>
      .
    </Notice>
  );
}
