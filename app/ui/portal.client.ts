/**
 * The portal's whole script, framework-free and at most 3 kB: every page works without it. It says “sending…” and takes no
 * second press, refuses a file too large before it is sent, moves the reader to the errors, keeps live parts fresh, and
 * says when there is no connection.
 */

const busy = new Map<HTMLElement, string>();

/** Marks the pressed button as busy; its form takes no second submit until the page is shown again. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.dataset.busy) {
    event.preventDefault();
    return;
  }
  if (form.method !== 'post' || event.defaultPrevented) return;
  form.dataset.busy = '1';
  const button = event.submitter ?? form.querySelector<HTMLElement>('[data-pending]');
  if (!button?.dataset.pending) return;
  busy.set(button, button.innerHTML);
  button.setAttribute('aria-disabled', 'true');
  button.textContent = button.dataset.pending;
}

/** A page that comes back from the browser's memory is ready to be sent again. */
function release(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-busy]')) delete form.dataset.busy;
  for (const [button, words] of busy) {
    button.removeAttribute('aria-disabled');
    button.innerHTML = words;
  }
  busy.clear();
}

/** Refuses files over the field's limit in the reader's language, before the server has to. */
function onChange(event: Event): void {
  const input = event.target as HTMLInputElement;
  const limit = Number(input.dataset?.maxBytes);
  if (!limit) return;
  const id = `${input.id}-size`;
  document.getElementById(id)?.remove();
  if (![...(input.files ?? [])].some((file) => file.size > limit)) return;
  input.value = '';
  const note = document.createElement('p');
  note.id = id;
  note.className = 'field-error';
  note.setAttribute('role', 'alert');
  note.textContent = input.dataset.tooLarge ?? '';
  input.before(note);
}

/** Fetches this page anew and replaces the parts of one topic, unless somebody is typing there. */
async function refresh(topic: string): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  const selector = `[data-live="${CSS.escape(topic)}"]`;
  const now = fresh.querySelectorAll(selector);
  document.querySelectorAll(selector).forEach((part, index) => {
    const next = now[index];
    if (next && !part.contains(document.activeElement) && next.innerHTML !== part.innerHTML)
      part.innerHTML = next.innerHTML;
  });
}

/** Listens for the topics of this page; where the stream cannot be had, asks every five seconds while in sight. */
function listen(): void {
  const topics = new Set(
    [...document.querySelectorAll<HTMLElement>('[data-live]')].map((part) => part.dataset.live ?? ''),
  );
  if (topics.size === 0) return;
  const ask = (topic: string): void => void refresh(topic).catch(() => undefined);
  let timer = 0;
  const poll = (): void => {
    timer ||= window.setInterval(() => {
      if (!document.hidden) topics.forEach(ask);
    }, 5000);
  };
  const stream = new EventSource(
    `/live?${new URLSearchParams([...topics].map((topic) => ['topic', topic]))}`,
  );
  stream.onopen = () => {
    clearInterval(timer);
    timer = 0;
  };
  stream.onmessage = (event) => {
    if (topics.has(event.data)) ask(event.data);
  };
  stream.onerror = poll;
  addEventListener('pagehide', () => stream.close());
}

/** Shows or hides the words of `<body data-offline>` as the connection goes and comes. */
function onConnection(): void {
  const words = document.body.dataset.offline;
  document.getElementById('offline')?.remove();
  if (navigator.onLine || !words) return;
  const note = document.createElement('p');
  note.id = 'offline';
  note.className = 'offline-notice';
  note.setAttribute('role', 'status');
  note.textContent = words;
  document.body.append(note);
}

addEventListener('submit', onSubmit);
addEventListener('change', onChange);
addEventListener('pageshow', (event) => {
  release();
  // A page kept by the browser closed its stream when it was left.
  if (event.persisted) listen();
});
addEventListener('online', onConnection);
addEventListener('offline', onConnection);
document.getElementById('errors')?.focus();
listen();
onConnection();
