/**
 * The clocks that run beside each other from one incident: the three reports and the updated one to the financial
 * authority (Delegated Regulation 2025/301 Art 5), clients (DORA Art 19(3)), and for a personal data breach its
 * authority and persons (GDPR Art 33 and 34). Pure.
 */
import { showClock, type Clock, type ClockDraft } from './clock.ts';
import { readClockInput, type ClockInput, type ReadClocks } from './clock-input.ts';
import {
  breachSentences,
  cannotKeepSentence,
  clientsSentence,
  finalSentences,
  initialSentences,
  intermediateSentences,
  reliefWords,
  stopSentences,
  unclassifiedSentence,
  updatedSentence,
} from './clock-words.ts';
import { readMoment } from './deadline-input.ts';
import { lastHours, otherClocks, spans, type Report } from './deadline-rules.ts';
import { finalDue, initialDue, intermediateDue, isInTime, type Due } from './deadlines.ts';
import { HOUR, localWords } from './time-zones.ts';

export type { Clock, ClockId, ClockStanding, ClockState } from './clock.ts';
export type { ClockInput } from './clock-input.ts';

const FINANCIAL = 'Financial authority';

type Inputs = Clock['inputs'];
/** Everything that several clocks are made from. */
type Scene = {
  read: ReadClocks;
  now: number;
  /** What every limit with weekends and holidays depends on. */
  settings: Inputs;
  stop: { at: number; sentence: string } | null;
};

/**
 * The clocks of an incident as they stand at an instant, in the order in which they are shown. A clock that has not
 * begun is a projection, and says so; reclassification stops those of reports and clients that are open.
 * @param now ISO 8601 with offset.
 * @throws DeadlineError with `field` and `reason`, as incidentDeadlines.
 */
export function incidentClocks(input: ClockInput, now: string): Clock[] {
  const read = readClockInput(input);
  const scene: Scene = {
    read,
    now: readMoment(now, 'now'),
    settings: settingsOf(input),
    stop: stopOf(read),
  };
  return [
    ...reportClocks(scene),
    ...updatedClock(scene),
    ...clientsClock(scene),
    ...breachClocks(scene),
  ].map((draft) => showClock(draft, scene.now, read.entity.zone));
}

function settingsOf({ entity, calendar_version: calendar }: ClockInput): Inputs {
  const withdrawn = entity.ca_disapplied_notified_on ?? null;
  return [
    { label: 'Type of entity', value: typeWords(entity.type) },
    { label: 'Member State', value: entity.member_state },
    { label: 'Time zone', value: entity.time_zone },
    {
      label: 'Identified under NIS2',
      value: entity.nis2_essential_or_important === true ? 'yes' : 'no',
    },
    ...(withdrawn === null ? [] : [{ label: "Authority's decision notified", value: withdrawn }]),
    ...(calendar === undefined ? [] : [{ label: 'Holiday calendar', value: calendar }]),
  ];
}

