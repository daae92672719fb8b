import { z } from 'zod';
import { oneLine, dateShape, idShape } from '../pages/shapes.js';

/** A name in both languages. */
export const titleBody = z.strictObject({
  ru: z.string().transform(oneLine).pipe(z.string().min(1).max(200)),
  en: z.string().transform(oneLine).pipe(z.string().min(1).max(200)),
});

/** How a desk file, a rule and a program name it: never changed. */
const key = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'fault.deskKey');

export const kindKey = z.string().min(1).max(64);
export const newPlace = z.strictObject({ key, title: titleBody });
export const placeChange = z
  .strictObject({ title: titleBody.optional(), archived: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'fault.nothingToChange');
export const placesQuery = z.strictObject({ archived: z.enum(['true', 'false']).default('false') });

const title = z.object({ ru: z.string(), en: z.string() });
export const kindShape = z
  .object({
    key: z.string(),
    title,
    position: z.number().int(),
    archivedAt: dateShape.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Kind' });
export const queueShape = kindShape.extend({ id: idShape }).meta({ id: 'Queue' });

export const queueOrder = z.strictObject({ ids: z.array(idShape).min(1).max(500) });
export const kindOrder = z.strictObject({ keys: z.array(kindKey).min(1).max(500) });
