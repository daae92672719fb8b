import { Body, Controller, Delete, Get, Headers, Ip, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { FreshProof, PasskeysService, type PersonPrincipal, readDevice } from '#libs/access';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CallingPerson } from '../access/caller.decorator.js';
import type { DeskRequest } from '../access/request.js';
import { Route } from '../access/route.decorator.js';
import { pageShape } from '../pages/cursor.js';
import { idShape } from '../pages/shapes.js';
import { deviceWords } from '../session/device-words.js';
import { SessionCookies } from '../session/session-cookies.service.js';
import { PasskeyCeremonies } from './passkey-ceremonies.service.js';
import { optionsShape, passkeyName, passkeyShape, registration } from './passkey-shapes.js';

const beginning = z.strictObject({ password: z.string().min(1).max(1024).optional() });
const finishing = z.strictObject({ credential: registration, name: passkeyName.optional() });
const renaming = z.strictObject({ name: passkeyName });

/** The caller's own passkeys. */
@Controller('api/v1/me/passkeys')
export class MyPasskeysController {
  constructor(
    private readonly passkeys: PasskeysService,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly proof: FreshProof,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  @Route('myPasskeys.list', { summary: 'The passkeys of the caller', answer: pageShape(passkeyShape) })
  async list(@CallingPerson() person: PersonPrincipal) {
    return { items: await this.passkeys.list(person), next: null };
  }

  @Post('options')
  @Route('myPasskeys.begin', {
    summary:
      'Begin to add a passkey: what `navigator.credentials.create` is given; needs the password where there is one',
    answer: optionsShape,
    status: 200,
    idempotent: false,
  })
  async begin(
    @CallingPerson() person: PersonPrincipal,
    @Ip() network: string,
    @Body({ schema: beginning }) { password }: z.output<typeof beginning>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.proof.demand(person, password, network);
    const { options, challenge } = await this.ceremonies.askToRegister(person);
    this.cookies.setChallenge(reply, 'passkey', challenge);
    return options;
  }

  @Post()
  @Route('myPasskeys.finish', { summary: 'Add the passkey that the browser made', answer: passkeyShape })
  async finish(
    @CallingPerson() person: PersonPrincipal,
    @Headers('user-agent') userAgent: string | undefined,
    @Body({ schema: finishing }) { credential, name }: z.output<typeof finishing>,
    @Req() request: DeskRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const token = this.cookies.challenge(request, 'passkey');
    this.cookies.clearChallenge(reply, 'passkey');
    const called = name ?? deviceWords(readDevice(userAgent), person.locale);
    return this.ceremonies.register(person, token, credential, called);
  }

  @Patch(':id')
  @Route('myPasskeys.rename', { summary: 'Rename a passkey of the caller', answer: passkeyShape })
  async rename(
    @CallingPerson() person: PersonPrincipal,
    @Param('id', { schema: idShape }) id: string,
    @Body({ schema: renaming }) { name }: z.output<typeof renaming>,
  ) {
    return this.passkeys.rename(person, id, name);
  }

  @Delete(':id')
  @Route('myPasskeys.remove', { summary: 'Remove a passkey of the caller, unless it is the last way in', status: 204 })
  async remove(@CallingPerson() person: PersonPrincipal, @Param('id', { schema: idShape }) id: string): Promise<void> {
    await this.passkeys.remove(person, id);
  }
}
