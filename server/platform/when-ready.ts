/** Goes on at once with what is there, and later with what is promised: what is known need not wait for the event loop. */
export function whenReady<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
