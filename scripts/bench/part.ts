import type { Row } from './row.ts';

/** What a part gets to report with; everything goes to stderr, so that stdout stays for the result. */
export type Report = (line: string) => void;

/** A part fails with a sentence and still keeps the rows it has. */
export type PartResult = {
  rows: Row[];
  failures: string[];
  /** Figures under names of their own in the JSON object, for programs that look for them there. */
  figures?: Readonly<Record<string, unknown>>;
};

export type Part = {
  name: string;
  title: string;
  /** Cleans up after itself, also when it is aborted. */
  run: (report: Report, signal: AbortSignal) => Promise<PartResult>;
};
