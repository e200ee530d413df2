/**
 * Keeps the files of the app, so that it starts and says what is wrong when the hub does not answer. Pages come from the
 * hub whenever it answers: hub and page are of one version. Nothing of the interface is ever kept: data belongs to who
 * is signed in. Shows what the hub pushes to this browser, and leads to it.
 */
const CACHE = 'hostdeck-files';
/** Files kept at most; the oldest go first. A version has some fifty. */
const MOST = 200;
/** A hub that takes longer to give the page does not answer, ms. */
const PATIENCE = 4_000;
/** A file whose name changes with its content. */
const HASHED = /-[A-Za-z0-9]{8}\.\w+$/;
const INTERFACE = /^\/(api|metrics|socket\.io)(\/|$)/;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keep(['/']));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A page says what it had loaded before this worker was there.
self.addEventListener('message', (event) => {
  const files = Array.isArray(event.data?.keep) ? event.data.keep : [];
  const own = files.filter((file) => typeof file === 'string' && HASHED.test(file));
  event.waitUntil(keep(own.slice(0, MOST)));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || INTERFACE.test(pathname))
    return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (HASHED.test(pathname)) event.respondWith(file(request));
});

self.addEventListener('push', (event) => event.waitUntil(show(event.data)));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(ownPath(event.notification.data?.path)));
});

/** Longest parts of a notification that are shown, characters. */
const LONGEST = { title: 200, text: 2_000 };
const INCIDENT = /^[\w-]{1,64}$/;

/** Shows what the hub has sent; a browser wants something shown for every push, also for one that cannot be read. */
function show(data) {
  const { title, text, tone, incident, path } = parse(data);
  return self.registration.showNotification(shorten(title, LONGEST.title) || 'Hostdeck', {
    body: shorten(text, LONGEST.text),
    // What is newer about an incident takes the place of what was said before, and is heard again.
    ...(typeof incident === 'string' && INCIDENT.test(incident)
      ? { tag: incident, renotify: true }
      : {}),
    requireInteraction: tone === 'critical',
    icon: 'icon-192.png',
    data: { path: ownPath(path) },
  });
}

/** The fields of a push; none of one that is not ours. */
function parse(data) {
  try {
    const content = data?.json();
    return typeof content === 'object' && content !== null ? content : {};
  } catch {
    return {};
  }
}

function shorten(text, most) {
  return typeof text === 'string' ? text.slice(0, most) : '';
}

/** A page of ours; whatever else stands there leads to the alerts. */
function ownPath(path) {
  const { origin } = self.location;
  if (typeof path !== 'string' || !path.startsWith('/')) return '/alerts';
  const url = URL.canParse(path, origin) ? new URL(path, origin) : null;
  if (url === null || url.origin !== origin || INTERFACE.test(url.pathname)) return '/alerts';
  return url.pathname;
}

/** Leads a window of ours there, or a new one where there is none. */
async function open(path) {
  const [window] = await self.clients.matchAll({ type: 'window' });
  if (window === undefined) return self.clients.openWindow(path);
  const led = await window.navigate(path);
  return (led ?? window).focus();
}

/** The page from the hub, or the one kept when the hub does not answer, nor a proxy for it. */
async function page(request) {
  const kept = () => caches.match('/', { cacheName: CACHE });
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 502 && answer.status <= 504) return (await kept()) ?? answer;
    // A file that is opened by itself is no page to start with.
    const isPage = answer.ok && answer.headers.get('content-type')?.startsWith('text/html');
    if (isPage) await (await caches.open(CACHE)).put('/', answer.clone());
    return answer;
  } catch (error) {
    const page = await kept();
    if (page === undefined) throw error;
    return page;
  }
}

async function file(request) {
  const kept = await caches.match(request, { cacheName: CACHE });
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) await put(request, answer.clone());
  return answer;
}

async function keep(addresses) {
  const cache = await caches.open(CACHE);
  for (const address of addresses) {
    if ((await cache.match(address)) !== undefined && address !== '/') continue;
    const answer = await fetch(address);
    if (answer.ok) await put(address, answer);
  }
}

async function put(address, answer) {
  const cache = await caches.open(CACHE);
  await cache.put(address, answer);
  const kept = await cache.keys();
  const old = kept.filter(({ url }) => HASHED.test(url)).slice(0, Math.max(0, kept.length - MOST));
  await Promise.all(old.map((request) => cache.delete(request)));
}
