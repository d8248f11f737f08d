import { absoluteHours, idleMinutes } from '#lib/identity/session-limits.ts';
import { Notice } from '../ui/notice.tsx';

/** Why somebody stands before the sign-in page. */
export function SignInNote({ note }: { note: 'signed-out' | 'ended' | 'failed' }) {
  if (note === 'signed-out')
    return <Notice title="You are signed out.">Your session is ended on the server too.</Notice>;
  if (note === 'ended')
    return (
      <Notice title="Your session has ended.">
        A session ends {idleMinutes} minutes after its last use, {absoluteHours} hours after signing
        in, or when you, a colleague or the roster end it. What was recorded before stands.
      </Notice>
    );
  return (
    <Notice tone="caution" title="Signing in did not work.">
      Nothing was opened. Try again.
    </Notice>
  );
}
