import type { Metadata } from 'next';
import { AccountScreen } from '#components/identity/account-screen.tsx';
import { requireActor } from '#lib/identity/current-actor.ts';
import { viewAccount } from '#lib/identity/view-account.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  return <AccountScreen account={await viewAccount(await requireActor(), webContext())} />;
}
