'use client';

import {
  endPersonSessionsAction,
  stopKeyAction,
  suspendOperatorAction,
} from '#lib/identity/actions.ts';
import { StopButton } from './stop-dialog.tsx';

/** Ends the use of one key. */
export function StopKey({
  name,
  credential,
  label,
  isLast,
}: {
  name: string;
  credential: string;
  label: string;
  /** Whether it takes the last administrator away. */
  isLast: boolean;
}) {
  return (
    <StopButton
      act="key"
      name={name}
      keyLabel={label}
      takesLastAdministrator={isLast}
      ask={(reason) => stopKeyAction({ credential, reason, lastAdministrator: isLast })}
    />
  );
}

/** Ends everything a person can do here. */
export function SuspendPerson({
  operator,
  name,
  isLast,
}: {
  operator: string;
  name: string;
  isLast: boolean;
}) {
  return (
    <StopButton
      act="person"
      name={name}
      takesLastAdministrator={isLast}
      ask={(reason) => suspendOperatorAction({ operator, reason, lastAdministrator: isLast })}
    />
  );
}

/** Signs a person out everywhere. */
export function EndSessions({ operator, name }: { operator: string; name: string }) {
  return (
    <StopButton
      act="sessions"
      name={name}
      ask={(reason) => endPersonSessionsAction({ operator, reason })}
    />
  );
}
