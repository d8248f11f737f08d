/** Primary is the one main action of a page; there is at most one. */
export type ButtonTone = 'primary' | 'secondary' | 'danger' | 'quiet';
export type ButtonSize = 'small' | 'regular' | 'large';

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap ' +
  'transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-60';

const TONES: Record<ButtonTone, string> = {
  primary:
    'border-accent bg-accent text-on-accent not-disabled:not-aria-disabled:hover:border-accent-hover not-disabled:not-aria-disabled:hover:bg-accent-hover',
  secondary:
    'border-line-strong bg-surface text-text not-disabled:not-aria-disabled:hover:bg-hover',
  danger:
    'border-danger-line bg-surface text-danger not-disabled:not-aria-disabled:hover:bg-danger-ground',
  quiet:
    'border-transparent text-text-quiet not-disabled:not-aria-disabled:hover:bg-hover not-disabled:not-aria-disabled:hover:text-text',
};

const SIZES: Record<ButtonSize, string> = {
  small: 'h-7 px-2.5 text-sm',
  regular: 'h-9 px-4',
  large: 'h-12 px-6 text-md',
};

/** Classes of what looks like a button, be it a button or a link. */
export function buttonLook(tone: ButtonTone, size: ButtonSize, more = ''): string {
  return `${BASE} ${SIZES[size]} ${TONES[tone]} ${more}`;
}
