import { locales } from '#libs/contracts';
import { acknowledgementPlaceholders, tellsNumber } from '#libs/tickets';
import { z } from 'zod';
import { oneLine } from '../pages/shapes.js';
import { plainText } from '../tickets/ticket-shapes.js';

/** `any`: every channel that has no text of its own. */
export const channelName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
export const localeName = z.enum(locales);

const template = plainText(4000)
  .refine((text) => text.trim() !== '', 'fault.nothingWritten')
  .refine(tellsNumber, 'fault.ticketNumber');
export const templateBody = z.strictObject({ text: template });
export const previewBody = z.strictObject({ locale: localeName, channel: channelName.default('any'), text: template });

export const templateShape = z
  .object({
    locale: localeName,
    channel: z.string(),
    text: z.string(),
    /** The text that the desk comes with: nobody wrote one. */
    builtIn: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: 'AcknowledgementTemplate' });
export const templatesShape = z.object({
  items: z.array(templateShape),
  placeholders: z.array(z.enum(acknowledgementPlaceholders)),
  next: z.null(),
});
export const previewShape = z.object({
  text: z.string(),
  length: z.number().int(),
  /** What the channel carries in one message; null where that is not known. */
  maxText: z.number().int().nullable(),
  fits: z.boolean(),
});

const words = (most: number) => z.string().transform(oneLine).pipe(z.string().min(1).max(most));
const localText = (most: number) => z.strictObject({ ru: words(most), en: words(most) }).nullable();
export const settingsChange = z
  .strictObject({
    name: localText(100).optional(),
    answerWithin: localText(100).optional(),
    acknowledge: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'fault.nothingToChange');

const shownText = z.object({ ru: z.string(), en: z.string() });
export const settingsShape = z
  .object({
    name: shownText.nullable(),
    answerWithin: shownText.nullable(),
    acknowledge: z.boolean(),
    /** How the desk calls itself without a name of its own, and what else was set where it was installed. */
    installed: z.object({ name: z.string(), publicUrl: z.string(), locale: localeName, phoneRegion: z.string() }),
    version: z.number().int(),
  })
  .meta({ id: 'DeskSettings' });
