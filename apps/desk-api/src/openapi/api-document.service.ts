import { Injectable } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { errorCodes, eventTypes } from '#libs/contracts';
import { z } from 'zod';
import { openapiSchema } from './openapi-schema.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type OperationObject = { responses: Record<string, object>; parameters?: { name?: string }[] };

const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum([...errorCodes, 'internal_error']),
  detail: z.string().optional(),
  faults: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  instance: z.string().optional(),
});

/** The `data` of each event of `/api/v1/events`. */
const eventShape = z.object({
  id: z.string(),
  type: z.enum(eventTypes),
  at: z.string(),
  ticketId: z.string().nullable(),
  queueId: z.string().nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** The OpenAPI document of this very process, made once at start from its routes and schemas. */
@Injectable()
export class ApiDocument {
  private document: OpenAPIObject | undefined;

  make(app: NestFastifyApplication): void {
    const frame = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Switchboard')
      .setDescription(
        'The API of the desk. Ids are strings. Lists answer `{ items, next }`; faults are problem details (RFC 9457); ' +
          'writes take `Idempotency-Key`, updates `If-Match` with the ETag that was read.',
      )
      .setVersion('1')
      .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
      .addSecurity('key', { type: 'http', scheme: 'bearer', description: 'An API key: `sbk_…`' })
      .addCookieAuth('sb_session', { type: 'apiKey', in: 'cookie' }, 'session')
      .build();
    const document = SwaggerModule.createDocument(app, frame, { standardSchemaConverter: openapiSchema });
    this.document = completed(document);
  }

  read(): OpenAPIObject {
    if (!this.document) throw new Error('The OpenAPI document is made before the port opens');
    return this.document;
  }
}

/**
 * Adds the shapes of events and of every refusal, and what only the verb decides: the status of success, and which
 * writes have keys.
 */
function completed(document: OpenAPIObject): OpenAPIObject {
  const shaped = (shape: z.ZodType) => openapiSchema(shape, { schemaType: 'output' })?.schema as Schemas[string];
  const schemas: Schemas = {
    ...document.components?.schemas,
    DeskEvent: shaped(eventShape),
    Problem: shaped(problemShape),
  };
  for (const item of Object.values(document.paths)) {
    for (const [verb, operation] of Object.entries(item) as [string, OperationObject][]) {
      const { '2XX': success, ...others } = operation.responses;
      if (verb !== 'post') {
        operation.parameters = operation.parameters?.filter(({ name }) => name !== 'Idempotency-Key') ?? [];
      }
      if (success) operation.responses = { [verb === 'post' ? '201' : '200']: success, ...others };
    }
  }
  return { ...document, components: { ...document.components, schemas: sorted(schemas) } };
}

const sorted = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => a.localeCompare(b, 'en')));
