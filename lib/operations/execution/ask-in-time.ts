import type { PartyNo } from '#lib/mpc/client/party-client.ts';
import { withinDeadline } from '#lib/platform/deadline.ts';

/** A party that hangs must not keep operations from their turn; in milliseconds. */
const answerMs = 3_000;

/** A party's answer, or that it gave none in time. */
export const askInTime = <T>(asked: Promise<T | PartyNo>): Promise<T | PartyNo> =>
  withinDeadline<T | PartyNo>(asked, answerMs, {
    ok: false,
    refusal: 'party-timeout',
    party: '',
    culprit: null,
  });
