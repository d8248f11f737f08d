/** Lets parties inside the test's own process ask each other, as their origins would carry it. */
import { askPeer, type Asked } from '../party/ask-peer.ts';
import type { Party } from '../party/party.ts';
import type { PeerPost, PeerReply } from '../party/peer-channel.ts';
import { peerEndpoints } from '../party/peer-endpoints.ts';

const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Asks a party over the same parsing as its origin. */
export const postTo =
  (target: Party): PeerPost =>
  async (path, body): Promise<PeerReply> => {
    const endpoint = peerEndpoints.get(path);
    if (!endpoint) throw new Error('no such path');
    const given = await endpoint.answer(target, overJson(body));
    return given.ok ? { ok: true, value: overJson(given.value) } : { ok: false };
  };

/** As when the other party is off. */
export const postNowhere: PeerPost = () => Promise.resolve({ ok: false });

const ROUNDS_MAX = 20;

/** One party asks another until it has nothing more to say. */
export async function askAbout(
  asking: Party,
  asked: string,
  post: PeerPost,
): Promise<Exclude<Asked, 'more'>> {
  const { signal } = new AbortController();
  for (let rounds = 0; rounds < ROUNDS_MAX; rounds += 1) {
    const outcome = await askPeer(asking, asked, post, signal);
    if (outcome !== 'more') return outcome;
  }
  throw new Error('One party has ever more to say.');
}

/** Every party asks every other, twice, so that all know what all know. */
export async function talk(...parties: readonly Party[]): Promise<void> {
  for (let rounds = 0; rounds < 2; rounds += 1)
    for (const asking of parties)
      for (const asked of parties)
        if (asked !== asking) await askAbout(asking, asked.config.name, postTo(asked));
}
