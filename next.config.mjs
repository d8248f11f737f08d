import {
  CAMERA_DOCUMENT,
  CAMERA_PAGES,
  EVERY_DOCUMENT,
  EVERY_RESPONSE,
} from './lib/platform/security-headers.ts';

/** Folder of a finished build to serve; see `scripts/supervisor/web-build.ts`. */
const build = process.env.COUNTERSIGN_WEB_BUILD;

/** @type {import('next').NextConfig} */
const config = {
  ...(build ? { distDir: build } : {}),
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm start` builds on the machine that runs it and must not wait for a second type check:
  // `npm test` runs `tsc` over the whole project, tests and scripts included, before anything else.
  typescript: { ignoreBuildErrors: true },
  // These load native code, WASM or generated clients by path, which a bundle would break.
  serverExternalPackages: [
    'pg',
    'pino',
    'pdfkit',
    'fontkit',
    // Data of every country, which nothing is gained from bundling.
    'date-holidays',
    '@prisma/client',
    '@prisma/adapter-pg',
  ],
  // Ask for nothing of a developer's repository: no files are written beside the code.
  agentRules: false,
  devIndicators: false,
  // That redirect would be the one answer without our headers; both spellings show the page.
  skipTrailingSlashRedirect: true,
  // Every page's title is in the head of its first answer. Sent later, it stands in the body until
  // the scripts run and is gone for a moment: a tab, or a screen reader, without a name for the page.
  htmlLimitedBots: /.*/,
  experimental: {
    // The largest form is a WebAuthn registration with its attestation chain, well under 64 kB.
    serverActions: { bodySizeLimit: '64kb' },
    // Bodies are buffered for `proxy.ts`, which never reads them; handlers set tighter limits.
    proxyClientMaxBodySize: '256kb',
  },
  // `proxy.ts` puts the page's policy over this one. What never passes through it (files under
  // `_next/static`, refused methods) keeps the closed policy. Three answers get no header of ours,
  // because Next gives before it reads these settings and offers no hook: the redirect of an address
  // with `//` or `\` to the same one without, the 500 for a method such as TRACE, and a malformed
  // request. They hold no page and nothing of anybody's; the proxy in front can refuse them
  // (docs/production.md).
  headers: async () => [
    { source: '/:path*', headers: [...EVERY_RESPONSE] },
    { source: '/((?!_next/static/).*)', headers: [...EVERY_DOCUMENT] },
    // Of two headers of one name the later one counts.
    { source: CAMERA_PAGES, headers: [...CAMERA_DOCUMENT] },
  ],
};

export default config;
