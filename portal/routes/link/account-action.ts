import { useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../data/query-key.ts';
import { useWelcome } from '../../data/sign-in.ts';
import type { Action } from '../../data/use-action.tsx';
import { useAction } from '../../data/use-action.tsx';
import { forgetSecret } from './link-secret.ts';
import type { LinkProof } from './opened-link.ts';

/** A link's one act that ends with somebody signed in: does it, then goes on into the portal. */
export function useAccountAction<Input, Output>(
  { linkId }: LinkProof,
  run: (input: Input, idempotencyKey: string) => Promise<Output>,
  target: (output: Output) => string,
): Action<Input> {
  const client = useQueryClient();
  const welcome = useWelcome();
  return useAction({
    run,
    onDone: async (output) => {
      forgetSecret(linkId);
      await welcome(target(output));
      client.removeQueries({ queryKey: queryKeys.link(linkId) });
    },
    failure: 'page',
  });
}
