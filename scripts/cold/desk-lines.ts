/** The desk of a cold party at a terminal: everything but the key press, which takes the page. */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bring, clear, proceed, type ColdDesk, type Leaving } from '#lib/mpc/party/cold-desk.ts';
import { deskView } from '#lib/mpc/party/cold-view.ts';
import { printView } from '#lib/mpc/party/view/print.ts';
import { refusalSentence } from '#lib/mpc/refusals.ts';
import { readCodes } from '#lib/mpc/travel/read-codes.ts';
import { showCodes } from '#lib/mpc/travel/show-codes.ts';
import type { TerminalLines } from '#lib/mpc/travel/terminal-lines.ts';
import { TRAVEL_BYTES_MAX } from '#lib/protocol/travel/limits.ts';
import { travelSentence } from '#lib/protocol/travel/refusals.ts';
import { readSmallFile, requireNewFile, writeNewFile } from '../recover/files.ts';
import { Problem } from '../supervisor/problem.ts';

export const HELP = `read FILE    read a document from a file
codes        read a document from codes: scanned, typed or pasted
take         let the step of a ceremony be taken
save PLACE   write the answer to a folder or a new file, with the sealed share beside it after a backup
show         show the answer as codes
clear        put the document away
q            close the party`;

export type DeskTerminal = {
  desk: ColdDesk;
  lines: TerminalLines;
  write: (text: string) => void;
  /** Size of the window in characters. */
  window: () => { columns: number; rows: number };
};

const answerOf = ({ shown }: ColdDesk): Leaving | null =>
  shown && 'leaving' in shown ? shown.leaving : null;

/** What to do next, under what lies on the desk. */
function next({ current, party, shown }: ColdDesk): string {
  if (current?.kind === 'signing')
    return `To sign: compare, open ${party.config.origin.origin}/cold in this machine's browser, and press your key.`;
  if (current?.kind === 'round') return 'To go on: compare, and type take.';
  return shown && 'leaving' in shown
    ? 'To take the answer back: save PLACE, or show.'
    : 'To begin: read FILE, or codes.';
}

/** The desk as text, with what to do next. */
export function deskText(desk: ColdDesk): string {
  const view = deskView(desk);
  if (!view) return next(desk);
  const { heading, lead, answer, sections } = view;
  const text = answer
    ? printView({ headline: `${heading}. ${lead}`, answer, sections })
    : `${heading}. ${lead}`;
  return `${text}\n\n${next(desk)}`;
}

/** A sealed share that was asked for goes beside the answer; it opens with its custodians' parts alone. */
function save({ text, fileName, backup }: Leaving, place: string): string {
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
  const path = isFolder ? join(place, fileName) : place;
  const beside = backup && join(dirname(path), backup.name);
  if (beside !== null) requireNewFile(beside);
  writeNewFile(path, text);
  if (backup && beside !== null) writeNewFile(beside, backup.text);
  return beside === null
    ? `Written to ${path}`
    : `Written to ${path}, the sealed share to ${beside}`;
}

async function takeCodes({ desk, lines, write }: DeskTerminal): Promise<string> {
  const read = await readCodes({ lines, write });
  if (!read.ok) return travelSentence(read.refusal);
  bring(desk, read.bytes);
  return '';
}

async function show({ desk, lines, write, window }: DeskTerminal): Promise<string> {
  const leaving = answerOf(desk);
  if (!leaving) return 'There is no answer yet.';
  const bytes = new TextEncoder().encode(leaving.text);
  const shown = await showCodes({ bytes, window: window(), lines, write });
  return shown.ok ? '' : travelSentence(shown.refusal);
}

function take(desk: ColdDesk): string {
  if (desk.current?.kind !== 'round') return 'No step of a ceremony lies on the desk.';
  const left = proceed(desk);
  return left.ok ? '' : refusalSentence(left.refusal);
}

/** @returns what to say, or null to close. What changes the desk prints itself. */
async function perform(of: DeskTerminal, line: string): Promise<string | null> {
  const { desk } = of;
  const [verb = '', ...rest] = line.trim().split(/\s+/u);
  const place = rest.join(' ');
  switch (verb) {
    case '':
      return next(desk);
    case 'read':
      if (place === '') return 'read FILE: name the file.';
      bring(desk, readSmallFile(place, TRAVEL_BYTES_MAX));
      return '';
    case 'codes':
      return takeCodes(of);
    case 'take':
      return take(desk);
    case 'save': {
      const leaving = answerOf(desk);
      if (!leaving) return 'There is no answer yet.';
      return place === '' ? 'save PLACE: name a folder or a new file.' : save(leaving, place);
    }
    case 'show':
      return show(of);
    case 'clear':
      clear(desk);
      return '';
    case 'q':
      return null;
    default:
      return HELP;
  }
}

/** What closing would put an end to, or null. */
function findUnderWay({ party }: ColdDesk): string | null {
  const count = party.ceremonies.size + party.refreshes.size + party.repairs.size;
  return count === 0
    ? null
    : 'A ceremony is under way here, and closing makes it void. Type q once more to close all the same.';
}

/** Goes on until `q` or the input's end. */
export async function runDesk(of: DeskTerminal): Promise<void> {
  const { desk, lines, write } = of;
  const say = (text: string): void => write(text === '' ? '' : `${text}\n`);
  // The page changes the desk as well, and whoever sits at the terminal sees it at once.
  desk.onShown = () => say(`\n${deskText(desk)}`);
  say(`${HELP}\n\n${deskText(desk)}`);
  let isWarned = false;
  for (;;) {
    write(`${desk.party.config.name}> `);
    const line = await lines.next();
    if (line === null) return;
    try {
      const said: string | null = await perform(of, line);
      const underWay: string | null = said === null && !isWarned ? findUnderWay(desk) : null;
      isWarned = underWay !== null;
      if (said === null && underWay === null) return;
      say(said ?? underWay ?? '');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.message);
    }
  }
}
