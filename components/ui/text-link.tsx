import Link from 'next/link';
import type { ComponentProps } from 'react';

export type TextLinkProps = ComponentProps<typeof Link> & {
  /** `plain` is for the first column of a table and for navigation, where place says it is a link. */
  look?: 'accent' | 'plain';
};

/** A link inside text. Nothing is fetched ahead: each page reads live data under its own check. */
export function TextLink({ look = 'accent', className = '', ...rest }: TextLinkProps) {
  const tone =
    look === 'accent'
      ? 'text-accent underline decoration-line-strong underline-offset-3 hover:decoration-current'
      : 'text-text decoration-line-strong underline-offset-3 hover:underline';
  return <Link prefetch={false} {...rest} className={`rounded-sm ${tone} ${className}`} />;
}
