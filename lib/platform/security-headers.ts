/**
 * The security headers of every response of the web process. Pure: the nonce, the public origin and
 * the mode are parameters, so a test can read the policy without a server.
 */

/** What the two header builders need to know about a request. */
export type HeaderContext = {
  /** Base64 of at least 16 random bytes, new for each request. */
  nonce: string;
  /** Public origin of the console, such as `https://console.example`. */
  origin: string;
  /** True only under `next dev`, where React's error overlay evaluates code. */
  development: boolean;
};

/**
 * Browser features the console never uses are off for it and for anything it could embed.
 * Only names that browsers know stand here: an unknown name is a console warning on each page.
 */
const FEATURES_OFF = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'sync-xhr',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

/** Features the console itself uses: hardware keys, and copying an address. */
const FEATURES_OWN = [
  'clipboard-write',
  'publickey-credentials-create',
  'publickey-credentials-get',
];

/** @param own features that a page uses beside those that every page may. */
const permissionsPolicy = (own: readonly string[]): string =>
  [
    ...FEATURES_OFF.filter((name) => !own.includes(name)).map((name) => `${name}=()`),
    ...[...FEATURES_OWN, ...own].map((name) => `${name}=(self)`),
  ].join(', ');

type Header = { key: string; value: string };

/**
 * Headers of every response: pages, files, machine routes, redirects and errors alike. The policy
 * is the closed one, of a response that is no page of ours: nothing may load, run or be framed.
 */
export const EVERY_RESPONSE: readonly Header[] = [
  {
    key: 'Content-Security-Policy',
    value: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

/** Headers that mean something on a document only, and would double the size of a small script. */
export const EVERY_DOCUMENT: readonly Header[] = [
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Embedder-Policy', value: 'require-corp' },
  { key: 'Origin-Agent-Cluster', value: '?1' },
  { key: 'Permissions-Policy', value: permissionsPolicy([]) },
];

/** Pages that read codes with the camera, as Next writes paths: those of trips to cold parties. */
export const CAMERA_PAGES = '/cold/:operation';

/** What such a page has in place of the header of the same name. */
export const CAMERA_DOCUMENT: readonly Header[] = [
  { key: 'Permissions-Policy', value: permissionsPolicy(['camera']) },
];

/**
 * Content security policy of a page. No `unsafe-` source in production: scripts run by nonce only,
 * styles come from our own files, and string-to-code sinks need a trusted type (`instrumentation-client.ts`
 * holds the only one). In development React needs `eval` and the overlay needs inline styles.
 */
export function pagePolicy({ nonce, origin, development }: HeaderContext): string {
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    development ? "img-src 'self' data: blob:" : "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types default']),
    ...(origin.startsWith('https://') ? ['upgrade-insecure-requests'] : []),
  ];
  return directives.join('; ');
}

/**
 * Two years of HTTPS only, or nothing while the console is served over plain HTTP: a browser would
 * remember it for `localhost` and lock a person out of everything else on that machine.
 */
export function transportSecurity(origin: string): string | null {
  return origin.startsWith('https://') ? 'max-age=63072000; includeSubDomains' : null;
}
