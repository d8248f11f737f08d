'use client';

import { useRef, useState } from 'react';
import { prepareDecisionAction, prepareRetryAction } from '#lib/operations/actions.ts';
import { decisionPast } from '#lib/operations/decision-words.ts';
import type { ActionView, OperationView } from '#lib/operations/view-operation.ts';
import { Button } from '../ui/button.tsx';
import { Footing } from '../ui/description-list.tsx';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';
import { actingText } from './acting-text.ts';
import { describeChange } from './operation-change.ts';
import { decisionId } from './look-below.tsx';
import { ChannelCodeField } from './channel-code-field.tsx';
import { useOperation } from './operation-live.tsx';
import { OutcomeNotice } from './outcome-notice.tsx';
import { RefuseDialog } from './refuse-dialog.tsx';
import { isBusy, pendingLabels, StatementStatus } from './statement-status.tsx';
import { useStatement } from './use-statement.ts';

export type Viewer = { personId: string };

type Yes = 'approve' | 'cosign' | 'retry';

const yesWords: Readonly<Record<Yes, { button: string; action: string; past: string }>> = {
  approve: { button: 'Approve with key', action: 'approve', past: 'You approved it.' },
  cosign: { button: 'Co-sign with key', action: 'co-sign', past: 'You co-signed it.' },
  retry: {
    button: 'Start a new attempt with key',
    action: 'start a new attempt of',
    past: 'You started a new attempt; everybody states afresh.',
  },
};

/** The one yes this person could say, even when it is refused: the refusal then says why. */
function yesFor({ actions, state, viewer: { group } }: OperationView): Yes {
  if (state === 'held') return 'retry';
  if (actions.approve.allowed) return 'approve';
  if (actions.cosign.allowed) return 'cosign';
  if (group === 'control') return 'approve';
  if (group !== null) return 'cosign';
  return state === 'raised' ? 'approve' : 'cosign';
}

/** Yes and no side by side, alike in size; what is refused is off and says why. */
export function DecisionPanel({ viewer }: { viewer: Viewer }) {
  const { live, seen, isStale, readAgain } = useOperation();
  const [done, setDone] = useState<string | null>(null);
  const [refusing, setRefusing] = useState(false);
  const [cutShort, setCutShort] = useState(false);
  const yes = yesFor(live);
  const no = live.raisedBy.id === viewer.personId ? 'cancel' : 'reject';
  const [code, setCode] = useState('');
  const [codeMissing, setCodeMissing] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const maker = useStatement(async () => {
    setDone(yesWords[yes].past);
    setCode('');
    await readAgain();
  });
  const mayRefuse = live.actions[no].allowed;
  const isWaiting = (live.state === 'cosigned' || live.state === 'waiting') && mayRefuse;
  const needsCode = live.secondChannel && yes !== 'retry' && live.actions[yes].allowed;
  const isOpen = ['raised', 'approved', 'held'].includes(live.state) || isWaiting;

  function sayYes() {
    setDone(null);
    const isMissing = needsCode && code.trim() === '';
    setCodeMissing(isMissing);
    if (isMissing) {
      panel.current?.querySelector<HTMLElement>('[name="channel-code"]')?.focus();
      return;
    }
    const { id, revision } = seen;
    void maker.make(() =>
      yes === 'retry'
        ? prepareRetryAction(id)
        : prepareDecisionAction({
            operation: id,
            revision,
            decision: yes,
            ...(needsCode ? { channelCode: code } : {}),
          }),
    );
  }

  return (
    <section
      ref={panel}
      id={decisionId}
      aria-label="Your decision"
      className="screen-only mt-6 space-y-3"
    >
      <div role="status" className="empty:hidden">
        {done !== null && (
          <Notice tone="good" title="Recorded.">
            {done}
          </Notice>
        )}
      </div>
      {cutShort && done === null && (
        <Notice tone="caution" title="The dialog closed." announce="assertive">
          {isOpen ? 'It changed while you wrote.' : `This ${live.noun} is no longer open.`} Your{' '}
          {no === 'cancel' ? 'cancellation' : 'rejection'} is not on record.
        </Notice>
      )}
      {isStale && <StaleNotice changes={describeChange(seen, live)} onRead={readAgain} />}
      {((isOpen && live.stop) || isWaiting) && <OutcomeNotice view={live} />}
      {isOpen ? (
        <>
          {needsCode && (
            <ChannelCodeField
              value={code}
              error={codeMissing ? 'Type the code that the party shows you.' : null}
              onChange={(typed) => {
                setCode(typed);
                setCodeMissing(false);
              }}
            />
          )}
          <div className="grid gap-3 medium:grid-cols-2">
            {/* Everybody has said yes by then: what is left to say is no. */}
            {!isWaiting && (
              <Choice
                id="yes"
                tone="primary"
                words={yesWords[yes].button}
                action={live.digestHolds ? live.actions[yes] : digestRefusal}
                isOff={isStale}
                pending={isBusy(maker.phase)}
                pendingLabel={pendingLabels[maker.phase]}
                onClick={sayYes}
              />
            )}
            <Choice
              id="no"
              tone="secondary"
              words={no === 'cancel' ? 'Cancel it' : 'Reject'}
              action={live.actions[no]}
              isOff={isStale || isBusy(maker.phase)}
              onClick={() => {
                setCutShort(false);
                setRefusing(true);
              }}
            />
          </div>
          <StatementStatus maker={maker} action={`${yesWords[yes].action} ${live.number}`} />
          <YesFooting view={live} yes={yes} />
        </>
      ) : (
        <OutcomeNotice view={live} />
      )}
      <RefuseDialog
        open={refusing && !isStale && mayRefuse}
        decision={no}
        onClose={() => {
          setRefusing(false);
          setCutShort(isStale || !mayRefuse);
        }}
        onDone={async () => {
          setRefusing(false);
          setDone(`You ${decisionPast[no]} it.`);
          await readAgain();
        }}
      />
    </section>
  );
}

