import type { InboundMessage } from '#libs/contracts';

const place = /^file:(\d+)$/;

/** The message with the keys of its stored files in the places that stood for them. */
export function fillFiles(message: InboundMessage, keys: readonly string[]): InboundMessage {
  const filled = (content: string): string => {
    const index = place.exec(content)?.[1];
    if (index === undefined) return content;
    const key = keys[Number(index)];
    if (key === undefined) throw new Error(`the message names file ${index} of ${keys.length}`);
    return key;
  };
  return {
    ...message,
    ...(message.html !== undefined && { html: filled(message.html) }),
    attachments: message.attachments.map((one) =>
      one.content === undefined ? one : { ...one, content: filled(one.content) },
    ),
  };
}
