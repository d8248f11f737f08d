/** The process's log. Fields that could hold a secret are cut out before anything is written. */
import pino from 'pino';

export const log = pino({
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      '*.token',
      '*.ticket',
      '*.password',
      '*.secret',
      '*.assertion',
      '*.registration',
      '*.privateKey',
      'req.headers.cookie',
      'err.meta',
    ],
    censor: '[cut]',
  },
});
