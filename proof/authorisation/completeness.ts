import { createApp } from '../../server/app.ts';
import { createMailboxTransport } from '../../server/features/mailbox/mailbox.service.ts';
import type { TestApp } from '../../server/tests/harness/app.ts';
import type { Documented } from './document.ts';
import type { Access, Expectation } from './table/expectation.ts';

type Table = Readonly<Record<string, Expectation>>;

/** The schemes by which the document lets each in. */
const schemes: Readonly<Record<Access, readonly string[]>> = {
  everybody: [],
  person: [],
  link: [],
  session: ['session'],
  token: ['session', 'device'],
  application: ['session', 'device'],
  service: ['serviceKey'],
};

/** What the table and the document do not have in common: addresses without expectation, expectations without address. */
export function gapsBetween(table: Table, document: readonly Documented[]): string[] {
  const expected = new Set(Object.keys(table).map((name) => name.split(':')[0]));
  const documented = new Map(document.map((one) => [one.operationId, one]));
  const without = document
    .filter(({ operationId }) => !expected.has(operationId))
    .map(({ operationId, method, path }) => `${method} ${path} (${operationId}) has no expectation`);
  const dead = [...expected]
    .filter((name) => name === undefined || !documented.has(name))
    .map((name) => `the expectation ${name} has no address`);
  const otherwise = Object.entries(table).flatMap(([name, { access }]) => {
    const shown = documented.get(name.split(':')[0] ?? '')?.schemes;
    return shown && shown.join() !== schemes[access].join() ? [`${name} is for ${access} and shown to ${shown}`] : [];
  });
  return [...without, ...dead, ...otherwise];
}

/** The addresses that the application answers, as its router has them, and no document or table does. */
export function unknownRoutes(app: TestApp, document: readonly Documented[], others: Table): string[] {
  const { http } = createApp(app.ground, {
    ...{ checkResponses: true, version: 'test', deploymentSource: 'test' },
    mail: createMailboxTransport(app.ground),
  });
  const documented = document.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
  const known = new Set([...documented, ...Object.keys(others)]);
  // `ALL` is what stands before every address, such as headers.
  const routes = http.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  return [...new Set(routes)].filter((route) => !known.has(route));
}
