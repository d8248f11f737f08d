import { LinkButton } from '../../ui/link-button.tsx';
import { newCorrectionPath } from './correction-words.ts';

/** Leads to a correction of one journal, with its reversal to start from. */
export function CorrectJournalButton({ journal }: { journal: string }) {
  return <LinkButton href={newCorrectionPath({ journal })}>Correct this journal</LinkButton>;
}

/**
 * Leads to attributing what came in on a suspense account, or to making good what is missing; nothing for any
 * other account.
 * @param balance exact decimal text.
 */
export function AttributeButton({ account, balance }: { account: string; balance: string }) {
  if (account.startsWith('missing/') && /[1-9]/.test(balance))
    return <LinkButton href={newCorrectionPath({ account })}>Make good or explain</LinkButton>;
  if (!account.startsWith('suspense/')) return null;
  return <LinkButton href={newCorrectionPath({ account })}>Attribute to a client</LinkButton>;
}
