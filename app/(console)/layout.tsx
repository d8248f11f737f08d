import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { OutflowAlarms } from '#components/custody/outflow-alarms.tsx';
import { AppFrame } from '#components/frame/app-frame.tsx';
import type { Area, AreaGroup } from '#components/frame/areas.ts';
import { ThemeForm } from '#components/frame/theme-form.tsx';
import { seatText } from '#components/identity/people-words.ts';
import { LiveQueries } from '#components/live/live-queries.tsx';
import { QueryProvider } from '#components/live/query-provider.tsx';
import { SessionWatch } from '#components/live/session-watch.tsx';
import { WaitingCount } from '#components/operations/waiting-count.tsx';
import { SubmitButton } from '#components/ui/submit-button.tsx';
import { chooseThemeAction, signOutAction } from '#lib/identity/actions.ts';
import { requireActor } from '#lib/identity/current-actor.ts';
import type { Scope } from '#lib/identity/roles.ts';
import { parseTheme, THEME_COOKIE } from '#lib/platform/theme.ts';
import { viewHomePath } from '#lib/identity/view-home-path.ts';
import { viewOutflowAlarm } from '#lib/operations/list-outflows.ts';
import { viewWaiting } from '#lib/operations/view-queue.ts';
import { webContext } from '#lib/platform/web-context.ts';

/** `needs` names scopes of which any one opens it. */
type Asked = Area & { needs?: Scope | readonly Scope[] };
type AskedGroup = Omit<AreaGroup, 'areas'> & { areas: readonly Asked[] };

/** The areas as a person has them: what their role would be refused is not offered. */
const areasFor = (waiting: number, scopes: ReadonlySet<Scope>): AreaGroup[] =>
  everyArea(waiting).map((group) => ({
    ...group,
    areas: group.areas.map(({ needs, ...area }) => ({
      ...area,
      isRefused: needs !== undefined && ![needs].flat().some((scope) => scopes.has(scope)),
    })),
  }));

const everyArea = (waiting: number): AskedGroup[] => [
  {
    areas: [
      { label: 'Queue', href: '/queue', badge: <WaitingCount initial={{ waiting }} /> },
      { label: 'Operations', href: '/operations' },
    ],
  },
  {
    heading: 'Custody',
    areas: [
      {
        label: 'Raise',
        href: '/raise',
        also: ['/vaults/transfer', '/vaults/new', '/destinations/new'],
        needs: 'operation:raise',
      },
      { label: 'Vaults', href: '/vaults', needs: 'vault:read' },
      { label: 'Keys', href: '/keys', needs: 'vault:read' },
      { label: 'Cold vault', href: '/cold' },
      { label: 'Destinations', href: '/destinations' },
      { label: 'Ledger', href: '/ledger', needs: 'ledger:read' },
      { label: 'Statements', href: '/statements', needs: 'ledger:read' },
      { label: 'Reconciliation', href: '/reconciliation', needs: 'reconciliation:read' },
      { label: 'Proofs', href: '/proofs', needs: 'ledger:read' },
      { label: 'Clients', href: '/clients', needs: 'client:read' },
      { label: 'Policy', href: '/policy' },
    ],
  },
  {
    heading: 'Safety',
    areas: [
      { label: 'Freeze', href: '/freeze' },
      { label: 'Parties', href: '/parties' },
    ],
  },
  {
    heading: 'Resilience',
    areas: [
      { label: 'Incidents', href: '/incidents', needs: 'incident:read' },
      { label: 'Resilience', href: '/resilience', needs: 'resilience:read' },
      { label: 'Board', href: '/resilience/board', needs: 'resilience:read' },
    ],
  },
  {
    heading: 'Data protection',
    areas: [
      { label: 'Home', href: '/privacy', needs: ['privacy:read', 'privacy:approve'] },
      { label: 'Requests', href: '/privacy/requests', needs: ['privacy:read', 'privacy:approve'] },
      { label: 'Breaches', href: '/privacy/breaches', needs: ['privacy:read', 'privacy:approve'] },
      { label: 'People’s data', href: '/privacy/people', needs: 'person:view' },
      {
        label: 'Retention',
        href: '/privacy/retention',
        needs: ['privacy:read', 'privacy:approve'],
      },
      {
        label: 'Registers',
        href: '/privacy/registers',
        needs: ['privacy:read', 'resilience:read'],
      },
    ],
  },
  {
    heading: 'People',
    areas: [
      { label: 'Operators', href: '/operators' },
      { label: 'Genesis', href: '/genesis' },
      { label: 'Your account', href: '/account' },
    ],
  },
];

/** The frame around every page of a signed-in person. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const context = webContext();
  const { mode, organisation } = context.settings;
  const [home, waiting, alarms, jar] = await Promise.all([
    viewHomePath(context),
    viewWaiting(actor, context),
    viewOutflowAlarm(actor, context),
    cookies(),
  ]);
  return (
    <QueryProvider>
      <LiveQueries />
      <AppFrame
        mode={mode}
        organisation={organisation}
        areas={areasFor(waiting.ok ? waiting.value.waiting : 0, actor.scopes)}
        home={home}
        person={{ name: actor.displayName, role: seatText(actor) }}
        serverNow={context.clock().toISOString()}
        signOut={
          <form action={signOutAction}>
            <SubmitButton tone="quiet" size="small">
              Sign out
            </SubmitButton>
          </form>
        }
        railFoot={
          <ThemeForm
            current={parseTheme(jar.get(THEME_COOKIE)?.value)}
            action={chooseThemeAction}
          />
        }
      >
        <SessionWatch />
        {alarms.ok && <OutflowAlarms initial={alarms.value} />}
        {children}
      </AppFrame>
    </QueryProvider>
  );
}
