import type { Client } from '../../../contract/client.ts';
import { createClient } from '../../../contract/client.ts';
import type { TestApp } from './app.ts';

/** A client that keeps the cookies it is given, as a browser does. */
export interface Browser extends Client {
  /** What it would send now. */
  cookie(): string;
  /** The `Set-Cookie` headers of the newest answer that had any. */
  readonly lastSetCookies: string[];
}

export function openBrowser(app: TestApp): Browser {
  const jar = new Map<string, string>();
  const lastSetCookies: string[] = [];
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const client = createClient({
    headers: (): Record<string, string> => (jar.size > 0 ? { cookie: cookie() } : {}),
    async fetch(path, init) {
      const answer = await app.request(path, init);
      const set = answer.headers.getSetCookie();
      if (set.length > 0) lastSetCookies.splice(0, Number.POSITIVE_INFINITY, ...set);
      for (const one of set) keep(jar, one);
      return answer;
    },
  });
  return { ...client, cookie, lastSetCookies };
}

function keep(jar: Map<string, string>, setCookie: string): void {
  const [pair = ''] = setCookie.split(';');
  const [name = '', value = ''] = pair.split(/=(.*)/s);
  if (/max-age=0/i.test(setCookie)) jar.delete(name);
  else jar.set(name, value);
}
