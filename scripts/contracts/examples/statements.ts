import type { SignedStatement } from '#lib/protocol/statement.ts';
import { keyCeremony, withdrawal } from '#lib/protocol/testing/sample.ts';
import { sayFixed } from '../sign.ts';
import type { Examples } from './example.ts';

export const statements: Examples<SignedStatement> = {
  '1-raise': sayFixed('raisa', 'raise', withdrawal),
  '2-approve': sayFixed('adam', 'approve', withdrawal),
  '3-cosign': sayFixed('cora', 'cosign', withdrawal),
  '4-reject': sayFixed('kim', 'reject', withdrawal),
  '5-cancel': sayFixed('raisa', 'cancel', keyCeremony, { attempt: 2 }),
};
