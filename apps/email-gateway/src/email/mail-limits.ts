const kib = 1024;
const mib = 1024 * kib;

/** What one mail may cost us. Over a limit the mail is still kept and shown, with a flag that says what was left out. */
export const mailLimits = {
  mailBytes: 35 * mib,
  /** All header lines of the mail together; beyond it only the headers that we need are read, each cut. */
  headerBytes: 64 * kib,
  headerLines: 1000,
  headerValue: 16 * kib,
  parts: 500,
  depth: 20,
  addresses: 200,
  /** Characters of visible text. */
  text: 1_000_000,
  htmlBytes: 2 * mib,
  attachments: 50,
  attachmentBytes: 25 * mib,
  attachmentsBytes: 35 * mib,
} as const;

/**
 * First header line of an item that stands for a mail over `mailBytes`: the gateway keeps its header block and
 * leaves the body at the server. Its value is the size of the mail.
 */
export const oversizeHeader = 'x-switchboard-oversize';
