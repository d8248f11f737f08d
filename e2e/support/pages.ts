/** Every page of the console, and how to get to it in a sandbox. */
import type { Page } from '@playwright/test';
import { reviewLookAlike } from './destinations.ts';
import { askForGuestLink } from './invite.ts';
import { drawWithdrawal } from './raise.ts';
import { openSampleDraft, tryDraft } from './policy.ts';
import { fillWithdrawal, reviewWithdrawal } from './withdrawal.ts';

export type Way = {
  name: string;
  /** Leads a page there and waits until it is drawn. */
  go: (page: Page, origin: string) => Promise<void>;
  /** Address for requests without a browser, where one is known beforehand. */
  path?: string;
  /** An address of the same page, with any id: tells which page of the app it is. */
  sample?: string;
};

const heading = (page: Page): Promise<void> =>
  page.getByRole('heading', { level: 1 }).waitFor({ timeout: 20_000 });

const at = (path: string): Way => ({
  name: path,
  path,
  sample: path,
  go: async (page, origin) => {
    await page.goto(`${origin}${path}`);
    await heading(page);
  },
});

const withoutQuery = (path: string): string => path.split('?')[0] ?? path;

/** Where links that begin so lead to; else a record stands below its list. */
const sampleOf = (list: string, link: string): string => {
  const prefix = /href\^="([^"]+)"/u.exec(link)?.[1];
  return `${prefix ?? `${withoutQuery(list)}/`}x`;
};

/**
 * Goes to a list and on through its first link to a record, and to a page below the record.
 * @param sample an address of such a page, where it does not follow from the list or the link.
 */
const through = (name: string, list: string, link: string, below = '', sample?: string): Way => ({
  name,
  sample: sample ?? `${sampleOf(list, link)}${below}`,
  go: async (page, origin) => {
    await page.goto(`${origin}${list}`);
    const href = await page.locator(link).first().getAttribute('href');
    await page.goto(`${origin}${href ?? ''}${below}`);
    await heading(page);
  },
});

/** Pages for somebody who is not signed in. */
export const openPages: readonly Way[] = [
  at('/sign-in'),
  {
    name: '/sign-in with a guest’s link',
    go: async (page, origin) => {
      await askForGuestLink(page, origin, 'officer');
      await page.getByText('No security key at hand').click();
    },
  },
  { ...at('/enrol'), name: '/enrol without a link' },
  at('/privacy-request'),
  {
    name: '/enrol with an unknown link',
    go: async (page, origin) => {
      await page.goto(`${origin}/enrol#${'A'.repeat(43)}`);
      await page.getByText('This enrolment link is not valid.').waitFor();
    },
  },
  {
    name: '/enrol with a new link',
    go: async (page, origin) => {
      const { link } = await askForGuestLink(page, origin, 'approver');
      await page.goto(link);
      await page.getByRole('heading', { level: 1, name: /^Enrol as / }).waitFor();
    },
  },
];

const OPEN_ROW = 'tbody tr:has-text("One approver") th a';
const FINAL_ROW = 'tbody tr:has-text("Confirmed") th a';

