import type { TestApp } from '../../server/tests/harness/app.ts';

/** An operation as the served OpenAPI document has it. */
export interface Documented {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** The names of the schemes that let somebody in; empty where anybody may come. */
  readonly schemes: readonly string[];
  /** The codes of each status of refusal. */
  readonly codes: ReadonlyMap<number, readonly string[]>;
  readonly success: number;
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

/** Reads the document as the application serves it. */
export async function readDocument(app: TestApp): Promise<Documented[]> {
  const answer = await app.request('/openapi.json');
  // The form of an OpenAPI document, as far as it is read here.
  const document = (await answer.json()) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => documented(method.toUpperCase(), path, operation)),
  );
}

function documented(method: string, path: string, { operationId, security, responses }: Operation): Documented {
  const statuses = Object.entries(responses).map(([status, { description }]) => [Number(status), description] as const);
  const refusals = statuses.filter(([status]) => status >= 400);
  return {
    ...{ operationId, method, path },
    schemes: security.flatMap((scheme) => Object.keys(scheme)),
    codes: new Map(refusals.map(([status, description]) => [status, description.split(', ')])),
    success: statuses.find(([status]) => status < 300)?.[0] ?? 200,
  };
}
