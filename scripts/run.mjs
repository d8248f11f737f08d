/** `node scripts/run.mjs NAME …`: what the npm scripts other than start and test run. */
import { requireNode } from './bootstrap/node-version.mjs';

requireNode();
const { launch } = await import('./bootstrap/launch.mjs');

const COMMANDS = {
  backup: ['scripts/backup.ts'],
  bench: ['scripts/bench.ts'],
  cold: ['scripts/cold.ts'],
  colleague: ['scripts/colleague.ts'],
  contracts: ['scripts/contracts.ts'],
  dev: ['scripts/start.ts', '--dev'],
  'drill:console-loss': ['scripts/drill-console-loss.ts'],
  'drill:restore': ['scripts/drill-restore.ts'],
  'drill:signer-loss': ['scripts/drill-signer-loss.ts'],
  'export:ledger': ['scripts/export-ledger.ts'],
  founders: ['scripts/founders.ts'],
  fmt: ['node_modules/oxfmt/bin/oxfmt', '.'],
  keys: ['scripts/keys.ts'],
  lint: ['scripts/test.ts', '--only', 'lint'],
  party: ['scripts/party.ts'],
  'privacy:scan': ['scripts/privacy-scan.ts'],
  reconcile: ['scripts/reconcile.ts'],
  recover: ['scripts/recover.ts'],
  reset: ['scripts/reset.ts'],
  restore: ['scripts/restore.ts'],
  retention: ['scripts/retention.ts'],
  roi: ['scripts/roi.ts'],
  statements: ['scripts/statements.ts'],
  'test:long': ['scripts/test.ts', '--long'],
  tour: ['scripts/tour.ts'],
  'verify:correction': ['scripts/verify-correction.ts'],
  'verify:ledger': ['scripts/verify-ledger.ts'],
  'verify:proof': ['scripts/verify-proof.ts'],
  'verify:signed': ['scripts/verify-signed.ts'],
  typecheck: ['scripts/test.ts', '--only', 'types'],
};

const [name, ...rest] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : null;
if (command === null) {
  console.error(
    `There is no command "${name ?? ''}". Commands: ${Object.keys(COMMANDS).join(', ')}.`,
  );
  process.exit(1);
}
await launch([...command, ...rest]);
