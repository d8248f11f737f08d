import type { ComponentProps, ReactNode } from 'react';
import { buttonLook, type ButtonSize, type ButtonTone } from './button-look.ts';

export type ButtonProps = Omit<ComponentProps<'button'>, 'type'> & {
  type?: 'button' | 'submit';
  tone?: ButtonTone;
  size?: ButtonSize;
  /** The action runs: the button stays focusable, says so, and does nothing when pressed again. */
  pending?: boolean;
  /** Words while it runs, such as "Waiting for your key". */
  pendingLabel?: ReactNode;
};

/** A button. While `pending` it keeps the focus, which a disabled button would lose. */
export function Button({
  tone = 'secondary',
  size = 'regular',
  pending = false,
  pendingLabel,
  className,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type === 'submit' && !pending ? 'submit' : 'button'}
      onClick={pending ? undefined : onClick}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      className={buttonLook(tone, size, className)}
    >
      {pending ? (pendingLabel ?? children) : children}
    </button>
  );
}
