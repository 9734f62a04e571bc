/** One event of an event stream. */
export interface StreamEvent {
  /** `message` where the stream names none. */
  readonly type: string;
  readonly data: string;
  /** The newest id of the stream so far: what `Last-Event-ID` must say on reconnect. */
  readonly lastEventId: string;
}

const longestEvent = 1_048_576;

/**
 * Reads an event stream as the HTML standard says (section 9.2.6, "Interpreting an event stream").
 *
 * Bytes may be cut anywhere, also inside a character or between CR and LF.
 * One parser reads one connection; what is unfinished at its end is dropped with it.
 * `retry` is passed over: how long to wait is decided in `backoff.ts`, with jitter that a fixed time would undo.
 */
export class EventStreamParser {
  readonly #decoder = new TextDecoder();
  #line = '';
  #afterReturn = false;
  #type = '';
  #data = '';
  #lastEventId: string;

  /** @param lastEventId The newest id of the connection before. */
  constructor(lastEventId = '') {
    this.#lastEventId = lastEventId;
  }

  /**
   * Takes the next bytes.
   *
   * @returns The events that are complete now, oldest first.
   * @throws RangeError when an event outgrows 1 Mi characters: no honest server sends one.
   */
  push(bytes: Uint8Array): StreamEvent[] {
    const events: StreamEvent[] = [];
    let text = this.#decoder.decode(bytes, { stream: true });
    if (this.#afterReturn && text.length > 0) {
      if (text.startsWith('\n')) text = text.slice(1);
      this.#afterReturn = false;
    }
    const lines = text.split(/\r\n|\r|\n/);
    const rest = lines.pop() ?? '';
    for (const end of lines) {
      this.#take(this.#line + end, events);
      this.#line = '';
    }
    this.#line += rest;
    if (text.endsWith('\r')) this.#afterReturn = true;
    if (this.#line.length + this.#data.length > longestEvent)
      throw new RangeError('An event of the stream is too long.');
    return events;
  }

  #take(line: string, events: StreamEvent[]): void {
    const colon = line.indexOf(':');
    if (line === '') this.#dispatch(events);
    else if (colon !== 0) this.#takeField(line, colon);
  }

  #takeField(line: string, colon: number): void {
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    switch (field) {
      case 'event':
        this.#type = value;
        break;
      case 'data':
        this.#data += `${value}\n`;
        break;
      case 'id':
        if (!value.includes('\0')) this.#lastEventId = value;
        break;
    }
  }

  #dispatch(events: StreamEvent[]): void {
    if (this.#data !== '') {
      events.push({ type: this.#type || 'message', data: this.#data.slice(0, -1), lastEventId: this.#lastEventId });
    }
    this.#type = '';
    this.#data = '';
  }
}
