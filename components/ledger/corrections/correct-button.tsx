import { LinkButton } from '../../ui/link-button.tsx';
import { newCorrectionPath } from './correction-words.ts';

/** Leads to a correction of one journal, with its reversal to start from. */
export function CorrectJournalButton({ journal }: { journal: string }) {
  return <LinkButton href={newCorrectionPath({ journal })}>Correct this journal</LinkButton>;
}

/** Leads to attributing what came in on a suspense account; nothing for any other account. */
export function AttributeButton({ account }: { account: string }) {
  if (!account.startsWith('suspense/')) return null;
  return <LinkButton href={newCorrectionPath({ account })}>Attribute to a client</LinkButton>;
}
