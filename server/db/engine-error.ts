/** The embedded engine cannot be had here; the message tells people why and what to do, and needs no stack. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
}
