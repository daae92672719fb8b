import { Body, Controller, Get, Ip, Post } from '@nestjs/common';
import { PasswordProof, type PersonPrincipal, SecondFactorService } from '#libs/access';
import { z } from 'zod';
import { CallingPerson } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { dateShape } from '../pages/shapes.js';
import { secondFactorProof } from '../session/sign-in-shapes.js';

const password = z.string().min(1).max(1024);
const code = z.string().min(1).max(32);

const beginning = z.strictObject({ password });
const confirmation = z.strictObject({ code });
const turningOff = z.strictObject({ password, proof: secondFactorProof });

const stateShape = z
  .object({ enabledAt: dateShape.nullable(), recoveryCodesLeft: z.number().int() })
  .meta({ id: 'SecondFactor' });
const enrolmentShape = z
  .object({
    /** To be typed by hand. */
    secret: z.string(),
    /** To be shown as a QR code. */
    url: z.string(),
  })
  .meta({ id: 'Enrolment' });
const codesShape = z
  .object({
    /** Shown once: nobody can read them again. */
    recoveryCodes: z.array(z.string()),
  })
  .meta({ id: 'RecoveryCodes' });

/** The caller's own second factor: codes of an authenticator program. */
@Controller('api/v1/me/second-factor')
export class MySecondFactorController {
  constructor(
    private readonly factors: SecondFactorService,
    private readonly passwords: PasswordProof,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @Route('mySecondFactor.get', { summary: 'Whether the second factor is on', answer: stateShape })
  async get(@CallingPerson() person: PersonPrincipal) {
    return this.factors.state(person);
  }

  @Post()
  @Route('mySecondFactor.begin', {
    summary: 'Make a secret for an authenticator program; a code of it turns the second factor on',
    answer: enrolmentShape,
  })
  async begin(
    @CallingPerson() person: PersonPrincipal,
    @Ip() network: string,
    @Body({ schema: beginning }) body: z.output<typeof beginning>,
  ) {
    await this.passwords.confirm(person, body.password, network);
    return this.factors.begin(person);
  }

  @Post('confirmation')
  @Route('mySecondFactor.confirm', {
    summary: 'Turn the second factor on by its first code; gives the recovery codes and ends all other sessions',
    answer: codesShape,
  })
  async confirm(
    @CallingPerson() person: PersonPrincipal,
    @Body({ schema: confirmation }) body: z.output<typeof confirmation>,
  ) {
    const recoveryCodes = await this.factors.confirm(person, body.code);
    await this.streams.recheck();
    return { recoveryCodes };
  }

  @Post('recovery-codes')
  @Route('mySecondFactor.remakeCodes', {
    summary: 'Make new recovery codes in the place of the old ones',
    answer: codesShape,
  })
  async remakeCodes(
    @CallingPerson() person: PersonPrincipal,
    @Body({ schema: confirmation }) body: z.output<typeof confirmation>,
  ) {
    return { recoveryCodes: await this.factors.remakeCodes(person, body.code) };
  }

  @Post('removal')
  @Route('mySecondFactor.turnOff', {
    summary: 'Turn the second factor off by password and code; ends all other sessions',
    status: 204,
  })
  async turnOff(
    @CallingPerson() person: PersonPrincipal,
    @Ip() network: string,
    @Body({ schema: turningOff }) body: z.output<typeof turningOff>,
  ): Promise<void> {
    await this.passwords.confirm(person, body.password, network);
    await this.factors.turnOff(person, body.proof);
    await this.streams.recheck();
  }
}
