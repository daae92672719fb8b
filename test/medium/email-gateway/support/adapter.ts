import type { Account } from '#libs/channels';
import { AccountCheckClient } from '../../../../apps/email-gateway/src/email/account-check.client.js';
import { EmailAdapter } from '../../../../apps/email-gateway/src/email/email.adapter.js';
import { ImapIntakeClient } from '../../../../apps/email-gateway/src/email/imap-intake.client.js';
import { MailFolderClient } from '../../../../apps/email-gateway/src/email/mail-folder.client.js';
import { OAuthClient } from '../../../../apps/email-gateway/src/email/oauth.client.js';
import { emailSettings, type EmailSettings } from '../../../../apps/email-gateway/src/email/settings.js';
import { SmtpIntakeClient } from '../../../../apps/email-gateway/src/email/smtp-intake.client.js';
import { SmtpClient } from '../../../../apps/email-gateway/src/email/smtp.client.js';

export function anAdapter(): EmailAdapter {
  const oauth = new OAuthClient();
  const imap = new ImapIntakeClient(oauth);
  const smtp = new SmtpClient(oauth);
  const folder = new MailFolderClient();
  return new EmailAdapter(imap, new SmtpIntakeClient(), smtp, folder, new AccountCheckClient(imap, smtp, folder));
}

export const anAccount = (settings: unknown, address = 'help@desk.test'): Account<EmailSettings> => ({
  id: '1',
  name: 'help',
  address,
  settings: emailSettings.parse(settings),
});
