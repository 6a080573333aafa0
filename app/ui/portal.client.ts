/**
 * The portal's whole script, framework-free and at most 3 kB: every page works without it. It says “sending…” and takes no
 * second press, refuses a file too large before it is sent and shows how far one has come, saves what is being typed,
 * moves the reader to the errors, keeps live parts fresh, and says when there is no connection.
 */

const page = document;
const all = <E extends Element>(selector: string, within: ParentNode = page) => [
  ...within.querySelectorAll<E>(selector),
];
const byId = (id: string) => page.getElementById(id);
const make = <K extends keyof HTMLElementTagNameMap>(tag: K, has: Partial<HTMLElementTagNameMap[K]>) =>
  Object.assign(page.createElement(tag), has);

const busy = new Map<HTMLElement, string>();

/** Marks the pressed button as busy; its form takes no second submit until the page is shown again. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const data = form.dataset;
  if (data.busy) event.preventDefault();
  if (form.method !== 'post' || event.defaultPrevented) return;
  clearTimeout(pause);
  if (saving !== null) {
    // The form goes on from what is being saved just now, so that it does not contradict itself.
    event.preventDefault();
    void saving.then(() => form.requestSubmit(event.submitter));
    return;
  }
  data.busy = '1';
  const [button] = [event.submitter ?? [], all<HTMLElement>('[data-pending]', form)].flat();
  const words = button?.dataset.pending;
  if (button && words) {
    busy.set(button, button.innerHTML);
    button.ariaDisabled = 'true';
    button.textContent = words;
  }
  if (data.upload && all<HTMLInputElement>('[type=file]', form)[0]?.value) {
    event.preventDefault();
    upload(form, words);
  }
}

/** Sends a form with a file and shows how far it has come; the answer takes this page's place. */
function upload(form: HTMLFormElement, ariaLabel = ''): void {
  const bar = make('progress', { ariaLabel });
  form.append(bar);
  const request = new XMLHttpRequest();
  request.upload.onprogress = ({ loaded, total }) => {
    bar.value = loaded / total;
  };
  request.onload = () => {
    history.replaceState(null, '', request.responseURL);
    page.body.replaceWith(parse(request.response).body);
    show();
  };
  request.onerror = () => {
    bar.remove();
    release();
    say(page.body.dataset.offline);
  };
  request.open('POST', form.action);
  request.send(new FormData(form));
}

let pause = 0;
let saving: Promise<void> | null = null;

/** Saves a form that asks for it two seconds after the last key; a file is left to its own form. */
function onInput(event: Event): void {
  const { form } = event.target as HTMLInputElement;
  if (!form?.dataset.autosave) return;
  clearTimeout(pause);
  pause = window.setTimeout(() => {
    saving = save(form)
      .catch(() => {})
      .finally(() => {
        saving = null;
      });
  }, 2000);
}

/** The answer is the revision to go on from, empty where it was refused, and on its second line what to say. */
async function save(form: HTMLFormElement): Promise<void> {
  const answer = await fetch(form.dataset.autosave ?? '', { method: 'POST', body: new FormData(form) });
  if (answer.redirected) return;
  const [revision, words = ''] = (await answer.text()).split('\n');
  for (const note of all('output', form)) note.textContent = words;
  const input = form.elements.namedItem('revision') as HTMLInputElement | null;
  if (revision && input) input.value = revision;
}

/** A page that comes back from the browser's memory is ready to be sent again. */
function release(): void {
  for (const form of all<HTMLFormElement>('[data-busy]')) delete form.dataset.busy;
  for (const [button, words] of busy) {
    button.ariaDisabled = null;
    button.innerHTML = words;
  }
  busy.clear();
}

/** Refuses files over the field's limit in the reader's language, before the server has to. */
function onChange(event: Event): void {
  const input = event.target as HTMLInputElement;
  const { maxBytes, tooLarge = '' } = input.dataset;
  if (!maxBytes) return;
  const id = `${input.id}-size`;
  byId(id)?.remove();
  if (![...(input.files ?? [])].some((file) => file.size > +maxBytes)) return;
  input.value = '';
  input.before(make('p', { id, className: 'field-error', role: 'alert', textContent: tooLarge }));
}

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/** Fetches this page anew and replaces the parts of one topic, unless somebody is typing there. */
async function refresh(topic: string): Promise<void> {
  const response = await fetch(location.href);
  if (!response.ok || response.redirected) return;
  const selector = `[data-live="${CSS.escape(topic)}"]`;
  const now = all(selector, parse(await response.text()));
  all(selector).forEach((part, index) => {
    const next = now[index]?.innerHTML;
    if (next != null && !part.contains(page.activeElement) && next !== part.innerHTML) part.innerHTML = next;
  });
}

/** Listens for the topics of this page; where the stream cannot be had, asks every five seconds while in sight. */
function listen(): void {
  const topics = new Set(all<HTMLElement>('[data-live]').map((part) => part.dataset.live ?? ''));
  if (!topics.size) return;
  const ask = (topic: string): void => void refresh(topic).catch(() => {});
  let timer = 0;
  const stream = new EventSource(
    `/live?${new URLSearchParams([...topics].map((topic) => ['topic', topic]))}`,
  );
  stream.onopen = () => {
    clearInterval(timer);
    timer = 0;
  };
  stream.onmessage = ({ data }) => {
    if (topics.has(data)) ask(data);
  };
  stream.onerror = () => {
    timer ||= window.setInterval(() => {
      if (!page.hidden) topics.forEach(ask);
    }, 5000);
  };
  addEventListener('pagehide', () => stream.close());
}

/** Shows or hides the words of `<body data-offline>` as the connection goes and comes. */
const onConnection = (): void => say(navigator.onLine ? '' : page.body.dataset.offline);

/** A line that stays in sight until the connection comes back. */
function say(textContent = ''): void {
  byId('offline')?.remove();
  if (textContent)
    page.body.append(make('p', { id: 'offline', className: 'offline-notice', role: 'status', textContent }));
}

/** Counts on what the server said is left, in seconds: by how long the page is open, whatever the reader's clock shows. */
function countDown(part: HTMLElement): void {
  const end = Date.now() + 1000 * Number(part.dataset.left);
  setInterval(() => {
    part.textContent = new Date(Math.max(0, end - Date.now())).toISOString().slice(11, 19);
  }, 1000);
}

/** What a page begins with, however it came. */
function show(): void {
  release();
  byId('errors')?.focus();
  all<HTMLElement>('[data-left]').forEach(countDown);
}

addEventListener('submit', onSubmit);
addEventListener('change', onChange);
addEventListener('input', onInput);
addEventListener('pageshow', ({ persisted }) => {
  release();
  // A page kept by the browser closed its stream when it was left.
  if (persisted) listen();
});
addEventListener('online', onConnection);
addEventListener('offline', onConnection);
show();
listen();
onConnection();
