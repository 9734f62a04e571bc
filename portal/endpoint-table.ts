import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import type { Endpoint } from '../contract/endpoint.ts';

const tableFile = fileURLToPath(new URL('../contract/endpoints.ts', import.meta.url));

/**
 * Gives the portal the endpoint table without its schemas.
 *
 * The typed client needs method and path of each operation at run time, the schemas are there for types and for the server:
 * without them the page need not load the schema library.
 */
export function endpointTable(): Plugin {
  return {
    name: 'namesake-endpoint-table',
    async load(id) {
      if (id !== tableFile) return null;
      const { endpoints } = await import(pathToFileURL(tableFile).href);
      const slim = Object.entries<Endpoint>(endpoints).map(([name, endpoint]) => [name, wireOf(endpoint)]);
      return `export const endpoints = ${JSON.stringify(Object.fromEntries(slim))};`;
    },
  };
}

function wireOf({ method, path, changes, bodyType }: Endpoint): Partial<Endpoint> {
  return { method, path, changes, bodyType };
}
