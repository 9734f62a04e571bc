import type { Context } from 'hono';
import type { Endpoint } from '../../../contract/endpoint.ts';
import { AppError } from '../app-error.ts';

/** Tells an address that takes other methods from one that does not exist, and names these methods in `Allow`. */
export function unknownAddress(endpoints: readonly Endpoint[]): (c: Context) => AppError {
  const known = endpoints.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }));
  return (c) => {
    const methods = known.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method);
    if (methods.length === 0) return new AppError('notFound');
    c.header('allow', [...new Set(methods)].join(', '));
    return new AppError('methodNotAllowed');
  };
}
