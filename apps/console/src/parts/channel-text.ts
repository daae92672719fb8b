const named = ['email', 'telegram', 'phone', 'form'] as const;

/** The text that names a channel. */
export const channelText = (channel: string) =>
  `words.channel.${named.find((one) => one === channel) ?? 'other'}` as const;
