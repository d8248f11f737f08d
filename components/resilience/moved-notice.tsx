import type { Kind } from '#lib/resilience/records/kinds.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';
import { recordPath } from './kind-address.ts';

export type SavedVersion = {
  version: number;
  by: string;
  at: string;
  /** What it changed, in words. */
  changed: readonly string[];
};

/** Somebody saved while this form was open: who, when and what, and the choice to save over it. */
export function MovedNotice({
  kind,
  record: { id, version, versions },
  seen,
  isBusy,
  saveOver,
}: {
  kind: Kind;
  record: { id: string; version: number; versions: readonly SavedVersion[] };
  seen: number;
  isBusy: boolean;
  saveOver: () => void;
}) {
  const since = versions.filter((one) => one.version > seen);
  return (
    <Notice
      tone="caution"
      title="Not saved: somebody changed it in the meantime."
      announce="assertive"
      action={
        since.length > 0 && (
          <Button onClick={saveOver} pending={isBusy} pendingLabel="Saving">
            Save mine over version {version}
          </Button>
        )
      }
    >
      What you typed is kept.
      {since.map((one) => (
        <span key={one.version} className="mt-1 block">
          Version {one.version} by <bdi>{one.by}</bdi>, <Time instant={one.at} style="minute" />:{' '}
          {one.changed.join(', ')}.
        </span>
      ))}
      <a
        href={recordPath(kind, id)}
        target="_blank"
        rel="noreferrer"
        className="mt-1 block text-accent underline underline-offset-3"
      >
        Read it as it stands, in a new tab
      </a>
    </Notice>
  );
}