/** Pages for somebody who is signed in. */
export const signedInPages: readonly Way[] = [
  at('/queue'),
  at('/operations'),
  through('an open operation', '/queue', OPEN_ROW, '', '/operations/x'),
  through('an operation that is final', '/operations', FINAL_ROW),
  through('a payment of bitcoin', '/operations?asset=BTC', FINAL_ROW),
  through('a payment of a token', '/operations?asset=EURC', FINAL_ROW),
  through('a key ceremony', '/operations?kind=key-ceremony', 'tbody th a'),
  at('/raise'),
  {
    name: '/raise, what is signed',
    go: async (page, origin) => {
      await fillWithdrawal(page, origin, drawWithdrawal());
      await reviewWithdrawal(page);
    },
  },
  at('/vaults'),
  at('/vaults/outflows'),
  at('/vaults/chains'),
  at('/vaults/tiers'),
  at('/vaults/transfer'),
  at('/vaults/new'),
  at('/keys'),
  through('a key', '/keys', 'h2 a[href^="/keys/"]'),
  through('a key whose shares are to be refreshed', '/keys', 'h2 a[href^="/keys/"]', '/refresh'),
  at('/cold'),
  through('a cold trip', '/cold', 'a[href^="/cold/"]'),
  at('/destinations'),
  at('/destinations/new'),
  {
    name: '/destinations/new, an address that looks like another',
    go: async (page, origin) => {
      await reviewLookAlike(page, origin);
    },
  },
  through('a destination', '/destinations', 'a[href^="/destinations/d-"], a:text("Its record")'),
  through(
    'a destination, certified again',
    '/destinations',
    'a[href$="/certify"]',
    '',
    '/destinations/x/certify',
  ),
  at('/ledger'),
  at('/ledger/journals'),
  at('/ledger/accounts'),
  through('an account', '/ledger', 'a[href^="/ledger/client/"]', '', '/ledger/client/x/y'),
  through('a journal', '/ledger/journals', 'tbody th a'),
  at('/ledger/corrections'),
  at('/ledger/corrections/new'),
  through('a correction', '/ledger/corrections', 'tbody th a'),
  at('/proofs'),
  through('a snapshot', '/proofs', 'tbody th a'),
  through('control of a vault, to be proved', '/proofs', 'tbody th a', '/control/warm-1'),
  at('/statements'),
  through('a statement of position', '/statements', 'tbody th a[href^="/statements/"]'),
  at('/reconciliation'),
  at('/reconciliation/runs'),
  through('a break', '/reconciliation', 'tbody th a[href^="/reconciliation/breaks/"]'),
  through('a run of reconciliation', '/reconciliation/runs', 'tbody th a'),
  at('/clients'),
  through('a client', '/clients', 'tbody th a'),
  at('/clients/complaints'),
  through('a complaint', '/clients/complaints', 'tbody th a'),
  at('/clients/policy'),
  at('/clients/returns'),
  through('a return', '/clients/returns', 'tbody th a'),
  at('/clients/rights'),
  through('a rights event', '/clients/rights', 'tbody th a'),
  at('/clients/losses'),
  through('a loss', '/clients/losses', 'tbody th a'),
  at('/clients/segregation'),
  at('/clients/sub-custodians'),
  at('/reconciliation/bank'),
  at('/reconciliation/bank/new'),
  through('an account at a bank', '/reconciliation/bank', 'tbody th a'),
  through('a statement of a bank', '/reconciliation/bank/clients-1', 'tbody th a'),
  at('/policy'),
  at('/policy/versions/1'),
  through('a draft of the policy', '/policy', 'a[href^="/policy/drafts/"]'),
  through('a draft to be raised', '/policy', 'a[href^="/policy/drafts/"]', '/raise'),
  {
    name: 'a draft of the policy, with a rule open and tried',
    go: async (page, origin) => {
      await openSampleDraft(page, origin);
      await page.getByRole('button', { name: /^Edit rule 1,/ }).click();
      await tryDraft(page);
    },
  },
  at('/freeze'),
  at('/parties'),
  at('/incidents'),
  through('an incident', '/incidents', 'tbody th a'),
  through('a worksheet', '/incidents', 'tbody th a', '/worksheet'),
  through('the reports of an incident', '/incidents', 'tbody th a', '/reports'),
  at('/incidents/recurring'),
  at('/incidents/figures'),
  at('/incidents/costs'),
  at('/incidents/on-call'),
  at('/incidents/entity'),
  at('/resilience'),
  at('/resilience/calendar'),
  at('/resilience/register'),
  at('/resilience/board'),
  through('a pack of the board', '/resilience/board', 'tbody th a[href^="/resilience/board/"]'),
  at('/resilience/board/duties'),
  at('/resilience/providers'),
  at('/resilience/providers/new'),
  through('a provider', '/resilience/providers', 'tbody th a'),
  through('a provider, changed', '/resilience/providers', 'tbody th a', '/edit'),
  at('/resilience/contracts'),
  at('/resilience/contracts/new'),
  through('a contract', '/resilience/contracts', 'tbody th a'),
  at('/resilience/functions'),
  through('a function', '/resilience/functions', 'tbody th a'),
  at('/resilience/assets'),
  through('an asset', '/resilience/assets', 'tbody th a'),
  at('/resilience/risks'),
  at('/resilience/risks/new'),
  through('a risk', '/resilience/risks', 'tbody th a'),
  at('/resilience/findings'),
  through('a finding', '/resilience/findings', 'tbody th a'),
  at('/resilience/tests'),
  through('a test', '/resilience/tests', 'tbody th a'),
  at('/resilience/plans'),
  through('a continuity plan', '/resilience/plans', 'tbody th a'),
  at('/resilience/plan-tests'),
  through('a test of a plan', '/resilience/plan-tests', 'tbody th a'),
  at('/resilience/drills'),
  at('/resilience/entity'),
  at('/privacy'),
  at('/privacy/requests'),
  through('a request about data', '/privacy/requests?standing=all', 'tbody th a'),
  at('/privacy/breaches'),
  at('/privacy/breaches/new'),
  through('a breach of personal data', '/privacy/breaches?list=all', 'tbody th a'),
  at('/privacy/people'),
  through('a person', '/clients/C-20418', 'a[href^="/privacy/people/"]'),
  at('/privacy/retention'),
  at('/privacy/retention/runs'),
  through('a run of retention', '/privacy/retention/runs', 'tbody th a'),
  at('/privacy/retention/holds'),
  through('a legal hold', '/privacy/retention/holds', 'tbody th a'),
  at('/privacy/registers'),
  at('/privacy/registers/activities'),
  through('a processing activity', '/privacy/registers/activities', 'tbody th a'),
  through('a processing activity, changed', '/privacy/registers/activities', 'tbody th a', '/edit'),
  at('/privacy/registers/activities/new'),
  at('/privacy/registers/assessments'),
  through('an impact assessment', '/privacy/registers/assessments', 'tbody th a'),
  at('/privacy/registers/assessments/new'),
  at('/privacy/registers/transfers'),
  through('a transfer', '/privacy/registers/transfers', 'tbody th a'),
  at('/privacy/registers/processors'),
  through('a processor', '/privacy/registers/processors', 'tbody th a'),
  at('/privacy/registers/notices'),
  through('a privacy notice', '/privacy/registers/notices', 'tbody th a'),
  at('/privacy/registers/consents'),
  through('a consent', '/privacy/registers/consents', 'tbody th a'),
  at('/privacy/registers/parties'),
  through('a controller or contact', '/privacy/registers/parties', 'tbody th a'),
  at('/operators'),
  through('an operator', '/operators', 'tbody th a'),
  at('/operators/access'),
  at('/operators/invite'),
  at('/operators/roster'),
  at('/operators/roster/change'),
  at('/genesis'),
  at('/account'),
];
