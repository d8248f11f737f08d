import { absoluteHours, idleMinutes } from '#lib/identity/session-limits.ts';
import type { AccountView } from '#lib/identity/view-account.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { KeyPanel } from './key-facts.tsx';
import { seatText } from './people-words.ts';
import { SessionsPanel } from './sessions-panel.tsx';

/** What the console knows of the person who looks: keys and open sessions. */
export function AccountScreen({ account }: { account: AccountView }) {
  return (
    <div className="max-w-prose">
      <LiveRefresh topics={['operators']} />
      <PageHeader
        title="Your account"
        state={
          <>
            <bdi>{account.displayName}</bdi>: {seatText(account)}.{' '}
            <TextLink href={`/operators/${account.id}`}>As colleagues see you</TextLink>
          </>
        }
      />
      <div className="space-y-8">
        <section>
          <SectionHeading>Your keys</SectionHeading>
          <KeyPanel keys={account.keys} label="Your keys" />
          <p className="mt-2 prose-line text-sm text-text-quiet">
            If a key is lost or in other hands, tell an administrator or any officer at once. A new
            key comes into the roster only when colleagues admit it.
          </p>
        </section>
        <section>
          <SectionHeading>Your open sessions</SectionHeading>
          <SessionsPanel sessions={account.sessions} />
          <p className="mt-2 prose-line text-sm text-text-quiet">
            A session ends {idleMinutes} minutes after its last use and {absoluteHours} hours after
            signing in, whichever comes first.
          </p>
        </section>
      </div>
    </div>
  );
}
