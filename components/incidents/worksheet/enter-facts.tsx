'use client';

import { useState, type FormEvent } from 'react';
import { recordFactsAction } from '#lib/incidents/actions.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { QuestionField, type KeptFile } from './fact-fields.tsx';
import type { Question } from './questions.ts';
import { entryOf, type Draft } from './typed-answer.ts';

/** What stood when the dialog was opened; `told` once a person knows that others entered something meanwhile. */
type Opened = { seen: number; standing: string } | 'told';
const standingText = (questions: readonly Question[]): string =>
  JSON.stringify(questions.map(({ standing }) => standing));

/**
 * Enters the answers of one section, all at once. What was typed stays until it is saved, be it refused or
 * closed in between. What others enter meanwhile in other sections does no harm; what they enter here is
 * refused once, so that nobody overwrites what they have not seen.
 */
export function EnterFacts({
  id,
  seq,
  title,
  questions,
  evidence,
}: {
  /** Id of the incident. */
  id: string;
  /** Number of its last event. */
  seq: number;
  title: string;
  questions: readonly Question[];
  evidence: readonly KeptFile[];
}) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useRefresh();

  const open = () => setOpened({ seen: seq, standing: standingText(questions) });
  function close() {
    setOpened(null);
    setProblem(null);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const half = [...event.currentTarget.elements].find(
      (field) => field instanceof HTMLInputElement && field.validity.badInput,
    );
    if (half instanceof HTMLInputElement) {
      half.focus();
      return setProblem('A date and time is not whole. Fill it in to the minute, or empty it.');
    }
    const facts = Object.fromEntries(
      questions.flatMap((question) => {
        const entry = entryOf(question, drafts[question.name] ?? {});
        return entry === null ? [] : [[question.name, entry]];
      }),
    );
    if (Object.keys(facts).length === 0) return setProblem('Nothing was changed.');
    const isUnseen =
      opened !== null && opened !== 'told' && opened.standing !== standingText(questions);
    const seen = isUnseen ? opened.seen : seq;
    setBusy(true);
    setProblem(null);
    const answer = await recordFactsAction({ id, seen, facts }).catch(() => null);
    if (answer?.ok)
      return refresh(() => {
        setBusy(false);
        setDrafts({});
        close();
      });
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
    if (answer?.refusal.code !== 'incident-moved') return;
    setOpened('told');
    refresh();
  }

  const isTouched = Object.keys(drafts).length > 0;
  return (
    <>
      <Button size="small" aria-label={`Enter: ${title}`} onClick={open}>
        {isTouched ? 'Go on entering' : 'Enter'}
      </Button>
      <Dialog open={opened !== null} onClose={close} title={title}>
        <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
          {questions.map((question) => (
            <QuestionField
              key={question.name}
              question={question}
              draft={drafts[question.name] ?? {}}
              onDraft={(draft) => setDrafts((all) => ({ ...all, [question.name]: draft }))}
              evidence={evidence}
            />
          ))}
          {problem !== null && (
            <Notice tone="caution" title="Not saved." announce="assertive">
              {problem} What you typed still stands here.
            </Notice>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            {isTouched && (
              <Button tone="quiet" onClick={() => setDrafts({})}>
                Back to what stands
              </Button>
            )}
            <Button type="submit" tone="primary" pending={isBusy} pendingLabel="Saving">
              Save
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
