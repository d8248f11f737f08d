'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { RowKeys } from '../ui/row-keys.tsx';

const STORED = 'row-keys';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

function turn(on: boolean) {
  try {
    localStorage.setItem(STORED, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing keeps them on.
  }
  for (const listener of listeners) listener();
}

/** What the single-letter keys do in the table above, and the way to switch them off. */
export function KeysSwitch() {
  const on = useSyncExternalStore(subscribe, isOn, () => true);
  return (
    <span className="hidden flex-wrap items-center gap-x-3 gap-y-1 wide:flex">
      {on && (
        <>
          <RowKeys anywhere />
          <span className="flex items-center gap-1">
            <Kbd>J</Kbd>
            <Kbd>K</Kbd> move
          </span>
          <span className="flex items-center gap-1">
            <Kbd>Enter</Kbd> open
          </span>
        </>
      )}
      <span>keyboard keys never approve</span>
      <Button tone="quiet" size="small" onClick={() => turn(!on)}>
        {on ? 'Turn keys off' : 'Turn keys J and K on'}
      </Button>
    </span>
  );
}
