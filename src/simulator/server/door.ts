/**
 * With adminAuth on, nobody may see the simulator without the editor's token, and a browser that
 * follows a link cannot send one. So the refusal (status 401) is a page that holds nothing but this:
 * it takes the token which the editor keeps for its own requests (same origin, localStorage) and asks
 * again. The key is the editor's: "auth-tokens" and the editor's path with "-" for "/".
 */
export const doorScript = `
const editor = location.pathname.replace(/\\/whatsapp-triggers\\/simulator\\/?$/, '');
document.querySelector('a').href = editor + '/';
async function enter() {
  const saved = JSON.parse(localStorage.getItem('auth-tokens' + editor.replaceAll('/', '-')));
  if (!saved) return false;
  const headers = { authorization: 'Bearer ' + saved.access_token };
  const answer = await fetch(location.pathname, { headers, cache: 'no-store' });
  if (!answer.ok) return false;
  const page = await answer.text();
  document.open();
  document.write(page);
  document.close();
  return true;
}
enter().catch(() => false).then((entered) => {
  if (!entered) document.querySelector('main').hidden = false;
});
`;

export const doorStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 20vh auto; padding: 0 1.5rem; text-align: center; }
main[hidden] { display: none; }
`;

export const doorHtml = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>WhatsApp simulator</title>
<link rel="icon" href="data:,">
<style>${doorStyle}</style>
<main hidden>
<h1>Log in to the editor first</h1>
<p>The simulator belongs to the Node-RED editor and asks for the same permissions.
Log in to <a href="/">the editor</a>, then load this page again.</p>
</main>
<script type="module">${doorScript}</script>
</html>
`;
