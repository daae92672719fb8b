import { Body, Controller, Headers, Post } from '@nestjs/common';
import type { Principal } from '#libs/access';
import type { Check } from '#libs/channels';
import type { Locale } from '#libs/contracts';
import { localeOf, stepText, troubleText } from '#libs/platform';
import { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { AccountTrials } from './account-trials.service.js';

const trialBody = z.strictObject({
  channel: z.string().min(1).max(32),
  address: z.string().max(320).optional(),
  /** As they would be saved. */
  settings: z.record(z.string(), z.unknown()).default({}),
  /** An account that is there: its secrets stand for those that are left out, or sent as `********`. */
  accountId: idShape.optional(),
});

const trialShape = z
  .object({
    ok: z.boolean(),
    /** In the order in which they were tried; what follows a failure on its side was not tried. */
    steps: z.array(
      z.object({
        step: z.string(),
        /** The step in words (Accept-Language). */
        text: z.string(),
        ok: z.boolean(),
        code: z.string().nullable(),
        /** What is wrong, in words. */
        reason: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'AccountTrial' });

const view = ({ step, ok, code, detail }: Check, locale: Locale) => ({
  step,
  text: stepText(locale, step),
  ok,
  code: ok ? null : (code ?? 'internal'),
  reason: ok ? null : troubleText(locale, code ?? 'internal'),
  detail: detail ?? null,
});

/** Whether a channel would work. */
@Controller('api/v1/accounts')
export class AccountTrialsController {
  constructor(private readonly trials: AccountTrials) {}

  @Post('test')
  @Route('accounts.test', {
    summary: 'Try settings against the real servers before they are saved; takes nothing in, sends nothing',
    answer: trialShape,
    status: 200,
    idempotent: false,
  })
  async test(
    @Body({ schema: trialBody }) wish: z.output<typeof trialBody>,
    @Caller() caller: Principal,
    @Headers('accept-language') language: string | undefined,
  ) {
    const checks = await this.trials.try(wish, caller);
    const locale = localeOf(language);
    return { ok: checks.every(({ ok }) => ok), steps: checks.map((check) => view(check, locale)) };
  }
}
