import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { DeskError } from '../refusals/desk-error.js';

/**
 * Checks `@Body({ schema })`, `@Query({ schema })` and `@Param('id', { schema })` and hands on what the schema makes
 * of the value. What it throws keeps the validator's findings whole, so that the filter can tell them in the
 * language of the request.
 */
@Injectable()
export class SchemaValidationPipe implements PipeTransform {
  transform(value: unknown, { schema, type, data }: ArgumentMetadata): unknown {
    if (!schema || type === 'custom') return value;
    if (!(schema instanceof z.ZodType)) throw new Error('Schemas of routes are zod schemas');
    const answer = schema.safeParse(value, { reportInput: true });
    if (answer.success) return answer.data;
    // What a path can't name doesn't exist.
    if (type === 'param') throw new DeskError('not_found');
    const issues = data ? answer.error.issues.map((issue) => ({ ...issue, path: [data, ...issue.path] })) : undefined;
    throw issues ? new z.ZodRealError(issues) : answer.error;
  }
}