/** Codes of types are words with underscores between them. */
const typeWords = (type: string): string => {
  const words = type.replaceAll('_', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

function stopOf({ reclassified, notMajor }: ReadClocks): Scene['stop'] {
  if (reclassified !== null) return { at: reclassified, sentence: stopSentences.reclassified };
  return notMajor === null ? null : { at: notMajor, sentence: stopSentences['not-major'] };
}

/** Initial, intermediate and final. The later two come once it is major, or the one before was sent all the same. */
function reportClocks(scene: Scene): ClockDraft[] {
  const { read } = scene;
  const { classifiedMajor, initialSubmitted, intermediateSubmitted } = read.events;
  const initial = initialDue(read);
  const drafts = [initialClock(scene, initial)];
  const isReported = initialSubmitted !== null || intermediateSubmitted.length > 0;
  if (classifiedMajor === null && !isReported) return drafts;
  const intermediate = intermediateDue(read, initialSubmitted ?? initial.limit);
  return [...drafts, intermediateClock(scene, intermediate), finalClock(scene, intermediate)];
}

function initialClock(scene: Scene, initial: ReturnType<typeof initialDue>): ClockDraft {
  const { read, now, stop } = scene;
  const { awareness, classifiedMajor, initialSubmitted } = read.events;
  const { rule } = initial;
  // Unclassified for longer than the outer span, nothing is due: that comes with the classification.
  const isPassed =
    rule === 'unclassified' && initialSubmitted === null && stop === null && now > initial.due;
  const draft = reportDraft(scene, 'initial', initial, {
    name: 'Initial notification',
    basis: initial.basis,
    start: rule === 'late' || rule === 'classification' ? classifiedMajor : awareness,
    done: initialSubmitted,
    isProjected: isPassed,
    inputs: [
      input(scene, 'Aware (field 2.2)', awareness),
      ...(classifiedMajor === null
        ? []
        : [input(scene, 'Classified as major (field 2.3)', classifiedMajor)]),
    ],
    sentence: initialSentences[rule],
  });
  return isPassed
    ? {
        ...draft,
        start: null,
        limit: null,
        due: null,
        relief: false,
        sentences: [unclassifiedSentence],
      }
    : draft;
}

function intermediateClock(scene: Scene, due: Due): ClockDraft {
  const { initialSubmitted, intermediateSubmitted } = scene.read.events;
  const isProjected = initialSubmitted === null;
  return reportDraft(scene, 'intermediate', due, {
    name: 'Intermediate report',
    basis: `${spans.intermediate.article}: ${spans.intermediate.hours} h after ${spans.intermediate.from}`,
    start: initialSubmitted,
    done: intermediateSubmitted[0] ?? null,
    isProjected,
    inputs: isProjected
      ? [
          input(
            scene,
            'Projected submission of the initial notification',
            due.limit - spans.intermediate.hours * HOUR,
          ),
        ]
      : [input(scene, 'Initial notification submitted', initialSubmitted)],
    sentence: intermediateSentences[isProjected ? 'projected' : 'running'],
  });
}

function finalClock(scene: Scene, intermediate: Due): ClockDraft {
  const { read } = scene;
  const latest = read.events.intermediateSubmitted.at(-1) ?? null;
  const due = finalDue(read, latest ?? intermediate.limit);
  return reportDraft(scene, 'final', due, {
    name: 'Final report',
    basis: `${spans.final.article}: ${spans.final.months} month after ${spans.final.from}`,
    start: latest,
    done: read.finalSubmitted,
    isProjected: latest === null,
    inputs:
      latest === null
        ? [input(scene, 'Projected submission of the intermediate report', intermediate.limit)]
        : [input(scene, 'Latest intermediate report submitted', latest)],
    sentence: finalSentences[latest === null ? 'projected' : 'running'],
  });
}

function reportDraft(
  { read, settings, stop, now }: Scene,
  report: Report,
  due: Due,
  own: Pick<ClockDraft, 'name' | 'basis' | 'start' | 'done' | 'isProjected' | 'inputs'> & {
    sentence: string;
  },
): ClockDraft {
  const { zone } = read.entity;
  const { sentence, ...rest } = own;
  const isRunning = own.done === null && stop === null && !own.isProjected;
  const isNear = isRunning && now >= due.due - lastHours * HOUR;
  return {
    ...rest,
    id: report,
    to: FINANCIAL,
    limit: due.limit,
    due: due.due,
    relief: due.relieved,
    stopped: own.done === null ? (stop?.at ?? null) : null,
    isInTime: (sent) => isInTime(report, sent, due),
    inputs: [...own.inputs, ...settings],
    sentences: [
      sentence,
      ...reliefWords(due, zone),
      ...(isNear ? [cannotKeepSentence] : []),
      ...(own.done === null && stop !== null ? [stop.sentence] : []),
    ],
  };
}

/** The updated intermediate report, once activities have recovered after the first one was sent. */
function updatedClock(scene: Scene): ClockDraft[] {
  const { recovered, events, finalSubmitted } = scene.read;
  const [first] = events.intermediateSubmitted;
  if (recovered === null || first === undefined || first >= recovered) return [];
  // A final report says all that an updated one would.
  const sent = [
    ...events.intermediateSubmitted,
    ...(finalSubmitted === null ? [] : [finalSubmitted]),
  ];
  const done =
    sent.filter((at) => at >= recovered).toSorted((one, other) => one - other)[0] ?? null;
  return [
    withoutNumber(scene, {
      id: 'updated',
      name: 'Updated intermediate report',
      to: FINANCIAL,
      basis: `${otherClocks.updated.article}: without undue delay once regular activities are recovered`,
      start: recovered,
      done,
      stop: scene.stop,
      inputs: [input(scene, 'Regular activities recovered', recovered)],
      sentence: updatedSentence,
    }),
  ];
}

function clientsClock(scene: Scene): ClockDraft[] {
  const { clients, events } = scene.read;
  const { classifiedMajor } = events;
  if (clients === null || !clients.affected || classifiedMajor === null) return [];
  return [
    withoutNumber(scene, {
      id: 'clients',
      name: 'Clients',
      to: 'Clients',
      basis: `${otherClocks.clients.article}: without undue delay`,
      start: classifiedMajor,
      done: clients.told,
      stop: scene.stop,
      inputs: [input(scene, 'Classified as major (field 2.3)', classifiedMajor)],
      sentence: clientsSentence,
    }),
  ];
}

/** They run by the breach, whatever becomes of the incident. */
function breachClocks(scene: Scene): ClockDraft[] {
  const { breach } = scene.read;
  if (breach === null) return [];
  const { aware, risk, authorityNotified, personsTold } = breach;
  const { article, hours } = otherClocks.breachAuthority;
  const limit = aware + hours * HOUR;
  const isUnlikely = risk === 'unlikely' && authorityNotified === null;
  const authority: ClockDraft = {
    id: 'breach-authority',
    name: 'Personal data breach',
    to: 'Data protection authority',
    basis: `${article}: ${hours} h after awareness of the personal data breach`,
    relief: false,
    start: aware,
    limit,
    due: limit,
    done: authorityNotified,
    // Such a breach never had a clock.
    stopped: isUnlikely ? aware : null,
    isProjected: false,
    isInTime: (sent) => sent <= limit,
    inputs: [
      input(scene, 'Aware of the breach', aware),
      { label: 'Risk to persons', value: risk ?? 'not judged yet' },
    ],
    sentences: [breachSentences[isUnlikely ? 'unlikely' : 'authority']],
  };
  if (risk !== 'high') return [authority];
  return [
    authority,
    withoutNumber(scene, {
      id: 'breach-persons',
      name: 'Persons concerned',
      to: 'Data subjects',
      basis: `${otherClocks.breachPersons.article}: without undue delay`,
      start: aware,
      done: personsTold,
      stop: null,
      inputs: [
        input(scene, 'Aware of the breach', aware),
        { label: 'Risk to persons', value: risk },
      ],
      sentence: breachSentences.persons,
    }),
  ];
}

/** A duty without undue delay: it has no limit, so it is never late, and open until it is done. */
function withoutNumber(
  { read }: Scene,
  own: Pick<ClockDraft, 'id' | 'name' | 'to' | 'basis' | 'done' | 'inputs'> & {
    start: number;
    stop: Scene['stop'];
    sentence: string;
  },
): ClockDraft {
  const { stop, sentence, ...rest } = own;
  const stopped = own.done === null ? stop : null;
  const open = `Open since ${localWords(own.start, read.entity.zone)}.`;
  return {
    ...rest,
    limit: null,
    due: null,
    relief: false,
    stopped: stopped?.at ?? null,
    isProjected: false,
    isInTime: () => true,
    sentences: [
      sentence,
      ...(stopped === null ? [] : [stopped.sentence]),
      ...(own.done === null && stopped === null ? [open] : []),
    ],
  };
}

const input = ({ read }: Scene, label: string, instant: number): Inputs[number] => ({
  label,
  value: localWords(instant, read.entity.zone),
});
