import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { SignInPlace } from '../../contract/account.ts';
import { forgetUndo } from '../components/undo-stack.ts';
import { useLanguage } from '../text/use-text.ts';
import { api } from './api.ts';
import { meQuery } from './me.ts';
import { queryKeys } from './query-key.ts';
import { useAction } from './use-action.tsx';

/** Signs in and goes to `target`, a path of this portal. */
export function useSignIn(target: string) {
  const welcome = useWelcome();
  return useAction({
    run: (body: { email: string; password: string }) => api.signIn({ body }),
    onDone: () => welcome(target),
    failure: 'page',
  });
}

/** Reads who is signed in now and goes to `target`; for links that sign in on the way, too. */
export function useWelcome(): (target: string) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async (target) => {
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    router.history.push(target);
  };
}

export function useSignOut(target = '/sign-in') {
  const client = useQueryClient();
  const router = useRouter();
  return useAction({
    run: () => api.signOut(),
    onDone: async () => {
      forgetUndo();
      // The secrets of links that were open in this tab.
      sessionStorage.clear();
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== queryKeys.deployment[0] });
      client.setQueryData(queryKeys.me, null);
      router.history.push(target);
      await router.invalidate();
    },
  });
}

export function useSignUp() {
  const language = useLanguage();
  return useAction({
    run: (person: { name: string; email: string; password: string }, idempotencyKey) =>
      api.signUp({ body: { ...person, language }, idempotencyKey }),
    failure: 'page',
  });
}

export function usePasswordReset() {
  const language = useLanguage();
  return useAction({
    run: (email: string, idempotencyKey) => api.requestPasswordReset({ body: { email, language }, idempotencyKey }),
    failure: 'page',
  });
}

export function useChangeMe(onDone?: () => void) {
  return useAction({
    run: (body: { name?: string; language?: 'en' | 'de' | 'cs' }) => api.changeMe({ body }),
    onDone,
    changes: [queryKeys.me],
    failure: 'page',
  });
}

export function useChangePassword(onDone: () => void) {
  return useAction({
    run: (body: { currentPassword: string; newPassword: string }) => api.changePassword({ body }),
    onDone,
    changes: [queryKeys.signIns],
    failure: 'page',
  });
}

/** Ends one sign-in, or with null every one but this. */
export function useEndSignIns(onDone: () => void) {
  return useAction({
    run: (body: { currentPassword: string; signInId: SignInPlace['id'] | null }) => api.endSignIns({ body }),
    onDone,
    changes: [queryKeys.signIns],
    failure: 'page',
  });
}
