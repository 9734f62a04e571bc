import type { QueryKey } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { showFailure } from '../components/failure.tsx';
import type { Try } from './action-key.ts';
import { nextTry } from './action-key.ts';

interface ActionOptions<Input, Output> {
  /** Sends the request with the key that it is given. */
  run: (input: Input, idempotencyKey: string) => Promise<Output>;
  /** Shows the result before the answer comes; gives back what takes it away again after a no. */
  onStart?: (input: Input) => (() => void) | undefined;
  onDone?: (output: Output, input: Input) => unknown;
  /** What to read again afterwards, after a no as well: a refusal often means that the page was out of date. */
  changes?: readonly QueryKey[];
  /** `toast` for ticks and buttons; `page` when the page shows `error` itself, as forms do. */
  failure?: 'toast' | 'page';
}

export interface Action<Input> {
  start: (input: Input) => void;
  /** Sends the failed try once more, with its own key. */
  retry: () => void;
  reset: () => void;
  isPending: boolean;
  isDone: boolean;
  error: Error | null;
  /** The input of the try that runs or ran last. */
  input: Input | undefined;
}

/** Something that a person does and the server is told of, once, however often it has to be sent. */
export function useAction<Input = void, Output = unknown>(options: ActionOptions<Input, Output>): Action<Input> {
  const { run, onStart, onDone, changes = [], failure = 'toast' } = options;
  const client = useQueryClient();
  const mutation = useMutation<Output, Error, Try<Input>, (() => void) | undefined>({
    mutationFn: ({ input, idempotencyKey }) => run(input, idempotencyKey),
    onMutate: ({ input }) => onStart?.(input),
    onSuccess: (output, { input }) => onDone?.(output, input),
    onError: (error, failed, takeBack) => {
      takeBack?.();
      if (failure === 'toast') showFailure(error, () => mutation.mutate(failed));
    },
    onSettled: () => Promise.all(changes.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  const before = mutation.error && mutation.variables ? { try: mutation.variables, error: mutation.error } : undefined;
  return {
    start: (input) => mutation.mutate(nextTry(input, () => crypto.randomUUID(), before)),
    retry: () => mutation.variables && mutation.mutate(mutation.variables),
    reset: mutation.reset,
    isPending: mutation.isPending,
    isDone: mutation.isSuccess,
    error: mutation.error,
    input: mutation.variables?.input,
  };
}
