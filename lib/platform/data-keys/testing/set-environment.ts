/** Lets every database test ask the run's own data-key service, as the worker would. */
import { inject } from 'vitest';
// For the type of what it provides.
import type {} from '../../db/testing/global-setup.ts';

const { address, tokens } = inject('testKeys');
process.env['COUNTERSIGN_KEYS'] = address;
process.env['COUNTERSIGN_KEYS_TOKEN_WORKER'] = tokens.worker;
