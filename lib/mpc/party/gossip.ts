/**
 * Keeps asking every other party how far it has come, whether or not the console lets them hear of
 * each other: about once a second, at once when there is news, less often while one is away.
 */
import { askPeer, type Asked } from './ask-peer.ts';
import { faultFields } from './log.ts';
import type { Party } from './party.ts';
import type { PeerChannel } from './peer-channel.ts';
import { peersInForce } from './peer-entries.ts';

/** Longest pause while a peer does not answer, in milliseconds. */
const PAUSE_MAX = 5_000;
/** Shortest time from one question to a peer to the next, in milliseconds. */
const GAP = 100;

/** One question at a time; `isWanted` while another should follow at once. */
type Lane = {
  channel: PeerChannel;
  timer: NodeJS.Timeout | null;
  isRunning: boolean;
  isWanted: boolean;
  failures: number;
  askedAt: number;
};

export type Gossip = {
  /** Asks soon: one peer, or all. */
  nudge: (peer?: string) => void;
  stop: () => void;
};

export type GossipSettings = {
  /** Pause between two questions to a peer, in milliseconds. */
  everyMs: number;
  connect: (origin: string) => PeerChannel;
};

async function ask(party: Party, name: string, lane: Lane, signal: AbortSignal): Promise<Asked> {
  try {
    return await askPeer(party, name, lane.channel.post, signal);
  } catch (error) {
    party.log('internal-fault', faultFields(error));
    return 'failed';
  }
}

function pauseAfter(lane: Lane, asked: Asked, everyMs: number): number {
  lane.failures = asked === 'failed' ? lane.failures + 1 : 0;
  if (lane.failures > 0) return Math.min(everyMs * 2 ** Math.min(lane.failures, 10), PAUSE_MAX);
  return asked === 'more' ? 0 : everyMs;
}

/** Begins to ask as soon as a genesis is pinned. */
export function startGossip(party: Party, { everyMs, connect }: GossipSettings): Gossip {
  const lanes = new Map<string, Lane>();
  const stopping = new AbortController();
  const plan = (name: string, lane: Lane, pause: number): void => {
    if (stopping.signal.aborted) return;
    if (lane.timer) clearTimeout(lane.timer);
    const earliest = lane.askedAt + GAP - performance.now();
    lane.timer = setTimeout(() => void run(name, lane), Math.max(pause, earliest));
    lane.timer.unref();
  };
  const run = async (name: string, lane: Lane): Promise<void> => {
    lane.isRunning = true;
    lane.isWanted = false;
    lane.askedAt = performance.now();
    const asked = await ask(party, name, lane, stopping.signal);
    lane.isRunning = false;
    const pause = pauseAfter(lane, asked, everyMs);
    plan(name, lane, lane.isWanted ? 0 : pause);
  };
  const laneOf = (name: string, origin: string): Lane => {
    const known = lanes.get(name);
    if (known) return known;
    const lane: Lane = {
      channel: connect(origin),
      timer: null,
      isRunning: false,
      isWanted: false,
      failures: 0,
      askedAt: Number.NEGATIVE_INFINITY,
    };
    lanes.set(name, lane);
    return lane;
  };
  const nudge = (only?: string): void => {
    for (const { name, origin } of peersInForce(party)) {
      if (only !== undefined && only !== name) continue;
      const lane = laneOf(name, origin);
      if (lane.isRunning) lane.isWanted = true;
      else plan(name, lane, 0);
    }
  };
  nudge();
  return {
    nudge,
    stop: () => {
      stopping.abort();
      for (const { channel, timer } of lanes.values()) {
        if (timer) clearTimeout(timer);
        channel.close();
      }
    },
  };
}
