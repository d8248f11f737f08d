'use client';

import { useState, type FormEvent } from 'react';
import {
  decisions,
  isRefusing,
  isRepeated,
  rights,
  type Decision,
  type RefusalGround,
  type Right,
} from '#lib/privacy/requests/life.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { CheckGroup } from '../../ui/check-group.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { keepsSome } from '#lib/privacy/restriction/chosen-stops.ts';
import { keptBeside, labelsOf } from './purpose-words.ts';
import { groundWords } from './request-words.ts';
import { decideWithKey } from './with-key.ts';

type Draft = {
  decision: Decision | '';
  grounds: RefusalGround[];
  earlier: string;
  /** Purposes that stop, by their keys. */
  stops: string[];
  reasons: string;
};

/** What was made to be sent or done, which the decision names by its digest. */
export type Made = { package: string | null; plan: string | null };

type Asked = {
  about: Readonly<Record<string, string>>;
  number: string;
  right: Right;
  /** Whom it is about; null where nobody is identified. */
  person: string | null;
  /** Nothing of it can be granted now. */
  mustRefuse: boolean;
  /** On which it may be refused as it stands. */
  grounds: readonly RefusalGround[];
  /** Other requests about the same person, of which a refusal may name some. */
  earlier: readonly string[];
  /** What was objected to and rests on our interest. */
  purposes: readonly { key: string; label: string }[];
  made?: Made | undefined;
  tone?: 'primary' | 'secondary';
  size?: 'regular' | 'small';
};

const numbersOf = (text: string): string[] => text.split(/[\s,;]+/u).filter((one) => one !== '');

/** A manager proposes the decision: first it is written, then it is read as it is signed, then the key is pressed. */
export function ProposeDialog(asked: Asked) {
  const {
    about,
    made = { package: null, plan: null },
    tone = 'secondary',
    size = 'regular',
  } = asked;
  const [isOpen, setOpen] = useState(false);
  const [isRead, setRead] = useState(false);
  /** What was seen when it was begun: what comes in between is not decided on unread. */
  const [seen, setSeen] = useState(about);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(asked));
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();
  const missing = missingOf(draft, asked);

  function begin() {
    setSeen(about);
    setDraft(emptyDraft(asked));
    setOpen(true);
  }

  function close() {
    setOpen(false);
    setRead(false);
    setProblem(null);
  }

  function read(event: FormEvent) {
    event.preventDefault();
    setProblem(missing);
    setRead(missing === null);
  }

  async function sign() {
    setBusy(true);
    setProblem(null);
    const answer = await decideWithKey({
      ...seen,
      step: 'proposed',
      decision: draft.decision,
      grounds: refuses(draft) ? draft.grounds : [],
      earlier: needsEarlier(draft) ? numbersOf(draft.earlier) : [],
      package: madeFor(draft, made).package ?? '',
      plan: madeFor(draft, made).plan ?? '',
      ...(namesStops(asked, draft) && { stops: draft.stops }),
      reasons: draft.reasons,
    }).catch(() => null);
    if (answer?.ok)
      return refresh(() => {
        setBusy(false);
        close();
      });
    setBusy(false);
    setProblem(answer ? answer.refusal.sentence : noAnswer);
  }

  return (
    <>
      <Button tone={tone} size={size} onClick={begin}>
        Propose the decision
      </Button>
      <Dialog open={isOpen} onClose={close} title="Propose the decision">
        <form noValidate className="space-y-4" onSubmit={read}>
          {isRead ? (
            <Signed asked={asked} draft={draft} made={madeFor(draft, made)} />
          ) : (
            <DraftFields asked={asked} draft={draft} onChange={setDraft} />
          )}
          {problem !== null && (
            <Notice tone="caution" title="Not proposed." announce="assertive">
              {problem}
            </Notice>
          )}
          <div className="flex justify-end gap-2">
            {isRead ? (
              <>
                <Button onClick={() => setRead(false)}>Change it</Button>
                <Button
                  tone="primary"
                  pending={isBusy}
                  pendingLabel="Waiting for your key"
                  onClick={() => void sign()}
                >
                  Propose with key
                </Button>
              </>
            ) : (
              // A button of its own: as the one that says “Change it” it would send the form by the same press.
              <Button key="read" type="submit" tone="primary">
                Read what you sign
              </Button>
            )}
          </div>
        </form>
      </Dialog>
    </>
  );
}

function emptyDraft({ mustRefuse, person }: Asked): Draft {
  return {
    decision: mustRefuse || person === null ? 'refuse' : '',
    grounds: person === null ? ['not-identified'] : [],
    earlier: '',
    stops: [],
    reasons: '',
  };
}

/** A refusal sends no package and does nothing. */
const madeFor = ({ decision }: Draft, made: Made): Made =>
  decision === 'grant' || decision === 'grant-in-part' ? made : { package: null, plan: null };

