'use client';

import { useRouter } from 'next/navigation';
import { useId, useState, type SubmitEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { raiseWith, type RaisedLine } from './correction-sends.ts';
import { correctionPath } from './correction-words.ts';
import { LineFields } from './line-fields.tsx';
import { linesToSend, typedSums, unnamedLine, type FormLine, type TypedSum } from './typed-sums.ts';

/** As many as a correction may have. */
const linesMax = 20;

const emptyLine = (key: number): FormLine => ({ key, account: '', debit: '', credit: '' });

function startLines(lines: readonly RaisedLine[]): FormLine[] {
  const given = lines.map(({ account, side, amount }, key) => ({
    key,
    account,
    debit: side === 'debit' ? amount : '',
    credit: side === 'credit' ? amount : '',
  }));
  while (given.length < 2) given.push(emptyLine(given.length));
  return given;
}

/** Raises a correction: its lines and why, then one press of the key over exactly that. */
export function CorrectionForm({
  start,
  corrects,
  breakId,
  accounts,
}: {
  start: readonly RaisedLine[];
  corrects: string | null;
  breakId: string | null;
  /** Names to choose from; others can be typed. */
  accounts: readonly string[];
}) {
  const router = useRouter();
  const options = useId();
  const [lines, setLines] = useState(() => startLines(start));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const change = (key: number, field: 'account' | 'debit' | 'credit', text: string) =>
    setLines((all) => all.map((line) => (line.key === key ? { ...line, [field]: text } : line)));
  const add = () =>
    setLines((all) => [...all, emptyLine(Math.max(...all.map(({ key }) => key)) + 1)]);
  const remove = (key: number) => setLines((all) => all.filter((line) => line.key !== key));

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('reason');
    const reason = typeof given === 'string' ? given : '';
    const sent = linesToSend(lines);
    if (typeof sent === 'string') {
      setProblem(sent);
      return;
    }
    setBusy(true);
    setProblem(null);
    const answer = await raiseWith({ lines: sent, corrects, break: breakId, reason }).catch(
      () => null,
    );
    if (answer?.ok) {
      router.push(correctionPath(answer.value.correction));
      return;
    }
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <section>
        <SectionHeading>What it books</SectionHeading>
        <Panel label="Lines">
          {lines.map((line, index) => (
            <LineFields
              key={line.key}
              line={line}
              index={index}
              options={options}
              change={(field, text) => change(line.key, field, text)}
              remove={lines.length > 2 ? () => remove(line.key) : null}
            />
          ))}
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 text-sm">
            <Sums sums={typedSums(lines)} unnamed={unnamedLine(lines)} />
            <Button size="small" onClick={add} disabled={lines.length >= linesMax}>
              Add a line
            </Button>
          </div>
        </Panel>
        <datalist id={options}>
          {accounts.map((account) => (
            <option key={account} value={account}>
              {account}
            </option>
          ))}
        </datalist>
      </section>
      <TextAreaField
        label="Why"
        name="reason"
        hint="What was wrong, and where the evidence lies. Whoever approves it reads this."
        maxLength={500}
      />
      {problem !== null && (
        <Notice tone="caution" title="Nothing was raised." announce="assertive">
          {problem}
        </Notice>
      )}
      <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Recording">
        Raise with key
      </Button>
    </form>
  );
}

function Sums({ sums, unnamed }: { sums: readonly TypedSum[]; unnamed: number | null }) {
  if (sums.length === 0)
    return (
      <span className="text-text-quiet">
        An account is named like client/C-20418/SOL; its page in the ledger shows it.
      </span>
    );
  return (
    <span className="space-y-1 tabular-nums">
      {sums.map(({ asset, debits, credits, isEqual }) => (
        <span key={asset} className="flex flex-wrap gap-x-3">
          <span>
            {asset}: debits {debits}, credits {credits}
          </span>
          {unnamed === null && (
            <StatusMark shape={isEqual ? 'dot' : 'triangle'} tone={isEqual ? 'good' : 'caution'}>
              {isEqual ? 'Equal' : 'Not equal'}
            </StatusMark>
          )}
        </span>
      ))}
      {unnamed !== null && (
        <StatusMark shape="triangle" tone="caution">
          {`Line ${unnamed}: name the account`}
        </StatusMark>
      )}
    </span>
  );
}
