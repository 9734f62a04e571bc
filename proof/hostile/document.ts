import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** The part of JSON Schema that the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** What an operation may answer with one status. */
export interface Declared {
  readonly mediaType: string;
  /** The codes that the document names for a problem. */
  readonly codes: ReadonlySet<string>;
  /** What is wrong with a body; undefined where it is as the document says. */
  faultOf(body: unknown): string | undefined;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The ways to be let in that it names; none where anybody is. */
  readonly access: ReadonlySet<string>;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly mediaType: string; readonly schema: Schema } | undefined;
  readonly answers: ReadonlyMap<number, Declared>;
}

export interface Description {
  readonly operations: readonly Operation[];
  /** What every problem has to look like, whoever answers it. */
  readonly problem: Declared;
  resolve(schema: Schema): Schema;
}

interface RawOperation {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: Readonly<Record<string, unknown>> }>
  >;
}

interface RawDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const FILE = new URL('../../openapi.json', import.meta.url);
const ROOT = 'openapi.json';

/** Reads the API's description, as anybody outside does: what it says is what answers are held against. */
export function readDescription(): Description {
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as RawDocument;
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: ROOT, ...document });
  const validatorAt = (...pointer: string[]) => {
    let compiled: ValidateFunction | undefined;
    const $ref = `${ROOT}#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    return (body: unknown): string | undefined => {
      compiled ??= ajv.compile({ $ref });
      return compiled(body) ? undefined : ajv.errorsText(compiled.errors);
    };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]): Operation => {
      const [mediaType, body] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [];
      const answers = Object.entries(raw.responses).map(([status, { description, content }]): [number, Declared] => {
        const answerType = Object.keys(content)[0] ?? '';
        const pointer = ['paths', path, method, 'responses', status, 'content', answerType, 'schema'];
        const codes = answerType === PROBLEM ? description.split(', ') : [];
        return [Number(status), { mediaType: answerType, codes: new Set(codes), faultOf: validatorAt(...pointer) }];
      });
      return {
        id: raw.operationId,
        method: method.toUpperCase(),
        path,
        access: new Set((raw.security ?? []).flatMap((each) => Object.keys(each))),
        parameters: raw.parameters ?? [],
        body: mediaType !== undefined && body ? { mediaType, schema: body.schema } : undefined,
        answers: new Map(answers),
      };
    }),
  );
  return {
    operations,
    problem: { mediaType: PROBLEM, codes: new Set(), faultOf: validatorAt('components', 'schemas', 'Problem') },
    resolve: (schema) => {
      const name = schema.$ref?.split('/').at(-1);
      return name === undefined ? schema : (document.components.schemas[name] ?? schema);
    },
  };
}

export const PROBLEM = 'application/problem+json';
