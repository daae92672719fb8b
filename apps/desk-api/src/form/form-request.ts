import type { InboundMessage, PersonAddress } from '#libs/contracts';
import { readPhoneNumber } from '#libs/tickets';
import { z } from 'zod';
import { idShape, oneLine } from '../pages/shapes.js';

type Sender = InboundMessage['sender'];

const line = (longest: number) => z.string().max(longest).transform(oneLine);

/** Lines end by LF; other control characters are no text. */
const paragraphs = z
  .string()
  .min(1)
  .max(100_000)
  .transform((value) =>
    // The way over bytes replaces halves of surrogate pairs.
    Buffer.from(value.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '')).toString(),
  )
  .refine((value) => value.trim() !== '', 'fault.nothingWritten');

/** What a requester fills in. */
export const formFields = z.strictObject({
  name: line(300).optional(),
  email: z
    .union([z.literal(''), z.email().max(320)])
    .transform((value) => value.toLowerCase() || undefined)
    .optional(),
  phone: line(64).optional(),
  subject: line(300).default(''),
  text: paragraphs,
  kind: z.string().max(64).optional(),
  locale: z.enum(['ru', 'en']).optional(),
  /** Adds to this request of one's own instead of opening another; needs a token. */
  requestId: idShape.optional(),
  /** The platform's token, for pages that cannot set a header. */
  token: z.string().max(8192).optional(),
  /** Invisible to people: whoever fills it in is a program. */
  website: z.string().max(0, 'fault.honeypot').optional(),
});
export type FormFields = z.output<typeof formFields>;

const storedUser = z.object({
  sub: z.string(),
  email: z.string().optional(),
  name: z.string().optional(),
  locale: z.enum(['ru', 'en']).optional(),
});

/**
 * A request as it is kept: all that its message is made from, and nothing that differs between two sendings of the
 * same request, so that equal bytes mean an equal request.
 */
export const storedRequest = z.object({
  v: z.literal(1),
  form: z.string(),
  key: z.string(),
  region: z.string(),
  fields: formFields.omit({ token: true, website: true }),
  user: storedUser.optional(),
  files: z.array(z.object({ name: z.string(), mediaType: z.string(), bytes: z.number(), content: z.string() })),
});
export type StoredRequest = z.output<typeof storedRequest>;

/** The normalized message of a form request. */
export function formMessage({ form, key, region, fields, user, files }: StoredRequest): InboundMessage {
  return {
    v: 1,
    type: 'message',
    externalId: `${form}:${key}`,
    sender: senderOf(fields, user, region),
    // The page of the platform's user is where an answer can be read; without one there is no such place.
    replyTo: user?.sub ?? '',
    others: [],
    subject: fields.subject || firstLine(fields.text),
    text: fields.text,
    attachments: files.map((file) => ({ ...file })),
    thread: { references: [], subjectNumbers: [], ...(user && fields.requestId && { provenTicket: fields.requestId }) },
    ...(fields.kind && { requestKind: fields.kind }),
    flags: user ? [] : ['sender-not-verified'],
  };
}

function senderOf(fields: StoredRequest['fields'], user: StoredRequest['user'], region: string): Sender {
  const name = user?.name || fields.name;
  const locale = fields.locale ?? user?.locale;
  return { addresses: addressesOf(fields, user, region), ...(name && { name }), ...(locale && { locale }) };
}

/** What the platform says of its user is signed; what somebody typed proves nothing about another's address. */
function addressesOf(fields: StoredRequest['fields'], user: StoredRequest['user'], region: string): PersonAddress[] {
  const addresses: PersonAddress[] = [];
  if (user) addresses.push({ kind: 'platform', value: user.sub, proof: 'signed' });
  if (user?.email) addresses.push({ kind: 'email', value: user.email, proof: 'signed' });
  if (fields.email && fields.email !== user?.email) {
    addresses.push({ kind: 'email', value: fields.email, proof: user ? 'none' : 'wrote' });
  }
  const phone = phoneOf(fields, region);
  if (phone) addresses.push({ kind: 'phone', value: phone, proof: 'none' });
  return addresses;
}

/** The number that was given, in E.164; a short one is nobody's address here. */
export function phoneOf({ phone }: Pick<StoredRequest['fields'], 'phone'>, region: string): string | undefined {
  const read = phone ? readPhoneNumber(phone, region) : undefined;
  return read?.kind === 'public' ? read.phone : undefined;
}

const firstLine = (text: string): string => [...(text.trim().split('\n', 1)[0] ?? '')].slice(0, 100).join('').trim();
