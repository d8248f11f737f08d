/**
 * `npm run tour`: plays the main job in Chromium with three new people and keys in software, then one withdrawal on
 * each other chain, and keeps a picture of every step.
 */
import { relative } from 'node:path';
import { chromium } from '@playwright/test';
import { Complaints } from '#e2e/support/complaints.ts';
import { enrolThree } from '#e2e/support/enrol-three.ts';
import { launchArguments } from '#e2e/support/launch.ts';
import { playMainJob } from '#e2e/support/main-job.ts';
import { playOtherChains } from '#e2e/support/other-chains.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp } from './supervisor/usage.ts';
import { ensureChromium } from './testing/chromium.ts';
import { readOptions, USAGE, type TourOptions } from './tour/options.ts';
import { pictureFolder, Recorder } from './tour/recorder.ts';
import { ownOrigin, requireHealthy, requireSandbox } from './tour/sandbox.ts';

function print(line: string): void {
  console.log(line);
}

async function play({ headed, slowMo }: TourOptions, origin: string, recorder: Recorder) {
  const browser = await chromium.launch({
    executablePath: ensureChromium((text) => process.stdout.write(text)),
    args: launchArguments,
    headless: !headed,
    slowMo,
  });
  const complaints = new Complaints();
  try {
    const place = { browser, origin, complaints };
    const three = await enrolThree(place, recorder.step);
    const first = await playMainJob(three, origin, recorder.step);
    const others = await playOtherChains(three, origin, recorder.step);
    return { addresses: [first, ...others], found: complaints.take() };
  } finally {
    await browser.close();
  }
}

/** @throws Problem where no window can open */
function requireScreen(): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)
    throw new Problem(
      'There is no screen to open a window on. Leave --headed out; every step is kept as a picture.',
    );
}

async function main(): Promise<void> {
  if (asksForHelp(process.argv.slice(2))) {
    print(USAGE);
    return;
  }
  const options = readOptions(process.argv.slice(2));
  const settings = readSettings(process.env, { isDev: false });
  requireSandbox(settings);
  if (options.headed) requireScreen();
  const origin = options.origin ?? ownOrigin(settings);
  await requireHealthy(origin);
  const folder = pictureFolder(settings.data);
  print(
    `The main job on Solana, then Bitcoin, Ether and a euro token, at ${origin}; pictures in ${relative(process.cwd(), folder)}\n`,
  );
  const recorder = new Recorder(folder, print);
  const { addresses, found } = await play(options, origin, recorder);
  if (found.length > 0)
    throw new Problem(
      `The steps went well, but the browser’s console complained:\n  ${found.join('\n  ')}`,
    );
  print(
    `\nDone: ${recorder.pictures} steps, nothing in the browser’s console. Look at the operations:\n${addresses.join('\n')}`,
  );
}

try {
  await main();
} catch (error) {
  console.error(`\n${describe(error)}`);
  process.exitCode = 1;
}
