/** Style of the few pages that the API draws itself; follows the reader's light or dark theme. */
export const stylesheet = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; }
section + section { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
label { display: block; margin: 1rem 0; }
input { display: block; width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; }
button { padding: .5rem 1rem; font: inherit; }
[role=status] { min-height: 1.5rem; margin-top: 1rem; }
code { font-family: ui-monospace, monospace; }
`;

/**
 * Sends the first-run form as JSON. The token stands after \`#\` in the address, which browsers send to nobody; it is
 * taken out of the address bar at once.
 */
export const firstRunScript = `
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const form = document.querySelector('form');
const status = document.querySelector('[role=status]');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, name, password } = Object.fromEntries(new FormData(form));
  const answer = await fetch('/first-run', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
    body: JSON.stringify({ token, email, name, password }),
  });
  if (answer.ok) {
    form.hidden = true;
    status.textContent = form.dataset.done;
    return;
  }
  const { title, faults = [] } = await answer.json();
  const labelOf = (path) => form.elements[path]?.labels[0].textContent.trim() ?? path;
  status.textContent = [title, ...faults.map(({ path, message }) => labelOf(path) + ': ' + message)].join('. ');
});
`;
