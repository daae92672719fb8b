import { ruleCondition, ruleDeclaration, ruleOutcome } from '#libs/routing';
import { z } from 'zod';
import { dateShape, idShape } from '../pages/shapes.js';

export const newRule = ruleDeclaration;
export const ruleChange = z
  .strictObject({
    name: ruleDeclaration.shape.name.optional(),
    enabled: z.boolean().optional(),
    when: ruleCondition.optional(),
    then: ruleOutcome.optional(),
    archived: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'fault.nothingToChange');
export const ruleOrder = z.strictObject({ ids: z.array(idShape).min(1).max(1000) });

export const ruleShape = z
  .object({
    id: idShape,
    name: z.string(),
    enabled: z.boolean(),
    when: ruleCondition,
    then: ruleOutcome,
    archivedAt: dateShape.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Rule' });
export const rulesShape = z.object({ items: z.array(ruleShape), next: z.null() });
