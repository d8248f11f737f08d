/** The pages whose JavaScript is measured. A new page of the console gets a line here. */

/**
 * A page by its address, or by the first link of another page that leads to one of its kind, or to the one that it
 * lies below.
 */
export type BenchPage =
  | { path: string }
  | { name: string; from: string; link: RegExp; below?: string };

/** Nothing but what every page loads; the others are compared with it. */
export const FLOOR: BenchPage = { path: '/floor' };

/** Pages for whoever comes along. */
export const OPEN_PAGES: readonly BenchPage[] = [
  { path: '/sign-in' },
  { path: '/enrol' },
  { path: '/privacy-request' },
];

/** Pages for people who are signed in. */
export const CONSOLE_PAGES: readonly BenchPage[] = [
  { path: '/queue' },
  { path: '/operations' },
  { name: '/operations/[id]', from: '/operations', link: /^\/operations\/[0-9a-f-]{36}$/ },
  { path: '/raise' },
  { path: '/vaults' },
  { path: '/vaults/outflows' },
  { path: '/vaults/tiers' },
  { path: '/vaults/transfer' },
  { path: '/vaults/new' },
  { path: '/keys' },
  { name: '/keys/[id]', from: '/keys', link: /^\/keys\/[a-z0-9-]+$/ },
  { path: '/cold' },
  { path: '/destinations' },
  { path: '/destinations/new' },
  {
    name: '/destinations/[id]',
    from: '/destinations',
    link: /^\/destinations\/(?!new)[a-z0-9-]+$/,
  },
  {
    name: '/destinations/[id]/certify',
    from: '/destinations',
    link: /^\/destinations\/[a-z0-9-]+\/certify$/,
  },
  { path: '/ledger' },
  { path: '/ledger/journals' },
  { path: '/ledger/accounts' },
  { name: '/ledger/journals/[id]', from: '/ledger/journals', link: /^\/ledger\/journals\/\d+$/ },
  { path: '/ledger/corrections' },
  { path: '/ledger/corrections/new' },
  {
    name: '/ledger/corrections/[id]',
    from: '/ledger/corrections',
    link: /^\/ledger\/corrections\/[0-9a-f-]{36}$/,
  },
  {
    name: '/ledger/[account]',
    from: '/ledger',
    link: /^\/ledger\/(?!journals\/)[^/]+\/[^/]+\/[^/]+$/,
  },
  { path: '/statements' },
  {
    name: '/statements/[id]',
    from: '/statements',
    link: /^\/statements\/[0-9a-f-]{36}$/,
  },
  { path: '/clients' },
  { name: '/clients/[id]', from: '/clients', link: /^\/clients\/C-\d{4,10}$/ },
  { path: '/clients/complaints' },
  {
    name: '/clients/complaints/[id]',
    from: '/clients/complaints',
    link: /^\/clients\/complaints\/[0-9a-f-]{36}$/,
  },
  { path: '/clients/policy' },
  { path: '/clients/returns' },
  {
    name: '/clients/returns/[id]',
    from: '/clients/returns',
    link: /^\/clients\/returns\/[0-9a-f-]{36}$/,
  },
  { path: '/clients/rights' },
  {
    name: '/clients/rights/[id]',
    from: '/clients/rights',
    link: /^\/clients\/rights\/[0-9a-f-]{36}$/,
  },
  { path: '/clients/losses' },
  {
    name: '/clients/losses/[id]',
    from: '/clients/losses',
    link: /^\/clients\/losses\/[0-9a-f-]{36}$/,
  },
  { path: '/clients/segregation' },
  { path: '/clients/sub-custodians' },
  { path: '/proofs' },
  { name: '/proofs/[id]', from: '/proofs', link: /^\/proofs\/[0-9a-f-]{36}$/ },
  { path: '/reconciliation' },
  { path: '/reconciliation/runs' },
  {
    name: '/reconciliation/runs/[id]',
    from: '/reconciliation/runs',
    link: /^\/reconciliation\/runs\/[0-9a-f-]{36}$/,
  },
  {
    name: '/reconciliation/breaks/[id]',
    from: '/reconciliation',
    link: /^\/reconciliation\/breaks\/[0-9a-f-]{36}$/,
  },
  { path: '/reconciliation/bank' },
  { path: '/reconciliation/bank/new' },
  {
    name: '/reconciliation/bank/[account]',
    from: '/reconciliation/bank',
    link: /^\/reconciliation\/bank\/(?!new$)[a-z][a-z0-9-]+$/,
  },
  {
    name: '/reconciliation/bank/[account]/[statement]',
    from: '/reconciliation/bank/clients-1',
    link: /^\/reconciliation\/bank\/clients-1\/\d+$/,
  },
  { path: '/policy' },
  { name: '/policy/drafts/[id]', from: '/policy', link: /^\/policy\/drafts\/[0-9a-f-]{36}$/ },
  { path: '/policy/versions/1' },
  { path: '/freeze' },
  { path: '/parties' },
  { path: '/incidents' },
  { name: '/incidents/[id]', from: '/incidents', link: /^\/incidents\/[0-9a-f-]{36}$/ },
  {
    name: '/incidents/[id]/worksheet',
    from: '/incidents',
    link: /^\/incidents\/[0-9a-f-]{36}$/,
    below: '/worksheet',
  },
  {
    name: '/incidents/[id]/reports',
    from: '/incidents',
    link: /^\/incidents\/[0-9a-f-]{36}$/,
    below: '/reports',
  },
  { path: '/incidents/recurring' },
  { path: '/incidents/figures' },
  { path: '/incidents/costs' },
  { path: '/incidents/on-call' },
  { path: '/incidents/entity' },
  { path: '/resilience' },
  { path: '/resilience/calendar' },
  { path: '/resilience/drills' },
  { path: '/resilience/register' },
  { path: '/resilience/board' },
  {
    name: '/resilience/board/[id]',
    from: '/resilience/board',
    link: /^\/resilience\/board\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/board/duties' },
  { path: '/resilience/providers' },
  {
    name: '/resilience/providers/[id]',
    from: '/resilience/providers',
    link: /^\/resilience\/providers\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/contracts' },
  {
    name: '/resilience/contracts/[id]',
    from: '/resilience/contracts',
    link: /^\/resilience\/contracts\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/functions' },
  {
    name: '/resilience/functions/[id]',
    from: '/resilience/functions',
    link: /^\/resilience\/functions\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/assets' },
  {
    name: '/resilience/assets/[id]',
    from: '/resilience/assets',
    link: /^\/resilience\/assets\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/risks' },
  {
    name: '/resilience/risks/[id]',
    from: '/resilience/risks',
    link: /^\/resilience\/risks\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/findings' },
  {
    name: '/resilience/findings/[id]',
    from: '/resilience/findings',
    link: /^\/resilience\/findings\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/tests' },
  {
    name: '/resilience/tests/[id]',
    from: '/resilience/tests',
    link: /^\/resilience\/tests\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/plans' },
  {
    name: '/resilience/plans/[id]',
    from: '/resilience/plans',
    link: /^\/resilience\/plans\/[0-9a-f-]{36}$/,
  },
  { path: '/resilience/providers/new' },
  { path: '/resilience/contracts/new' },
  { path: '/privacy' },
  { path: '/privacy/requests' },
  {
    name: '/privacy/requests/[id]',
    from: '/privacy/requests?standing=all',
    link: /^\/privacy\/requests\/DSR-\d{4}-\d{6,10}$/,
  },
  { path: '/privacy/people' },
  {
    name: '/privacy/people/[id]',
    from: '/clients/C-20418',
    link: /^\/privacy\/people\/ps-[a-z2-7]{16}$/,
  },
  { path: '/privacy/registers' },
  { path: '/privacy/registers/activities' },
  {
    name: '/privacy/registers/activities/[id]',
    from: '/privacy/registers/activities',
    link: /^\/privacy\/registers\/activities\/[0-9a-f-]{36}$/,
  },
  { path: '/privacy/registers/assessments' },
  {
    name: '/privacy/registers/assessments/[id]',
    from: '/privacy/registers/assessments',
    link: /^\/privacy\/registers\/assessments\/[0-9a-f-]{36}$/,
  },
  { path: '/privacy/registers/transfers' },
  {
    name: '/privacy/registers/transfers/[id]',
    from: '/privacy/registers/transfers',
    link: /^\/privacy\/registers\/transfers\/[0-9a-f-]{36}$/,
  },
  { path: '/privacy/registers/processors' },
  {
    name: '/privacy/registers/processors/[id]',
    from: '/privacy/registers/processors',
    link: /^\/privacy\/registers\/processors\/[0-9a-f-]{36}$/,
  },
  { path: '/privacy/registers/notices' },
  {
    name: '/privacy/registers/notices/[id]',
    from: '/privacy/registers/notices',
    link: /^\/privacy\/registers\/notices\/[0-9a-f-]{36}$/,
  },
  { path: '/privacy/registers/consents' },
  {
    name: '/privacy/registers/consents/[id]',
    from: '/privacy/registers/consents',
    link: /^\/privacy\/registers\/consents\/[0-9a-f-]{36}$/,
  },
  { path: '/privacy/registers/parties' },
  {
    name: '/privacy/registers/parties/[id]',
    from: '/privacy/registers/parties',
    link: /^\/privacy\/registers\/parties\/[0-9a-f-]{36}$/,
  },
  { path: '/privacy/registers/activities/new' },
  { path: '/privacy/registers/assessments/new' },
  { path: '/operators' },
  { name: '/operators/[id]', from: '/operators', link: /^\/operators\/p-[a-z2-7]{10}$/ },
  { path: '/operators/access' },
  { path: '/operators/invite' },
  { path: '/operators/roster' },
  { path: '/operators/roster/change' },
  { path: '/genesis' },
  { path: '/account' },
];

export const nameOf = (page: BenchPage): string => ('path' in page ? page.path : page.name);