const refuses = ({ decision }: Draft): boolean => decision !== '' && isRefusing(decision);
const needsEarlier = (draft: Draft): boolean => refuses(draft) && draft.grounds.some(isRepeated);

const namesStops = ({ right, purposes }: Asked, draft: Draft): boolean =>
  right === 'objection' && purposes.length > 0 && keepsSome(draft);

function missingOf(draft: Draft, asked: Asked): string | null {
  if (draft.decision === '') return 'Say what is decided.';
  if (refuses(draft) && draft.grounds.length === 0)
    return 'A refusal names the articles that it rests on.';
  if (needsEarlier(draft) && numbersOf(draft.earlier).length === 0)
    return 'To refuse as excessive, name the earlier requests that it repeats.';
  if (namesStops(asked, draft) && draft.stops.length === asked.purposes.length)
    return 'Leave out at least one purpose that is kept, or grant it whole.';
  return draft.reasons.trim().length < 10 ? 'Write the reasons in a sentence or more.' : null;
}

function DraftFields({
  asked,
  draft,
  onChange,
}: {
  asked: Asked;
  draft: Draft;
  onChange: (draft: Draft) => void;
}) {
  const { grounds, mustRefuse, earlier, person, purposes } = asked;
  const isAboutNobody = person === null;
  const mayDecide = (decision: Decision): boolean => {
    if (decision === 'refuse') return true;
    return !mustRefuse && isAboutNobody === (decision === 'nothing-held');
  };
  return (
    <>
      <SelectField
        label="Decision"
        placeholder="Choose the decision"
        value={draft.decision}
        hint={
          mustRefuse
            ? 'Nobody is identified without doubt or with authority, so it can only be refused.'
            : isAboutNobody
              ? 'That nothing is held is said where name and address find nobody in the vault.'
              : undefined
        }
        onChange={(event) => onChange({ ...draft, decision: event.target.value as Decision })}
        options={Object.entries(decisions).map(([value, label]) => ({
          value,
          label,
          disabled: !mayDecide(value as Decision),
        }))}
      />
      {refuses(draft) && (
        <CheckGroup
          label="Grounds of the refusal"
          options={grounds.map((value) => ({ value, label: groundWords(value) }))}
          values={draft.grounds}
          onChange={(chosen) => onChange({ ...draft, grounds: chosen })}
        />
      )}
      {namesStops(asked, draft) && (
        <CheckGroup
          label="Purposes that stop"
          hint="The others are kept on the grounds above; at least one of them."
          options={purposes.map(({ key, label }) => ({ value: key, label }))}
          values={draft.stops}
          onChange={(chosen) => onChange({ ...draft, stops: chosen })}
        />
      )}
      {needsEarlier(draft) && (
        <TextField
          label="Earlier requests of the same person"
          look="mono"
          value={draft.earlier}
          maxLength={900}
          hint={
            earlier.length === 0
              ? 'Their numbers. The burden of proof is ours (Art 12(5)).'
              : `Such as ${earlier.join(', ')}. The burden of proof is ours (Art 12(5)).`
          }
          onChange={(event) => onChange({ ...draft, earlier: event.target.value })}
        />
      )}
      <TextAreaField
        label="Reasons"
        value={draft.reasons}
        rows={5}
        maxLength={8000}
        hint="They are sealed; what you sign names their digest."
        onChange={(event) => onChange({ ...draft, reasons: event.target.value })}
      />
    </>
  );
}

/** The statement in words, before the key is pressed: the browser’s own prompt names only the site. */
function Signed({ asked, draft, made }: { asked: Asked; draft: Draft; made: Made }) {
  const { number, right, person, purposes } = asked;
  const { decision, grounds, earlier, stops, reasons } = draft;
  if (decision === '') return null;
  return (
    <>
      <p>
        You sign this, with a digest of all that is on record about the request. Another person
        approves it.
      </p>
      <DescriptionList
        look="compact"
        items={[
          { term: 'Request', detail: `${number}, ${rights[right].name.toLowerCase()}` },
          { term: 'About', detail: person ?? 'Nobody identified' },
          { term: 'Decision', detail: <strong>{decisions[decision]}</strong> },
          ...(refuses(draft)
            ? [{ term: 'Grounds', detail: grounds.map(groundWords).join('; ') }]
            : []),
          ...(namesStops(asked, draft)
            ? [
                { term: 'Stops', detail: labelsOf(purposes, stops) },
                { term: 'Kept', detail: labelsOf(purposes, keptBeside(purposes, stops)) },
              ]
            : []),
          ...(needsEarlier(draft)
            ? [{ term: 'Earlier ones', detail: numbersOf(earlier).join(', ') }]
            : []),
          ...(made.package === null ? [] : [{ term: 'Package', detail: made.package }]),
          ...(made.plan === null ? [] : [{ term: 'Plan', detail: made.plan }]),
          {
            term: 'Reasons',
            detail: <bdi className="wrap-anywhere whitespace-pre-wrap">{reasons}</bdi>,
          },
        ]}
      />
    </>
  );
}
