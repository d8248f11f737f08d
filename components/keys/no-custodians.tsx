import type { KeyView } from '#lib/operations/keys/view-keys.ts';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { withoutCustodians } from './key-words.ts';

/** That no backup can be made, and what who has to do about it where. */
export function NoCustodians({ view }: { view: Pick<KeyView, 'shares'> }) {
  const missing = withoutCustodians(view.shares);
  if (missing === null) return null;
  return (
    <Notice
      tone="caution"
      title={missing}
      action={
        <ol className="list-decimal space-y-1 ps-5">
          <li>
            For each of these parties the people who are to be its custodians meet at the machine
            without a network and make their group with <Code>npm run recover -- group</Code>. It
            leaves a public record.
          </li>
          <li>
            A custody officer or an administrator names each group by its record, as{' '}
            <TextLink href="/operators/roster/change?what=custodians">
              a change of the roster
            </TextLink>
            , which an approver and a co-signer state.
          </li>
          <li>A custody officer then backs the shares up from here.</li>
        </ol>
      }
    >
      The shares of this key can’t be backed up before that is done:
    </Notice>
  );
}
