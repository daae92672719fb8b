import { type Locale, locales } from '#libs/contracts';
import { text } from '#libs/platform';
import { escaped, page } from './page.js';

const links = [
  ['home.docs', '/api/docs'],
  ['home.openapi', '/api/openapi.json'],
  ['home.ready', '/health/ready'],
  ['home.board', '/admin/queues'],
] as const;

const section = (locale: Locale, deskName: string): string => `<section lang="${locale}">
<h1>${escaped(text(locale, 'home.title', { name: deskName }))}</h1>
<p>${escaped(text(locale, 'home.about'))}</p>
<ul>
${links.map(([key, href]) => `<li><a href="${href}">${escaped(text(locale, key))}</a></li>`).join('\n')}
</ul>
<p>${escaped(text(locale, 'home.noConsole'))} <code>npm run build</code></p>
</section>`;

/** What stands at `/` where the console is not built: how to build it, and what else runs here, in both languages. */
export const homePage = (deskName: string): string =>
  page({ locale: locales[0], title: deskName, body: locales.map((locale) => section(locale, deskName)).join('\n') });
