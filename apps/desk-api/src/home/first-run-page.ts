import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';
import { escaped, page } from './page.js';

/** The form that makes the first administrator. Opening it uses nothing up: a preview or a scanner changes nothing. */
export function firstRunPage(locale: Locale): string {
  const say = (key: 'title' | 'about' | 'name' | 'email' | 'password' | 'send' | 'done'): string =>
    escaped(text(locale, `firstRun.${key}`));
  return page({
    locale,
    title: text(locale, 'firstRun.title'),
    script: '/assets/first-run.js',
    body: `<h1>${say('title')}</h1>
<p>${say('about')}</p>
<form data-done="${say('done')}">
<label>${say('name')} <input name="name" autocomplete="name" required maxlength="200"></label>
<label>${say('email')} <input name="email" type="email" autocomplete="username" required></label>
<label>${say('password')} <input name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="256"></label>
<button>${say('send')}</button>
</form>
<p role="status"></p>`,
  });
}
