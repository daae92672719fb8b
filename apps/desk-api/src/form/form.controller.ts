import { Controller, Get, Headers, Ip, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiKeysService, RateLimit } from '#libs/access';
import type { AttachmentId, TicketId } from '#libs/contracts';
import { DeskError } from '#libs/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bearerToken } from '../access/credentials.js';
import { Route } from '../access/route.decorator.js';
import { readIdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import { decodeCursor, pageOf, pageQuery, pageShape } from '../pages/cursor.js';
import { attachmentHeaders } from '../pages/download.js';
import { idShape } from '../pages/shapes.js';
import { type Form, FormAccounts } from './form-accounts.service.js';
import { FormBodyReader } from './form-body.service.js';
import { formFields } from './form-request.js';
import { FormRequests } from './form-requests.service.js';
import type { FormUser } from './form-token.js';
import { OwnMessages } from './own-messages.service.js';
import { OwnTickets } from './own-tickets.service.js';
import { requestShape, requestView, requestWithMessagesShape } from './requester-view.js';

const takenShape = z
  .object({
    id: idShape,
    number: z.string(),
    state: z.string(),
    /** Where the holder of the token reads the answer; null without a token. */
    statusUrl: z.string().nullable(),
  })
  .meta({ id: 'TakenRequest' });
const formName = z.string().min(1).max(100);
const listQuery = z.strictObject(pageQuery);
const position = z.tuple([z.iso.datetime(), idShape]);

/** The form in a requester's account on the learning platform. */
@Controller('api/v1/forms/:form/requests')
export class FormController {
  private readonly networks = new RateLimit({ burst: 60, everyMs: 2_000 });
  private readonly users = new RateLimit({ burst: 60, everyMs: 1_000 });

  constructor(
    private readonly forms: FormAccounts,
    private readonly bodies: FormBodyReader,
    private readonly requests: FormRequests,
    private readonly own: OwnTickets,
    private readonly messages: OwnMessages,
    private readonly keys: ApiKeysService,
  ) {}

  @Post()
  @Route('forms.create', {
    summary:
      'Send a request: JSON, or multipart with files. A token of the learning platform (header or field `token`) names its user',
    answer: takenShape,
    body: formFields,
    files: true,
    headers: ['Idempotency-Key'],
  })
  async create(
    @Param('form', { schema: formName }) name: string,
    @Ip() network: string,
    @Headers() headers: Record<string, string | undefined>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    // Before the files are read: a token in the header is checked first, too.
    const key = readIdempotencyKey(headers['idempotency-key']);
    const form = await this.forms.get(name);
    const byHeader = await this.senderOf(form, bearerToken(headers.authorization));
    if (!byHeader) this.slowDown(this.networks, network);
    const body = await this.bodies.read(request);
    const user = byHeader ?? (await this.userOf(form, body.fields.token));
    if (user) this.slowDown(this.users, `${form.account.id} ${user.sub}`);

    const { id, number, state } = await this.requests.submit({ form, body, user, key });
    const statusUrl = user ? `/api/v1/forms/${encodeURIComponent(name)}/requests/${id}` : null;
    if (statusUrl) void reply.header('location', statusUrl);
    return { id, number, state, statusUrl };
  }

  @Get()
  @Route('forms.list', {
    summary: "The token holder's own requests, newest change first",
    answer: pageShape(requestShape),
    headers: ['Authorization'],
  })
  async list(
    @Param('form', { schema: formName }) name: string,
    @Headers('authorization') authorization: string | undefined,
    @Query({ schema: listQuery }) { cursor, limit }: z.output<typeof listQuery>,
  ) {
    const user = await this.mustBeUser(name, authorization);
    const [at, id] = decodeCursor(cursor, position) ?? [];
    const after = at && id ? { at, id } : undefined;
    const found = await this.own.list(user, limit + 1, after);
    const page = pageOf(found, limit, (ticket) => [ticket.position.at, ticket.position.id]);
    return { ...page, items: page.items.map(requestView) };
  }

  @Get(':id')
  @Route('forms.get', {
    summary: 'One own request with what was said',
    answer: requestWithMessagesShape,
    headers: ['Authorization'],
  })
  async get(
    @Param('form', { schema: formName }) name: string,
    @Param('id', { schema: idShape }) id: TicketId,
    @Headers('authorization') authorization: string | undefined,
  ) {
    const ticket = await this.ownTicket(name, id, authorization);
    return { ...requestView(ticket), messages: await this.messages.of(ticket) };
  }

  @Get(':id/attachments/:attachment')
  @Route('forms.attachment', { summary: 'A file of an own request', headers: ['Authorization'], download: true })
  async attachment(
    @Param('form', { schema: formName }) form: string,
    @Param('id', { schema: idShape }) id: TicketId,
    @Param('attachment', { schema: idShape }) attachmentId: AttachmentId,
    @Headers('authorization') authorization: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const ticket = await this.ownTicket(form, id, authorization);
    const { name, bytes, stream } = await this.messages.attachment(ticket, attachmentId);
    await reply.headers(attachmentHeaders(name, bytes)).send(stream);
  }

  private async ownTicket(name: string, id: TicketId, authorization: string | undefined) {
    const user = await this.mustBeUser(name, authorization);
    const ticket = await this.own.get(user, id);
    if (!ticket) throw new DeskError('not_found');
    return ticket;
  }

  private async mustBeUser(name: string, authorization: string | undefined): Promise<FormUser> {
    const user = await this.userOf(await this.forms.get(name), bearerToken(authorization));
    if (!user) throw new DeskError('unauthenticated', 'refusal.platformTokenNeeded');
    return user;
  }

  /** A program that posts with its API key, as it does everywhere else, names no user of the platform by it. */
  private async senderOf(form: Form, token: string | undefined): Promise<FormUser | undefined> {
    const isApiKey = token !== undefined && (await this.keys.authenticate(token)) !== undefined;
    return isApiKey ? undefined : this.userOf(form, token);
  }

  private async userOf(form: Form, token: string | undefined): Promise<FormUser | undefined> {
    return token === undefined ? undefined : this.forms.user(form, token);
  }

  private slowDown(limit: RateLimit, name: string): void {
    const waitMs = limit.waitMs(name, Date.now());
    if (waitMs > 0)
      throw new DeskError('too_many_requests', { text: 'refusal.repeatIn', seconds: Math.ceil(waitMs / 1000) });
    limit.take(name, Date.now());
  }
}
