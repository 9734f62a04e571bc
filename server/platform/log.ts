/** What a log line may carry: ids and numbers, never names, mail addresses or secrets; a network address where somebody signs in or is refused. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, error: unknown, fields?: LogFields): void;
}

/** Writes one line of JSON an entry to standard error, so that standard output stays for people. */
export const standardLog: Log = {
  info: (message, fields) => write('info', message, fields),
  warn: (message, fields) => write('warn', message, fields),
  error: (message, error, fields) => write('error', message, { ...fields, ...describe(error) }),
};

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

function write(level: string, message: string, fields: LogFields = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`);
}

function describe(error: unknown): LogFields {
  if (error instanceof Error) return { error: error.message, stack: error.stack };
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return { error: String(message) };
}