const digestRefusal: ActionView = {
  allowed: false,
  sentence: 'The digest does not fit what is on record, so nothing can be stated.',
};

function StaleNotice({ changes, onRead }: { changes: string[]; onRead: () => Promise<void> }) {
  return (
    <Notice
      tone="caution"
      title="It changed while you had it open."
      announce="assertive"
      more="The buttons are off until you have read it again."
      action={<Button onClick={() => void onRead()}>Read it again</Button>}
    >
      {changes.join(' ')}
    </Notice>
  );
}

function Choice({
  id,
  tone,
  words,
  action,
  isOff,
  onClick,
  pending = false,
  pendingLabel,
}: {
  id: string;
  tone: 'primary' | 'secondary';
  words: string;
  action: ActionView;
  isOff: boolean;
  onClick: () => void;
  pending?: boolean;
  pendingLabel?: string | undefined;
}) {
  const why = action.allowed ? null : action.sentence;
  return (
    <div>
      <Button
        tone={tone}
        size="large"
        className="w-full"
        disabled={isOff && action.allowed}
        // A refused button stays within the keyboard's reach, because its reason is read there.
        refused={!action.allowed}
        aria-describedby={why === null ? undefined : `why-not-${id}`}
        pending={pending}
        pendingLabel={pendingLabel}
        onClick={onClick}
      >
        {words}
      </Button>
      {why !== null && (
        <p id={`why-not-${id}`} className="mt-1.5 text-sm text-text-quiet">
          {why}
        </p>
      )}
    </div>
  );
}

/** What a yes sets in motion, and its limit. */
function YesFooting({ view, yes }: { view: OperationView; yes: Yes }) {
  if (!view.actions[yes].allowed) return null;
  const until = (
    <>
      until <Time instant={view.expiresAt} style="minute" />. It cannot be used for anything else.
    </>
  );
  return (
    <Footing>
      {yes !== 'retry' && view.viewer.standsInFor && <>You state {actingText(view.viewer)}. </>}
      {yes === 'approve' && <>Approving counts for this intent only, {until}</>}
      {yes === 'cosign' && <>Co-signing counts for this intent only, {until}</>}
      {yes === 'retry' &&
        'The intent stays the same. Every statement is made afresh, and a transaction of an earlier attempt can never count beside a new one.'}
    </Footing>
  );
}
