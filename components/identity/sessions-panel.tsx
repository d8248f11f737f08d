'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { endOtherSessionsAction, endSessionAction } from '#lib/identity/actions.ts';
import type { SessionView } from '#lib/identity/view-account.ts';
import { Button } from '../ui/button.tsx';
import { noAnswer } from '../ui/key-problem.ts';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';

type Ended = Awaited<ReturnType<typeof endSessionAction>>;

/** The person's open sessions, each of which they can end from here. */
export function SessionsPanel({ sessions }: { sessions: readonly SessionView[] }) {
  const router = useRouter();
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const others = sessions.filter(({ isThis }) => !isThis);

  async function end(which: string, ask: () => Promise<Ended>) {
    setBusy(which);
    setSaid(null);
    const answer = await ask().catch(() => null);
    setBusy(null);
    if (!answer) return setSaid(noAnswer);
    setSaid(answer.ok ? endedSentence(answer.value.ended) : answer.refusal.sentence);
    router.refresh();
  }

  return (
    <div className="space-y-3">
      <Panel label="Your open sessions">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            pending={busy === session.id}
            onEnd={() => void end(session.id, () => endSessionAction({ session: session.id }))}
          />
        ))}
      </Panel>
      <div className="flex flex-wrap items-center gap-3">
        {others.length > 1 && (
          <Button
            pending={busy === 'others'}
            pendingLabel="Ending"
            onClick={() => void end('others', endOtherSessionsAction)}
          >
            End all others
          </Button>
        )}
        <p role="status" className="text-text-quiet">
          {said}
        </p>
      </div>
    </div>
  );
}

const endedSentence = (count: number): string =>
  count === 1 ? 'One session is ended.' : `${count} sessions are ended.`;

function SessionRow({
  session,
  pending,
  onEnd,
}: {
  session: SessionView;
  pending: boolean;
  onEnd: () => void;
}) {
  const { isThis, keyLabel, openedAt, lastSeenAt, endsAt } = session;
  return (
    <PanelRow
      title={`Opened with “${keyLabel}”`}
      aside={
        isThis ? (
          <StatusMark shape="dot" tone="neutral">
            This session
          </StatusMark>
        ) : (
          <Button size="small" pending={pending} pendingLabel="Ending" onClick={onEnd}>
            End this session
          </Button>
        )
      }
    >
      Opened <Time instant={openedAt} style="minute" />, last used{' '}
      <Time instant={lastSeenAt} style="minute" />, ends <Time instant={endsAt} style="minute" /> at
      the latest
    </PanelRow>
  );
}
