import { z } from 'zod';

/**
 * A zod schema as OpenAPI 3.1 has it (JSON Schema 2020-12). Schemas with an `id` in their meta data become components
 * that others refer to; what JSON has no word for ("no body") is left open.
 */
export function openapiSchema(schema: unknown, { schemaType }: { readonly schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $defs = {}, $schema: _, ...json } = z.toJSONSchema(schema, { io: schemaType, unrepresentable: 'any' });
  return { schema: json, components: $defs };
}
