import type { components } from './schema.js';

/** Shapes of the API by their names in its description: `Shape<'Ticket'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];
