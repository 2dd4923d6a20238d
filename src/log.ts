import pino, { type DestinationStream, type Logger } from 'pino';

/** JSON log on standard error, so that standard output stays a person's. Personal values never reach it (10 in architecture.md §2). */
export function makeLog(level: string, to: DestinationStream = pino.destination({ dest: 2, sync: false })): Logger {
  return pino(
    {
      level,
      base: { app: 'anju' },
      redact: { paths: ['*.idNumber', '*.name', '*.authorization', 'req.headers', '*.token'], censor: '[redacted]' },
      serializers: { err: errorShape },
    },
    to,
  );
}

/** Only the kind, code and stack frames of an error: a driver's message may quote a row. */
function errorShape(error: Error & { code?: string }): Record<string, unknown> {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { type: error.name, code: error.code, stack: frames.slice(0, 12) };
}

export type { Logger };
