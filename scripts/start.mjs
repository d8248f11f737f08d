import { requireNode } from './bootstrap/node-version.mjs';

requireNode();
const { launch } = await import('./bootstrap/launch.mjs');
await launch(['scripts/start.ts', ...process.argv.slice(2)]);
