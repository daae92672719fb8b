import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';
import { escaped, page } from '../home/page.js';

type Word = 'title' | 'about' | 'whose' | 'password' | 'send' | 'done' | 'enter' | 'dead' | 'failed';

/** Where a password link leads. Opening it uses nothing up: a preview or a scanner changes nothing. */
export function passwordPage(locale: Locale): string {
  const say = (key: Word): string => escaped(text(locale, `passwordLink.${key}`));
  return page({
    locale,
    title: text(locale, 'passwordLink.title'),
    script: '/assets/password.js',
    body: `<h1>${say('title')}</h1>
<p>${say('about')}</p>
<form data-done="${say('done')}" data-dead="${say('dead')}" data-failed="${say('failed')}" hidden>
<label>${say('whose')} <input name="email" autocomplete="username" readonly></label>
<label>${say('password')} <input name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="256"></label>
<button>${say('send')}</button>
</form>
<p role="status"></p>
<p><a href="/" hidden>${say('enter')}</a></p>`,
  });
}

/**
 * Shows whose password it is, and sends the new one as JSON. The token stands after `#` in the address, which browsers
 * send to nobody; it is taken out of the address bar at once.
 */
export const passwordScript = `
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const form = document.querySelector('form');
const status = document.querySelector('[role=status]');
const link = document.querySelector('a');
const send = (path, body) => fetch('/api/v1/password-links/' + path, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
  body: JSON.stringify({ token, ...body }),
});
const refuse = async (answer) => {
  const { code, title, faults = [] } = await answer.json();
  if (code === 'bad_token') form.hidden = true;
  status.textContent =
    code === 'bad_token' ? form.dataset.dead : [title, ...faults.map(({ message }) => message)].join(' ');
};
const fail = () => void (status.textContent = form.dataset.failed);
const open = async () => {
  const answer = await send('lookup', {});
  if (!answer.ok) return refuse(answer);
  const { email } = await answer.json();
  form.elements.namedItem('email').value = email;
  form.hidden = false;
};
const save = async () => {
  const answer = await send('redemption', { password: form.elements.namedItem('password').value });
  if (!answer.ok) return refuse(answer);
  form.hidden = true;
  link.hidden = false;
  status.textContent = form.dataset.done;
};
form.addEventListener('submit', (event) => {
  event.preventDefault();
  save().catch(fail);
});
if (token) open().catch(fail);
else status.textContent = form.dataset.dead;
`;
