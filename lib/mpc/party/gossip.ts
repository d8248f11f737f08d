/**
 * Parties talk to each other at the origins the roster names, without the console: about once a
 * second each tells the others how far it has come, and takes over what people decided elsewhere.
 */
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { decreesAnswer, headsAnswer, signAsk, type SentDecree } from '../wire/peer-heads.ts';
import type { AdoptionReceipt } from '../wire/receipt.ts';
import { adopt } from './adopt.ts';
import { hearAnswer, ownHeads, peersByRoster } from './hear-peer.ts';
import { faultFields } from './log.ts';
import type { Party } from './party.ts';
import { decreeKind, decreedAt } from './store/decrees.ts';
import { takeNo } from './take-no.ts';

const INTERVAL = 1_000;
const TIMEOUT = 2_000;
/** How long a peer that could not be reached is left alone, in milliseconds. */
const REST = 3_000;
const ANSWER_MAX = 16 * 1024 * 1024;
/** Receipts that wait for a second party's word; the oldest go first. */
const RECEIPTS_MAX = 1_000;

export type Gossip = { poke(): void; stop(): void };

type Talk = {
  /** Up to which decree the peer's own list was read. */
  cursor: number;
  busy: boolean;
  again: boolean;
  restUntil: number;
};

function ask(party: Party, url: URL, body: object): Promise<unknown> {
  const text = JSON.stringify(body);
  const { peerCa } = party.config;
  const options = {
    method: 'POST',
    signal: AbortSignal.timeout(TIMEOUT),
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
    ...(peerCa === undefined ? {} : { ca: readFileSync(peerCa) }),
  };
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = open(url, options, (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > ANSWER_MAX) incoming.destroy(new Error('too large'));
        else chunks.push(chunk);
      });
      incoming.on('error', reject);
      incoming.on('end', () => {
        try {
          if (incoming.statusCode !== 200) throw new Error('not answered');
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown);
        } catch (error) {
          reject(error instanceof Error ? error : new Error('not answered'));
        }
      });
    });
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

/** Takes decrees in their order; one that is refused now may pass when more is known. */
function takeDecree(
  party: Party,
  decree: SentDecree,
  receipts: Map<string, Map<string, AdoptionReceipt>>,
): 'taken' | 'refused' | 'later' {
  const kind = decreeKind.safeParse(decree.kind);
  if (!kind.success) return 'refused';
  const { operation, intentDigest } = decree;
  if (kind.data !== 'no' && decreedAt(party.database, kind.data, operation, intentDigest) !== null)
    return 'taken';
  if (kind.data === 'no') return takeNo(party, decree.document).ok ? 'taken' : 'refused';
  const known = receipts.get(intentDigest) ?? new Map<string, AdoptionReceipt>();
  if (decree.receipt) known.set(decree.receipt.receipt.party, decree.receipt);
  receipts.set(intentDigest, known);
  const [oldest] = receipts.keys();
  if (receipts.size > RECEIPTS_MAX && oldest !== undefined) receipts.delete(oldest);
  const bundle = decree.document;
  if (typeof bundle !== 'object' || bundle === null) return 'refused';
  const taken = adopt(party, { bundle, receipts: [...known.values()] });
  if (taken.ok) return 'taken';
  const passes = ['time-lock-running', 'delay-running', 'version-gap', 'statement-expired'];
  return passes.includes(taken.refusal) ? 'later' : 'refused';
}

/** Talks to every peer from time to time, and at once when there is news. */
export function startGossip(party: Party): Gossip {
  const talks = new Map<string, Talk>();
  const receipts = new Map<string, Map<string, AdoptionReceipt>>();
  let stopped = false;

  const pull = async (peer: RosterParty, origin: string, talk: Talk, last: number) => {
    while (!stopped && talk.cursor < last) {
      const { trust, identity, config } = party;
      if (!trust) return;
      const signed = signAsk(identity, {
        type: 'countersign/peer-ask/v1',
        party: config.name,
        to: peer.name,
        genesisDigest: trust.genesisDigest,
        after: talk.cursor,
        at: party.now().toISOString(),
      });
      const given = await ask(party, new URL('/peer/decrees', origin), signed);
      const { decrees } = decreesAnswer.parse(given);
      if (decrees.length === 0) return;
      for (const decree of decrees) {
        if (stopped || decree.seq <= talk.cursor) return;
        // What waits is asked for again next time; nothing after it is taken out of order.
        if (takeDecree(party, decree, receipts) === 'later') return;
        talk.cursor = decree.seq;
      }
    }
  };

  const talkTo = async (peer: RosterParty, talk: Talk): Promise<void> => {
    const own = ownHeads(party);
    if (!own || peer.origin === undefined) return;
    const given = headsAnswer.parse(await ask(party, new URL('/peer/heads', peer.origin), own));
    if (stopped || !hearAnswer(party, peer, given)) return;
    await pull(peer, peer.origin, talk, given.heads.heads.decrees);
  };

  const visit = (peer: RosterParty, isNews: boolean): void => {
    const talk = talks.get(peer.name) ?? { cursor: 0, busy: false, again: false, restUntil: 0 };
    talks.set(peer.name, talk);
    if (talk.busy) {
      talk.again ||= isNews;
      return;
    }
    if (!isNews && Date.now() < talk.restUntil) return;
    talk.busy = true;
    talkTo(peer, talk)
      .catch((error: unknown) => {
        talk.restUntil = Date.now() + REST;
        // A peer that is off is nothing to write down each second; what went wrong here is.
        const fault = faultFields(error);
        if (!stopped && error instanceof TypeError) party.log('gossip-fault', fault);
      })
      .finally(() => {
        talk.busy = false;
        if (talk.again && !stopped) {
          talk.again = false;
          visit(peer, true);
        }
      });
  };

  const round = (isNews: boolean): void => {
    if (!stopped) for (const peer of peersByRoster(party)) visit(peer, isNews);
  };
  const timer = setInterval(() => round(false), INTERVAL);
  timer.unref();
  party.onNews = () => setImmediate(() => round(true));
  round(true);
  return {
    poke: () => round(true),
    stop: () => {
      stopped = true;
      clearInterval(timer);
      party.onNews = () => undefined;
    },
  };
}
