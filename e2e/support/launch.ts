/** How Chromium is started, by the browser tests and by whoever drives it besides. */
const isRoot = process.getuid?.() === 0;

/** Nothing of the browser's own goes to the network, and root can run it. */
export const launchArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
  ...(isRoot ? ['--no-sandbox'] : []),
];

/** Of a desk's screen, wide enough for the console's rail. */
export const viewport = { width: 1440, height: 900 };
