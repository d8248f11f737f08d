/** A connection of a pool that is given up with the first answer that does not come in time. */
import pg from 'pg';

/** What node-postgres says when its `query_timeout` runs out; it gives the error no code. */
const lateAnswer = 'Query read timeout';

/**
 * Node-postgres goes on with a connection after a late answer. The connection may have a
 * transaction open then, and whoever gets it next would commit what that one wrote: so it ends
 * here, and the pool makes another.
 */
export class TimelyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as (...args: unknown[]) => unknown;
    const watched = (...args: unknown[]): unknown => {
      const answer = ask(...args);
      if (answer instanceof Promise)
        answer.catch((error: unknown) => {
          if (error instanceof Error && error.message === lateAnswer)
            this.end().catch(() => undefined);
        });
      return answer;
    };
    this.query = watched as typeof this.query;
  }
}
