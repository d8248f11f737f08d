/** A case as it is read: what was opened, each step, and the newest version of each text. Pure. */
import type { TextKind } from './texts.ts';

export type CaseText = {
  seq: number;
  kind: string;
  version: number;
  /** Null once erased. */
  text: string | null;
};

export type CaseStep = {
  seq: number;
  step: string;
  /** Person id. */
  actor: string;
  /** ISO instant. */
  at: string;
  facts: unknown;
};

export type Case = {
  id: string;
  number: string;
  client: string | null;
  openedBy: string;
  openedAt: string;
  facts: unknown;
  steps: CaseStep[];
  /** Newest versions only. */
  texts: CaseText[];
};

/** What stands in place of a text that was erased. */
export const erasedText = '(erased)';

/** The newest version of a text; null where none was written, and the word for it where it was erased. */
export function textOf({ texts }: Pick<Case, 'texts'>, kind: TextKind, seq = 0): string | null {
  const found = texts.find((text) => text.seq === seq && text.kind === kind);
  return found ? (found.text ?? erasedText) : null;
}

/** The last step of a name; null when it was never taken. */
export const lastStep = ({ steps }: Pick<Case, 'steps'>, name: string): CaseStep | null =>
  steps.findLast(({ step }) => step === name) ?? null;
