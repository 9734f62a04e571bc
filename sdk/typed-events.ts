type Listener<Payload> = (payload: Payload) => void;

/** Listeners by the name of what they listen to. */
export class TypedEvents<Payloads extends object> {
  readonly #listeners: { [Type in keyof Payloads]?: Set<Listener<Payloads[Type]>> } = {};

  /** Listens from now on. Returns how to stop. */
  on<Type extends keyof Payloads>(type: Type, listener: Listener<Payloads[Type]>): () => void {
    const listeners: Set<Listener<Payloads[Type]>> = this.#listeners[type] ?? new Set();
    this.#listeners[type] = listeners;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Tells all listeners. One that throws hinders no other: its error surfaces as an uncaught one. */
  emit<Type extends keyof Payloads>(type: Type, payload: Payloads[Type]): void {
    for (const listener of [...(this.#listeners[type] ?? [])]) {
      try {
        listener(payload);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
