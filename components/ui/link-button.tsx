import Link from 'next/link';
import type { ComponentProps } from 'react';
import { buttonLook, type ButtonSize, type ButtonTone } from './button-look.ts';

export type LinkButtonProps = ComponentProps<typeof Link> & {
  tone?: ButtonTone;
  size?: ButtonSize;
};

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({
  tone = 'secondary',
  size = 'regular',
  className,
  ...rest
}: LinkButtonProps) {
  return <Link prefetch={false} {...rest} className={buttonLook(tone, size, className)} />;
}
