import type { ReactNode } from 'react';
import type { HeldKeyView, KeyView } from '#lib/identity/key-view.ts';
import { Panel } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { KeyWords } from './key-words.tsx';
import { keyStatus, whomToTell } from './people-words.ts';

/** What kind of key it is, in words. */
export function keyKind({ synced, software }: Pick<KeyView, 'synced' | 'software'>): string {
  if (software) return 'taken in a sandbox only';
  return synced ? 'synced passkey, can be copied between devices' : 'bound to its device';
}

/** A model by name, with the id that the key gave for it. */
export function KeyModel({ model, aaguid }: Pick<KeyView, 'model' | 'aaguid'>) {
  return (
    <>
      {model} <span className="figures-mono [overflow-wrap:anywhere]">{aaguid}</span>
    </>
  );
}

/** One key with everything people tell it by. */
export function KeyFacts({
  view,
  status = true,
  more,
  action,
}: {
  view: KeyView & Partial<Pick<HeldKeyView, 'inRoster'>>;
  /** Whether to say if the key counts. */
  status?: boolean;
  /** Another line, such as where it came into the roster. */
  more?: ReactNode;
  action?: ReactNode;
}) {
  const { shape, tone, words } = keyStatus(view.status, view.inRoster);
  const tell = status ? whomToTell(view.status, view.inRoster ?? false) : null;
  return (
    <div className="px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="font-medium">
          <bdi>{view.label}</bdi>
        </p>
        {status && (
          <StatusMark shape={shape} tone={tone}>
            {words}
          </StatusMark>
        )}
      </div>
      <div className="mt-1">
        <KeyWords words={view.words} />
      </div>
      {tell !== null && <p className="mt-1 text-sm">{tell}</p>}
      <div className="mt-1 space-y-0.5 text-sm text-text-quiet">
        <p>
          <KeyModel model={view.model} aaguid={view.aaguid} />, {keyKind(view)}
        </p>
        <p>
          Registered <Time instant={view.createdAt} style="minute" />
          {view.lastUsedAt !== null && (
            <>
              , last used <Time instant={view.lastUsedAt} style="minute" />
            </>
          )}
        </p>
        {more}
      </div>
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}

/** A person's keys, one below the other. */
export function KeyPanel({
  keys,
  label,
}: {
  keys: readonly (KeyView | HeldKeyView)[];
  label: string;
}) {
  return (
    <Panel label={label}>
      {keys.map((key) => (
        <KeyFacts key={key.id} view={key} />
      ))}
    </Panel>
  );
}
