import type { ComponentProps, ReactNode } from 'react';
import { buttonLook, type ButtonSize, type ButtonTone } from './button-look.ts';

export type ButtonProps = Omit<ComponentProps<'button'>, 'type'> & {
  type?: 'button' | 'submit';
  tone?: ButtonTone;
  size?: ButtonSize;
  /** The action runs: the button stays focusable, says so, and does nothing when pressed again. */
  pending?: boolean;
  /** Off for a reason it is described by: stays focusable, so that the reason is heard, and does nothing. */
  refused?: boolean;
  /** Words while it runs, such as "Waiting for your key". */
  pendingLabel?: ReactNode;
};

/** A button. While `pending` it keeps the focus, which a disabled button would lose. */
export function Button({
  tone = 'secondary',
  size = 'regular',
  pending = false,
  refused = false,
  pendingLabel,
  className,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const isOff = pending || refused;
  return (
    <button
      {...rest}
      type={type === 'submit' && !isOff ? 'submit' : 'button'}
      onClick={isOff ? undefined : onClick}
      aria-disabled={isOff || undefined}
      aria-busy={pending || undefined}
      className={buttonLook(tone, size, className)}
    >
      {pending ? (pendingLabel ?? children) : children}
    </button>
  );
}
