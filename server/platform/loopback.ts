const LOOPBACK = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

/** Whether a host is this very machine, so that what is said to it passes no network. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);
