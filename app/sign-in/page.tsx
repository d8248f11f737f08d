import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SandboxHints } from '#components/identity/sandbox-hints.tsx';
import { SignIn } from '#components/identity/sign-in.tsx';
import { SignInNote } from '#components/identity/sign-in-note.tsx';
import { PlainFrame } from '#components/frame/plain-frame.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { hasSessionCookie, watchingActor } from '#lib/identity/current-actor.ts';
import { viewHomePath } from '#lib/identity/view-home-path.ts';
import { hasColleagues } from '#lib/operations/view-colleagues.ts';
import { webContext } from '#lib/platform/web-context.ts';

export const metadata: Metadata = { title: 'Sign in' };

type Asked = Readonly<Record<string, string | string[] | undefined>>;

async function noteFor(asked: Asked) {
  if ('signed-out' in asked) return 'signed-out';
  if ('error' in asked) return 'failed';
  return (await hasSessionCookie()) ? 'ended' : null;
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const context = webContext();
  const asked = await searchParams;
  const [actor, next] = await Promise.all([watchingActor(), viewHomePath(context, asked['next'])]);
  if (actor) redirect(next);
  const note = await noteFor(asked);
  const { mode, organisation } = context.settings;
  return (
    <PlainFrame mode={mode} organisation={organisation}>
      <PageHeader
        title="Sign in"
        state="With the security key or passkey you enrolled. There are no passwords here, and nobody can let you in by telephone or mail."
      />
      <div className="space-y-6">
        {note && <SignInNote note={note} />}
        <SignIn next={next} />
        <p className="text-sm text-text-quiet">
          Invited and not enrolled yet: open the link you were given. A lost or stolen key: tell any
          officer or administrator, who can end its use in the console at once. The parties count it
          until a roster change takes it out.
        </p>
        {mode === 'sandbox' && <SandboxHints hasColleagues={hasColleagues()} />}
      </div>
    </PlainFrame>
  );
}
