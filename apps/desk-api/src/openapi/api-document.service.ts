import { Injectable } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openapiSchema } from './openapi-schema.js';

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
      .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: `sbk_…`' }, 'key')
      .addCookieAuth('sb_session', { type: 'apiKey', in: 'cookie' }, 'session')
      .build();
    this.document = SwaggerModule.createDocument(app, frame, { standardSchemaConverter: openapiSchema });
  }

  read(): OpenAPIObject {
    if (!this.document) throw new Error('The OpenAPI document is made before the port opens');
    return this.document;
  }
}
