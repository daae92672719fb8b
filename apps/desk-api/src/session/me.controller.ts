import { Controller, Get } from '@nestjs/common';
import { type Principal, roles, scopes } from '#libs/access';
import { locales } from '#libs/contracts';
import { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';

const meShape = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('person'),
      id: idShape,
      email: z.string(),
      name: z.string(),
      role: z.enum(roles),
      locale: z.enum(locales),
    }),
    z.object({ type: z.literal('program'), id: idShape, name: z.string(), scopes: z.array(z.enum(scopes)) }),
  ])
  .meta({ id: 'Caller' });

@Controller('api/v1/me')
export class MeController {
  @Get()
  @Route('me.get', { summary: 'Who calls: the signed-in person or the API key', answer: meShape })
  get(@Caller() caller: Principal): z.output<typeof meShape> {
    if (caller.type === 'program')
      return { type: 'program', id: caller.id, name: caller.name, scopes: [...caller.scopes] };
    const { id, email, name, role, locale } = caller;
    return { type: 'person', id, email, name, role, locale };
  }
}
