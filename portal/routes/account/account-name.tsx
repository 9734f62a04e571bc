import { useSignedIn } from '../../data/me.ts';

/** Tells password managers whose password a form asks for; without it they keep a new one for nobody. */
export function AccountName() {
  const { account } = useSignedIn();
  return <input type="text" autoComplete="username" value={account.email} readOnly hidden />;
}
