/** Meaning of a colour. Amber: someone must look. Red: money or a deadline is at risk. Green: proven. */
export type Tone = 'neutral' | 'quiet' | 'accent' | 'caution' | 'danger' | 'good';

/** Class of a text, and of any shape that draws in `currentColor`, in that tone. */
export const TONE_TEXT: Record<Tone, string> = {
  neutral: 'text-text',
  quiet: 'text-text-quiet',
  accent: 'text-accent',
  caution: 'text-caution',
  danger: 'text-danger',
  good: 'text-good',
};
