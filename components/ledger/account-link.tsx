import { TextLink } from '../ui/text-link.tsx';
import { accountPath, fullAccountName } from './ledger-words.ts';

/** An account as people call it, leading to its page. */
export function AccountLink({ account, vaultName }: { account: string; vaultName: string | null }) {
  return (
    <TextLink look="plain" href={accountPath(account)}>
      <bdi>{fullAccountName(account, vaultName)}</bdi>
    </TextLink>
  );
}
