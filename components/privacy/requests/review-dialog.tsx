'use client';

import { reviewRequestAction } from '#lib/privacy/request-actions.ts';
import { groundWords } from '#lib/privacy/package/tie-grounds.ts';
import { blockerArticle, blockers, type Blocker } from '#lib/privacy/requests/life.ts';
import type { RequestTie } from '#lib/privacy/requests/list-ties.ts';
import { useState } from 'react';
import { ActDialog, type Act } from '../../clients/act-dialog.tsx';
import { CheckGroup } from '../../ui/check-group.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';

const kinds = Object.keys(blockers) as Blocker[];
const dayName = (kind: Blocker): string => `until-${kind}`;

/** What stands against the right goes as a list, each with the day of its end. */
const review: Act = ({ found, confirmed, ...given }) => {
  const chosen = [found ?? []].flat();
  const dayOf = (kind: Blocker) => given[dayName(kind)] ?? '';
  const { id, seen, reasons, tippingOff } = given;
  const ties = [confirmed ?? []].flat();
  return reviewRequestAction({
    id,
    seen,
    reasons,
    tippingOff,
    ties,
    blockers: kinds
      .filter((kind) => chosen.includes(kind))
      .map((kind) => ({ kind, until: dayOf(kind) })),
  });
};

/** The legal review: what stands against the right, and what must not be told. */
export function ReviewDialog({
  about,
  ties,
  today,
  ...look
}: {
  about: Readonly<Record<string, string>>;
  ties: readonly RequestTie[];
  /** YYYY-MM-DD, by which the law in force is named. */
  today: string;
  tone?: 'primary' | 'secondary';
  size?: 'regular' | 'small';
}) {
  return (
    <ActDialog
      act={review}
      label="Record the legal review"
      title="Legal review"
      done="Record the review"
      fixed={about}
      {...look}
    >
      <Blockers today={today} />
      <Ties ties={ties} />
      <TextAreaField
        label="Reasons"
        name="reasons"
        hint="What was looked at, and what it means for the answer."
        rows={4}
        maxLength={8000}
      />
      <TextAreaField
        label="What must not be told to the person"
        name="tippingOff"
        hint="Only where a suspicion was reported or is looked into. It is shown to the data protection officer and managers alone."
        rows={2}
        maxLength={8000}
      />
    </ActDialog>
  );
}

function Blockers({ today }: { today: string }) {
  const [chosen, setChosen] = useState<Blocker[]>([]);
  return (
    <>
      <CheckGroup
        label="What stands against the right"
        hint="Nothing is an answer, too."
        options={kinds.map((value) => ({ value, label: blockers[value].name }))}
        values={chosen}
        onChange={setChosen}
      />
      {chosen.map((kind) => (
        <div key={kind}>
          <input type="hidden" name="found" value={kind} />
          <TextField
            label={`${blockers[kind].name}: until`}
            name={dayName(kind)}
            type="date"
            hint={`${blockerArticle(kind, today)}. Leave it empty where no day is known.`}
          />
        </div>
      ))}
    </>
  );
}

/** Those by which nothing of a client is told before somebody else than their recorder confirms them. */
function Ties({ ties }: { ties: readonly RequestTie[] }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const open = ties.filter(({ grounds }) => grounds.length > 0);
  if (open.length === 0) return null;
  const own = open.filter(({ isYours }) => isYours);
  return (
    <>
      <CheckGroup
        label="Ties to clients that you confirm"
        hint="What a client has is told to the person only by a tie that is confirmed. Look at the agreement with the client, not at what the request says."
        options={open
          .filter(({ isYours }) => !isYours)
          .map(({ key, client, since, from, recorder, recordedAt, grounds }) => ({
            value: key,
            label: (
              <span>
                {client}, {from === null ? 'from the beginning' : `since ${since.slice(0, 10)}`}:
                recorded on {recordedAt.slice(0, 10)} by <bdi>{recorder}</bdi>. To be confirmed:{' '}
                {groundWords(grounds)}.
              </span>
            ),
          }))}
        values={chosen}
        onChange={setChosen}
      />
      {own.length > 0 && (
        <p className="text-sm text-text-quiet">
          You recorded the tie to {own.map(({ client }) => client).join(', ')}, so another person
          confirms it. An officer does on the page of the person.
        </p>
      )}
      {chosen.map((key) => (
        <input key={key} type="hidden" name="confirmed" value={key} />
      ))}
    </>
  );
}
