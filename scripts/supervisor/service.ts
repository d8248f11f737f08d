/** What the supervisor needs to know about a process in order to keep it running. */

export type Command = {
  /** Program and arguments. Node.js children are started with `nodeCommand`. */
  file: string;
  args: string[];
  /** The whole environment of the child; nothing is inherited beside it. */
  env: Record<string, string>;
  /** Runs as another user; only for a supervisor that is root. */
  user?: { uid: number; gid: number } | undefined;
};

export type ServiceSpec = {
  /** Short name, also of the log file and the line prefix. */
  name: string;
  /** What people read while it starts. */
  title: string;
  /** Asked before each start, so that left-overs of a crash can be cleared there. */
  command: () => Command | Promise<Command>;
  /** Asked again and again until it answers true. */
  isReady: () => boolean | Promise<boolean>;
  readyWithinMs: number;
  /** How long an orderly stop may take before the process is killed. */
  stopWithinMs: number;
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** Lines that people need not see; they still go to the log file. */
  isRoutine?: (line: string) => boolean;
};

export type ServiceState = 'off' | 'starting' | 'up' | 'waiting' | 'stopping';

export type ServiceStatus = {
  name: string;
  title: string;
  state: ServiceState;
  pid: number | null;
  restarts: number;
};
