'use client';

import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button } from './button.tsx';

export type DialogProps = {
  open: boolean;
  /** Called on Escape and on the close button. */
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons at the foot; the one that goes on stands last. */
  actions?: ReactNode;
};

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest inert, closes on Escape
 * and gives the focus back. Nothing is approved in one: an approval has a page of its own.
 */
export function Dialog({ open, onClose, title, children, actions }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog || dialog.open === open) return;
    if (open) dialog.showModal();
    else dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      // As wide as a field and the space around it, so that fields and buttons end on one line.
      className="m-auto w-[min(30.625rem,calc(100vw-2rem))] rounded-md border border-line bg-surface p-0 text-text shadow-float"
    >
      {open && (
        <div className="p-5">
          <div className="mb-3 flex items-start justify-between gap-4">
            <h2 id={titleId} className="text-md">
              {title}
            </h2>
            <Button tone="quiet" size="small" onClick={onClose}>
              Close
            </Button>
          </div>
          {children}
          {actions && <div className="mt-5 flex flex-wrap justify-end gap-2">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
