// The rights of the portal as they were agreed (DESIGN §6), written by hand and read by no part of the portal. One
// line per address and method; whoever is not named gets what `anyone` gets, a guest only what `guest` gets. A role
// without its side stands for both.

/** A status; or where a redirect leads: `sign-in` with the way back, else the address. */
export type Outcome = number | 'sign-in' | `/${string}`;

export type Asked = {
  method: 'GET' | 'POST';
  /** `{name}` is a record of `cast.ts`. */
  path: string;
  /** What the form says; nothing means an empty form. Where anything could change, the revision is an old one. */
  form?: Record<string, string>;
  guest: Outcome;
  anyone: Outcome;
  [who: string]: Outcome | Record<string, string> | string | undefined;
};

const GET = (path: string, outcomes: { guest: Outcome; anyone: Outcome; [who: string]: Outcome }): Asked => ({
  method: 'GET',
  path,
  ...outcomes,
});

const POST = (
  path: string,
  outcomes: { guest: Outcome; anyone: Outcome; [who: string]: Outcome },
  form: Record<string, string> = {},
): Asked => ({ method: 'POST', path, form, ...outcomes });

/** A page that takes no form. */
const noForm = (path: string): Asked => POST(path, { guest: 405, anyone: 405 });

const stale = { revision: '01900000-0000-7000-8000-000000000000' };

/** Those who see to the delegation where it comes from, and where it goes. */
const senders = (outcome: Outcome) => ({ 'coordinator.in': outcome, 'protocol.in': outcome });
const hosts = (outcome: Outcome) => ({ 'coordinator.ru': outcome, 'protocol.ru': outcome });

/** Those who sit on the selection committee of a call: the coordinators of its signing institutions. */
const committee = (outcome: Outcome) => ({ 'coordinator.in': outcome, 'coordinator.ru': outcome });

/** Everybody of the Russian side, whatever their role. */
const RU = [
  'applicant',
  'student',
  'expert',
  'supervisor',
  'reviewer',
  'instructor',
  'coordinator',
  'protocol',
].concat('observer', 'institution-admin');

/** Those who stand in the stay: the participant, the host supervisor, the coordinators of both institutions. */
const inStay = (outcome: Outcome) => ({
  'student.in': outcome,
  'supervisor.ru': outcome,
  'coordinator.in': outcome,
  'coordinator.ru': outcome,
});

/** By route, as `app/routes.ts` writes its path. A route without a line here fails the tests. */
export const matrix: Record<string, Asked[]> = {
  // ---- Open to everyone ----
  '': [GET('/', { guest: 200, anyone: '/home' }), noForm('/')],
  privacy: [GET('/privacy', { guest: 200, anyone: 200 }), noForm('/privacy')],
  readyz: [GET('/readyz', { guest: 200, anyone: 200 }), noForm('/readyz')],
  '*': [
    GET('/no/such/page', { guest: 404, anyone: 404 }),
    POST('/no/such/page', { guest: 404, anyone: 404 }),
  ],
  'dev/ui': [GET('/dev/ui', { guest: 200, anyone: 200 }), noForm('/dev/ui')],
  'dev/mailbox': [GET('/dev/mailbox', { guest: 200, anyone: 200 }), noForm('/dev/mailbox')],
  'dev/mailbox/:id': [GET('/dev/mailbox/none', { guest: 404, anyone: 404 }), noForm('/dev/mailbox/none')],
  'dev/mailbox/:id/html': [
    GET('/dev/mailbox/none/html', { guest: 404, anyone: 404 }),
    noForm('/dev/mailbox/none/html'),
  ],

  // ---- The door ----
  'sign-in': [
    GET('/sign-in', { guest: 200, anyone: '/home' }),
    POST('/sign-in', { guest: 422, anyone: '/home' }),
  ],
  'sign-in/two-factor': [
    GET('/sign-in/two-factor', { guest: '/sign-in', anyone: '/home' }),
    POST('/sign-in/two-factor', { guest: '/sign-in', anyone: '/home' }),
  ],
  'sign-up': [
    GET('/sign-up', { guest: 200, anyone: '/home' }),
    POST('/sign-up', { guest: 422, anyone: '/home' }),
  ],
  'sign-out': [GET('/sign-out', { guest: '/', anyone: 200 })],
  'forgot-password': [
    GET('/forgot-password', { guest: 200, anyone: 200 }),
    POST('/forgot-password', { guest: 422, anyone: 422 }),
  ],
  'reset-password': [
    GET('/reset-password', { guest: 200, anyone: 200 }),
    POST('/reset-password', { guest: 422, anyone: 422 }),
  ],
  'verify-email': [
    GET('/verify-email', { guest: 200, anyone: 200 }),
    POST('/verify-email', { guest: 422, anyone: 422 }),
  ],
  // An allow-list: nothing of the sign-in library that impersonates, lists or creates is there, for nobody.
  'api/auth/*': [
    GET('/api/auth/get-session', { guest: 200, anyone: 200 }),
    GET('/api/auth/list-sessions', { guest: 404, anyone: 404 }),
    GET('/api/auth/list-accounts', { guest: 404, anyone: 404 }),
    GET('/api/auth/ok', { guest: 404, anyone: 404 }),
    POST('/api/auth/sign-up/email', { guest: 404, anyone: 404 }),
    POST('/api/auth/admin/impersonate-user', { guest: 404, anyone: 404 }),
    POST('/api/auth/update-user', { guest: 404, anyone: 404 }),
    POST('/api/auth/change-password', { guest: 404, anyone: 404 }),
    POST('/api/auth/change-email', { guest: 404, anyone: 404 }),
    POST('/api/auth/delete-user', { guest: 404, anyone: 404 }),
    POST('/api/auth/two-factor/disable', { guest: 404, anyone: 404 }),
  ],

  // ---- One's own ----
  home: [GET('/home', { guest: 'sign-in', anyone: 200 }), noForm('/home')],
  account: [
    GET('/account', { guest: 'sign-in', anyone: 200 }),
    POST('/account', { guest: 'sign-in', anyone: 422 }),
  ],
  'account/two-factor': [
    GET('/account/two-factor', { guest: 'sign-in', anyone: 200 }),
    POST('/account/two-factor', { guest: 'sign-in', anyone: 422 }),
  ],
  'account/confirm': [
    GET('/account/confirm', { guest: 'sign-in', anyone: 200 }),
    POST('/account/confirm', { guest: 'sign-in', anyone: 422 }),
  ],
  inbox: [GET('/inbox', { guest: 'sign-in', anyone: 200 }), noForm('/inbox')],
  'inbox/:id': [
    GET('/inbox/{entry}', { guest: 'sign-in', anyone: 404, 'student.ru': 200 }),
    POST('/inbox/none', { guest: 'sign-in', anyone: 404 }),
    GET('/inbox/none', { guest: 'sign-in', anyone: 404 }),
  ],
  'u/:token': [
    GET('/u/{unsubscribe}', { guest: 200, anyone: 200 }),
    GET('/u/none', { guest: 404, anyone: 404 }),
    POST('/u/none', { guest: 404, anyone: 404 }),
  ],
  live: [GET('/live', { guest: 204, anyone: 200 }), noForm('/live')],
  'webhooks/resend': [
    GET('/webhooks/resend', { guest: 405, anyone: 405 }),
    POST('/webhooks/resend', { guest: 404, anyone: 404 }),
  ],
  travel: [
    GET('/travel', { guest: 'sign-in', anyone: 200 }),
    // Their own passport, which nobody here has entered.
    POST('/travel', { guest: 'sign-in', anyone: 404 }),
  ],
  'travel/passport': [
    // Who belongs to neither side has no vault.
    GET('/travel/passport', { guest: 'sign-in', anyone: 200, 'platform-admin': 422, 'applicant.other': 422 }),
    POST('/travel/passport', { guest: 'sign-in', anyone: 422 }),
  ],
  'travel/requirements': [
    GET('/travel/requirements', { guest: 'sign-in', anyone: 403, 'institution-admin': 200 }),
    noForm('/travel/requirements'),
  ],
  'travel/requirements/new': [
    GET('/travel/requirements/new', { guest: 'sign-in', anyone: 403, 'institution-admin': 200 }),
    POST('/travel/requirements/new', { guest: 'sign-in', anyone: 403, 'institution-admin': 422 }),
  ],
  'travel/requirements/:code': [
    GET('/travel/requirements/passport', { guest: 'sign-in', anyone: 403, 'institution-admin': 200 }),
    GET('/travel/requirements/none', { guest: 'sign-in', anyone: 403, 'institution-admin': 404 }),
    // Each edits what their own institution says; another's is not to be found, also for its neighbour on the side.
    GET('/travel/requirements/passport?institution=TEXMIN', {
      guest: 'sign-in',
      anyone: 403,
      'institution-admin': 404,
    }),
    POST('/travel/requirements/passport', { guest: 'sign-in', anyone: 403, 'institution-admin': 422 }),
    POST('/travel/requirements/passport?institution=TEXMIN', {
      guest: 'sign-in',
      anyone: 403,
      'institution-admin': 404,
    }),
  ],

  // ---- Audit ----
  audit: [
    GET('/audit', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 200,
      'institution-admin': 200,
      'platform-admin': 200,
    }),
  ],

  // ---- People ----
  people: [
    GET('/people', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 200,
      protocol: 200,
      'institution-admin': 200,
    }),
    noForm('/people'),
  ],
  // Read by whoever works with people; corrected by an administrator of that side.
  'people/calendar': [
    GET('/people/calendar', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 200,
      protocol: 200,
      'institution-admin': 200,
    }),
    POST('/people/calendar', { guest: 'sign-in', anyone: 403, 'institution-admin': 422 }),
    POST('/people/calendar?side=ru', { guest: 'sign-in', anyone: 403, 'institution-admin.ru': 422 }),
  ],
  'people/import': [
    GET('/people/import', { guest: 'sign-in', anyone: 403, coordinator: 200, 'institution-admin': 200 }),
    POST('/people/import', { guest: 'sign-in', anyone: 403, coordinator: 422, 'institution-admin': 422 }),
  ],
  'people/import/:id': [
    GET('/people/import/{import}', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 404,
      'institution-admin': 404,
      'coordinator.in': 200,
    }),
    POST('/people/import/{badImport}', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 404,
      'institution-admin': 404,
      'coordinator.in': 422,
    }),
    GET('/people/import/none', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 404,
      'institution-admin': 404,
    }),
  ],
  'people/:id': [
    // A person of IIT (ISM): the side's coordinators and protocol officers, and that institution's administrator.
    GET('/people/{person}', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 200,
      'coordinator.texmin': 200,
      'protocol.in': 200,
      'institution-admin.in': 200,
    }),
    // Roles are given by the institution's administrator alone.
    POST('/people/{person}', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 403,
      'coordinator.texmin': 403,
      'protocol.in': 403,
      'institution-admin.in': 422,
    }),
    GET('/people/{nobody}', { guest: 'sign-in', anyone: 404 }),
    GET('/people/none', { guest: 'sign-in', anyone: 404 }),
    POST('/people/none', { guest: 'sign-in', anyone: 404 }),
  ],
  'files/:id': [
    GET('/files/{document}', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    GET('/files/{import}', { guest: 'sign-in', anyone: 404, 'coordinator.in': 200 }),
    GET('/files/none', { guest: 'sign-in', anyone: 404 }),
    noForm('/files/{document}'),
  ],

  // ---- Campaigns ----
  campaigns: [GET('/campaigns', { guest: 'sign-in', anyone: 403, coordinator: 200 }), noForm('/campaigns')],
  'campaigns/new': [
    GET('/campaigns/new', { guest: 'sign-in', anyone: 403, coordinator: 200 }),
    POST('/campaigns/new', { guest: 'sign-in', anyone: 403, coordinator: 422 }),
  ],
  'campaigns/:ref': [
    GET('/campaigns/{draftOfIn}', { guest: 'sign-in', anyone: 404, 'coordinator.in': 200 }),
    POST(
      '/campaigns/{draftOfIn}',
      { guest: 'sign-in', anyone: 404, 'coordinator.in': 409 },
      { step: 'send', ...stale },
    ),
    GET('/campaigns/{awaiting}', {
      guest: 'sign-in',
      anyone: 404,
      coordinator: 200,
      'coordinator.texmin': 200,
    }),
    POST(
      '/campaigns/{awaiting}',
      {
        guest: 'sign-in',
        anyone: 404,
        'coordinator.in': 409,
        'coordinator.ru': 403,
        'coordinator.texmin': 403,
      },
      { step: 'cancel', ...stale },
    ),
    POST('/campaigns/{awaiting}', {
      guest: 'sign-in',
      anyone: 404,
      coordinator: 422,
      'coordinator.texmin': 422,
    }),
    GET('/campaigns/{sentByRu}', { guest: 'sign-in', anyone: 404, 'coordinator.ru': 200 }),
    GET('/campaigns/CM-1999-0001', { guest: 'sign-in', anyone: 404 }),
  ],
  'campaigns/:ref/edit': [
    GET('/campaigns/{draftOfIn}/edit', { guest: 'sign-in', anyone: 404, 'coordinator.in': 200 }),
    POST('/campaigns/{draftOfIn}/edit', { guest: 'sign-in', anyone: 404, 'coordinator.in': 422 }),
    GET('/campaigns/{awaiting}/edit', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 200,
      'coordinator.ru': 403,
      'coordinator.texmin': 403,
    }),
    POST('/campaigns/{awaiting}/edit', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 422,
      'coordinator.ru': 403,
      'coordinator.texmin': 403,
    }),
  ],
  'campaigns/:ref/preview': [
    GET('/campaigns/{draftOfIn}/preview', { guest: 'sign-in', anyone: 404, 'coordinator.in': 200 }),
    noForm('/campaigns/{draftOfIn}/preview'),
  ],
  'campaigns/:ref/approval': [
    GET('/campaigns/{draftOfIn}/approval', { guest: 'sign-in', anyone: 404, 'coordinator.in': 403 }),
    GET('/campaigns/{awaiting}/approval', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 403,
      'coordinator.texmin': 403,
      'coordinator.ru': 200,
    }),
    POST(
      '/campaigns/{awaiting}/approval',
      {
        guest: 'sign-in',
        anyone: 404,
        'coordinator.in': 403,
        'coordinator.texmin': 403,
        'coordinator.ru': 409,
      },
      { step: 'approve', ...stale },
    ),
  ],

  // ---- Training: a run of GIREDMET with its instructor, and one that is over ----
  courses: [GET('/courses', { guest: 200, anyone: 200 }), noForm('/courses')],
  'courses/:ref': [
    GET('/courses/{course}', { guest: 200, anyone: 200 }),
    GET('/courses/none', { guest: 404, anyone: 404 }),
    noForm('/courses/{course}'),
  ],
  training: [GET('/training', { guest: 'sign-in', anyone: 200 }), noForm('/training')],
  'training/import': [
    GET('/training/import', { guest: 'sign-in', anyone: 403, coordinator: 200 }),
    POST('/training/import', { guest: 'sign-in', anyone: 403, coordinator: 422 }),
  ],
  'training/import/:id': [
    GET('/training/import/{courseImport}', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 404,
      'coordinator.ru': 200,
    }),
    POST('/training/import/{badCourseImport}', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 404,
      'coordinator.ru': 422,
    }),
    GET('/training/import/none', { guest: 'sign-in', anyone: 403, coordinator: 404 }),
  ],
  'training/runs/:ref': [
    GET('/training/runs/{run}', { guest: 'sign-in', anyone: 200 }),
    GET('/training/runs/RUN-1999-0001', { guest: 'sign-in', anyone: 404 }),
    POST('/training/runs/{run}', { guest: 'sign-in', anyone: 422 }),
    // An enrolment nobody has.
    POST(
      '/training/runs/{run}',
      { guest: 'sign-in', anyone: 404 },
      { intent: 'withdraw', enrolment: stale.revision, ...stale },
    ),
  ],
  'training/runs/:ref/enrol': [
    GET('/training/runs/{run}/enrol', { guest: 'sign-in', anyone: 200 }),
    POST('/training/runs/{pastRun}/enrol', { guest: 'sign-in', anyone: 422 }),
  ],
  'training/runs/:ref/people': [
    GET('/training/runs/{run}/people', { guest: 'sign-in', anyone: 403, coordinator: 200 }),
    POST('/training/runs/{run}/people', { guest: 'sign-in', anyone: 403, coordinator: 422 }),
    // Certificates are the host's.
    POST(
      '/training/runs/{pastRun}/people',
      { guest: 'sign-in', anyone: 403, 'coordinator.ru': 422 },
      { intent: 'certify' },
    ),
  ],
  'training/runs/:ref/edit': [
    GET('/training/runs/{run}/edit', { guest: 'sign-in', anyone: 403, 'coordinator.ru': 200 }),
    POST('/training/runs/{run}/edit', { guest: 'sign-in', anyone: 403, 'coordinator.ru': 422 }),
    POST(
      '/training/runs/{run}/edit',
      { guest: 'sign-in', anyone: 403, 'coordinator.ru': 409 },
      { seats: '9', quotaIn: '1', quotaRu: '1', ...stale },
    ),
  ],
  'training/runs/:ref/sessions': [
    GET('/training/runs/{run}/sessions', { guest: 'sign-in', anyone: 403, 'coordinator.ru': 200 }),
    POST('/training/runs/{run}/sessions', { guest: 'sign-in', anyone: 403, 'coordinator.ru': 422 }),
  ],
  'training/runs/:ref/sessions/:number': [
    GET('/training/runs/{run}/sessions/1', { guest: 'sign-in', anyone: 403, 'instructor.ru': 200 }),
    GET('/training/runs/{run}/sessions/9', { guest: 'sign-in', anyone: 403, 'instructor.ru': 404 }),
    POST('/training/runs/{run}/sessions/1', { guest: 'sign-in', anyone: 403, 'instructor.ru': 422 }),
  ],
  'training/runs/:ref/results': [
    GET('/training/runs/{run}/results', { guest: 'sign-in', anyone: 403, 'instructor.ru': 200 }),
    POST('/training/runs/{run}/results', { guest: 'sign-in', anyone: 403, 'instructor.ru': 422 }),
  ],
  'training/runs/:ref/calendar.ics': [
    GET('/training/runs/{run}/calendar.ics', { guest: 'sign-in', anyone: 200 }),
    noForm('/training/runs/{run}/calendar.ics'),
  ],
  verify: [GET('/verify', { guest: 200, anyone: 200 }), noForm('/verify')],
  'verify/:code': [
    GET('/verify/{certificate}', { guest: 200, anyone: 200 }),
    GET('/verify/none', { guest: 404, anyone: 404 }),
    // Only the institution that issued it takes it back, and never whose it is.
    POST('/verify/{certificate}', { guest: 'sign-in', anyone: 403, 'coordinator.ru': 422 }),
  ],
  'verify/:code/certificate.pdf': [
    GET('/verify/{certificate}/certificate.pdf', { guest: 200, anyone: 200 }),
    GET('/verify/none/certificate.pdf', { guest: 404, anyone: 404 }),
    noForm('/verify/{certificate}/certificate.pdf'),
  ],

  // ---- Delegations: of IIT (ISM) to a congress of GIREDMET, shared with the host; one applicant travels ----
  'events/:ref': [
    GET('/events/{event}', { guest: 200, anyone: 200 }),
    GET('/events/none', { guest: 404, anyone: 404 }),
    noForm('/events/{event}'),
  ],
  'events/:ref/programme': [
    GET('/events/{event}/programme', { guest: 'sign-in', anyone: 403, ...hosts(200) }),
    POST('/events/{event}/programme', { guest: 'sign-in', anyone: 403, ...hosts(422) }),
  ],
  'events/:ref/programme/:id': [
    GET('/events/{event}/programme/none', { guest: 'sign-in', anyone: 403, ...hosts(404) }),
    POST('/events/{event}/programme/none', { guest: 'sign-in', anyone: 403, ...hosts(404) }),
  ],
  delegations: [GET('/delegations', { guest: 'sign-in', anyone: 200 }), noForm('/delegations')],
  'delegations/events/new': [
    GET('/delegations/events/new', { guest: 'sign-in', anyone: 403, coordinator: 200, protocol: 200 }),
    POST('/delegations/events/new', { guest: 'sign-in', anyone: 403, coordinator: 422, protocol: 422 }),
  ],
  'delegations/new': [
    GET('/delegations/new', { guest: 'sign-in', anyone: 403, coordinator: 200, protocol: 200 }),
    POST('/delegations/new', { guest: 'sign-in', anyone: 403, coordinator: 422, protocol: 422 }),
  ],
  'delegations/:ref': [
    GET('/delegations/{delegation}', { guest: 'sign-in', anyone: 404, ...senders(200), ...hosts(200) }),
    GET('/delegations/none', { guest: 'sign-in', anyone: 404 }),
    POST('/delegations/{delegation}', { guest: 'sign-in', anyone: 404, ...senders(409), ...hosts(403) }),
  ],
  'delegations/:ref/import': [
    GET('/delegations/{delegation}/import', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
    }),
    POST('/delegations/{delegation}/import', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(403),
    }),
  ],
  'delegations/:ref/import/:id': [
    // The host reads the delegation, and imports nothing into it.
    GET('/delegations/{delegation}/import/none', { guest: 'sign-in', anyone: 404, ...hosts(403) }),
    POST('/delegations/{delegation}/import/none', { guest: 'sign-in', anyone: 404, ...hosts(403) }),
  ],
  'delegations/:ref/rooms': [
    GET('/delegations/{delegation}/rooms', { guest: 'sign-in', anyone: 404, ...senders(200), ...hosts(200) }),
    noForm('/delegations/{delegation}/rooms'),
  ],
  'delegations/:ref/people/:id': [
    GET('/delegations/{delegation}/people/{delegate}', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(200),
      'applicant.in': 200,
    }),
    POST('/delegations/{delegation}/people/{delegate}', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(422),
      'applicant.in': 422,
    }),
    // A coordinator plans with the facts and needs no passport; here none is kept.
    POST(
      '/delegations/{delegation}/people/{delegate}',
      { guest: 'sign-in', anyone: 404, 'coordinator.in': 403, 'coordinator.ru': 403 },
      { intent: 'reveal' },
    ),
    // Nobody agrees to share a room for somebody else; nobody asked this traveller.
    POST(
      '/delegations/{delegation}/people/{delegate}',
      { guest: 'sign-in', anyone: 404 },
      { intent: 'share', mate: '01900000-0000-7000-8000-000000000000', answer: 'agreed' },
    ),
    // The pass to the site is the host's to record.
    POST(
      '/delegations/{delegation}/people/{delegate}',
      { guest: 'sign-in', anyone: 404, ...senders(403), ...hosts(422), 'applicant.in': 403 },
      { requirement: 'sitePass', state: 'asked', on: '2999-01-01' },
    ),
  ],
  // By hand: those who send, one person at a time; what is the traveller's own, the traveller too.
  'delegations/:ref/people/new': [
    GET('/delegations/{delegation}/people/new', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
    }),
    POST('/delegations/{delegation}/people/new', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(403),
    }),
  ],
  'delegations/:ref/people/:id/edit': [
    GET('/delegations/{delegation}/people/{delegate}/edit', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
      'applicant.in': 403,
    }),
    POST('/delegations/{delegation}/people/{delegate}/edit', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(403),
      'applicant.in': 403,
    }),
  ],
  'delegations/:ref/people/:id/leave': [
    GET('/delegations/{delegation}/people/{delegate}/leave', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
      'applicant.in': 403,
    }),
    POST('/delegations/{delegation}/people/{delegate}/leave', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(403),
      'applicant.in': 403,
    }),
  ],
  'delegations/:ref/people/:id/legs/:leg': [
    GET('/delegations/{delegation}/people/{delegate}/legs/new', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
      'applicant.in': 403,
    }),
    POST('/delegations/{delegation}/people/{delegate}/legs/new', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(403),
      'applicant.in': 403,
    }),
    GET('/delegations/{delegation}/people/{delegate}/legs/none', {
      guest: 'sign-in',
      anyone: 404,
      ...hosts(403),
      'applicant.in': 403,
    }),
    POST('/delegations/{delegation}/people/{delegate}/legs/none', {
      guest: 'sign-in',
      anyone: 404,
      ...hosts(403),
      'applicant.in': 403,
    }),
  ],
  'delegations/:ref/people/:id/beds/:stay': [
    GET('/delegations/{delegation}/people/{delegate}/beds/new', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
      'applicant.in': 403,
    }),
    POST('/delegations/{delegation}/people/{delegate}/beds/new', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(403),
      'applicant.in': 403,
    }),
    GET('/delegations/{delegation}/people/{delegate}/beds/none', {
      guest: 'sign-in',
      anyone: 404,
      ...hosts(403),
      'applicant.in': 403,
    }),
    POST('/delegations/{delegation}/people/{delegate}/beds/none', {
      guest: 'sign-in',
      anyone: 404,
      ...hosts(403),
      'applicant.in': 403,
    }),
  ],
  'delegations/:ref/people/:id/share': [
    GET('/delegations/{delegation}/people/{delegate}/share', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
      'applicant.in': 200,
    }),
    POST('/delegations/{delegation}/people/{delegate}/share', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(403),
      'applicant.in': 422,
    }),
  ],
  'delegations/:ref/people/:id/visa': [
    GET('/delegations/{delegation}/people/{delegate}/visa', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
      'applicant.in': 200,
    }),
    POST(
      '/delegations/{delegation}/people/{delegate}/visa',
      { guest: 'sign-in', anyone: 404, ...senders(422), ...hosts(403), 'applicant.in': 422 },
      { consulateCity: 'x'.repeat(201) },
    ),
  ],
  'delegations/:ref/people/:id/passport': [
    GET('/delegations/{delegation}/people/{delegate}/passport', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(403),
      'applicant.in': 200,
    }),
    POST('/delegations/{delegation}/people/{delegate}/passport', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(422),
      ...hosts(403),
      'applicant.in': 422,
    }),
  ],
  'delegations/:ref/papers/rooming.xlsx': [
    GET('/delegations/{delegation}/papers/rooming.xlsx', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(200),
    }),
    noForm('/delegations/{delegation}/papers/rooming.xlsx'),
  ],
  // Passports are the protocol officers'.
  'delegations/:ref/visa-support': [
    GET('/delegations/{delegation}/visa-support', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(200),
      'coordinator.in': 403,
      'coordinator.ru': 403,
    }),
    noForm('/delegations/{delegation}/visa-support'),
  ],
  'delegations/:ref/papers/visa.xlsx': [
    GET('/delegations/{delegation}/papers/visa.xlsx', {
      guest: 'sign-in',
      anyone: '/delegations/{delegation}/visa-support',
    }),
  ],
  'delegations/:ref/people/:id/itinerary.pdf': [
    GET('/delegations/{delegation}/people/{delegate}/itinerary.pdf', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(200),
      'applicant.in': 200,
    }),
    noForm('/delegations/{delegation}/people/{delegate}/itinerary.pdf'),
  ],
  'delegations/:ref/people/:id/itinerary.ics': [
    GET('/delegations/{delegation}/people/{delegate}/itinerary.ics', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(200),
      'applicant.in': 200,
    }),
    noForm('/delegations/{delegation}/people/{delegate}/itinerary.ics'),
  ],

  // ---- Exchanges: a student of IIT (ISM) wants to go to GIREDMET ----
  calls: [GET('/calls', { guest: 200, anyone: 200 }), noForm('/calls')],
  'calls/:ref': [
    GET('/calls/{call}', { guest: 200, anyone: 200 }),
    GET('/calls/{callInPreparation}', {
      guest: 404,
      anyone: 404,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    noForm('/calls/{call}'),
  ],
  'calls/:ref/apply': [
    GET('/calls/{call}/apply', { guest: 'sign-in', anyone: 200, 'student.in': '/exchanges/{application}' }),
    // Nobody applies to what is not published, its signers no more than others.
    GET('/calls/{callInPreparation}/apply', { guest: 'sign-in', anyone: 404 }),
    POST('/calls/{callInPreparation}/apply', { guest: 'sign-in', anyone: 404 }),
    // Copying from an earlier application: nobody has one.
    POST('/calls/{call}/apply', { guest: 'sign-in', anyone: 422, 'student.in': '/exchanges/{application}' }),
  ],
  'calls/:ref/apply/:step': [
    GET('/calls/{call}/apply/plan', {
      guest: 'sign-in',
      anyone: 200,
      'student.in': '/exchanges/{application}',
      ...Object.fromEntries(RU.map((role) => [`${role}.ru`, '/calls/{call}/apply' as const])),
    }),
    GET('/calls/{call}/apply/passport', { guest: 'sign-in', anyone: 404 }),
    GET('/calls/{callInPreparation}/apply/plan', { guest: 'sign-in', anyone: 404 }),
    POST('/calls/{callInPreparation}/apply/plan', { guest: 'sign-in', anyone: 404 }),
    POST('/calls/{callInPreparation}/apply/documents', { guest: 'sign-in', anyone: 404 }),
  ],
  'calls/:ref/apply/:step/draft': [
    GET('/calls/{call}/apply/plan/draft', { guest: 'sign-in', anyone: 405 }),
    POST('/calls/{call}/apply/documents/draft', { guest: 'sign-in', anyone: 404 }),
    POST('/calls/{callInPreparation}/apply/plan/draft', { guest: 'sign-in', anyone: 404 }),
  ],
  'calls/:ref/apply/check': [
    GET('/calls/{call}/apply/check', {
      guest: 'sign-in',
      anyone: '/calls/{call}/apply',
      'student.in': '/exchanges/{application}',
    }),
    POST(
      '/calls/{call}/apply/check',
      { guest: 'sign-in', anyone: 404, 'student.in': '/exchanges/{application}' },
      stale,
    ),
  ],
  'calls/:ref/edit': [
    GET('/calls/{callInPreparation}/edit', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    GET('/calls/{call}/edit', {
      guest: 'sign-in',
      anyone: 403,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    POST('/calls/{callInPreparation}/edit', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 422,
      'coordinator.ru': 422,
    }),
    POST('/calls/{call}/edit', {
      guest: 'sign-in',
      anyone: 403,
      'coordinator.in': 422,
      'coordinator.ru': 422,
    }),
  ],
  'calls/:ref/extension': [
    GET('/calls/{call}/extension', {
      guest: 'sign-in',
      anyone: 403,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    // What is not published is changed, not extended.
    GET('/calls/{callInPreparation}/extension', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 409,
      'coordinator.ru': 409,
    }),
    POST(
      '/calls/{call}/extension',
      { guest: 'sign-in', anyone: 403, 'coordinator.in': 409, 'coordinator.ru': 409 },
      { hash: 'none' },
    ),
    POST('/calls/{callInPreparation}/extension', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 409,
      'coordinator.ru': 409,
    }),
  ],
  'calls/:ref/cancellation': [
    GET('/calls/{call}/cancellation', {
      guest: 'sign-in',
      anyone: 403,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    GET('/calls/{callInPreparation}/cancellation', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 409,
      'coordinator.ru': 409,
    }),
    POST(
      '/calls/{call}/cancellation',
      { guest: 'sign-in', anyone: 403, 'coordinator.in': 409, 'coordinator.ru': 409 },
      { hash: 'none' },
    ),
    POST('/calls/{callInPreparation}/cancellation', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 409,
      'coordinator.ru': 409,
    }),
  ],
  'calls/:ref/signature': [
    GET('/calls/{callInPreparation}/signature', {
      guest: 'sign-in',
      anyone: 404,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    // A hash that was never on anybody's screen.
    POST(
      '/calls/{callInPreparation}/signature',
      { guest: 'sign-in', anyone: 404, 'coordinator.in': 409, 'coordinator.ru': 409 },
      { hash: 'none' },
    ),
  ],
  exchanges: [GET('/exchanges', { guest: 'sign-in', anyone: 200 }), noForm('/exchanges')],
  // The selection committee: coordinators of the two signing institutions; a review is its reviewer's alone.
  'calls/:ref/reviews': [
    GET('/calls/{reviewCall}/reviews', { guest: 'sign-in', anyone: 403, ...committee(200) }),
    GET('/calls/none/reviews', { guest: 'sign-in', anyone: 404 }),
    // Nobody is awaited there.
    POST('/calls/{call}/reviews', { guest: 'sign-in', anyone: 403, ...committee(422) }),
  ],
  'calls/:ref/reviews/balance': [
    GET('/calls/{reviewCall}/reviews/balance', { guest: 'sign-in', anyone: 403, ...committee(200) }),
    POST('/calls/{reviewCall}/reviews/balance', { guest: 'sign-in', anyone: 403, ...committee(422) }),
  ],
  'calls/:ref/reviews/:application': [
    GET('/calls/{reviewCall}/reviews/{reviewedApplication}', {
      guest: 'sign-in',
      anyone: 403,
      ...committee(200),
    }),
    GET('/calls/{reviewCall}/reviews/{application}', { guest: 'sign-in', anyone: 403, ...committee(404) }),
    POST('/calls/{reviewCall}/reviews/{reviewedApplication}', {
      guest: 'sign-in',
      anyone: 403,
      ...committee(422),
    }),
    POST(
      '/calls/{reviewCall}/reviews/{reviewedApplication}',
      { guest: 'sign-in', anyone: 403, ...committee(404) },
      { ...stale, intent: 'release', review: 'none' },
    ),
  ],
  'calls/:ref/ranking': [
    GET('/calls/{reviewCall}/ranking', { guest: 'sign-in', anyone: 403, ...committee(200) }),
    POST('/calls/{reviewCall}/ranking', { guest: 'sign-in', anyone: 403, ...committee(409) }),
    POST(
      '/calls/{reviewCall}/ranking',
      { guest: 'sign-in', anyone: 403, ...committee(409) },
      { intent: 'sign' },
    ),
  ],
  'calls/:ref/ranking.pdf': [
    GET('/calls/{reviewCall}/ranking.pdf', { guest: 'sign-in', anyone: 403, ...committee(404) }),
    noForm('/calls/{reviewCall}/ranking.pdf'),
  ],
  reviews: [GET('/reviews', { guest: 'sign-in', anyone: 403, reviewer: 200 }), noForm('/reviews')],
  'reviews/:id': [
    GET('/reviews/{review}', { guest: 'sign-in', anyone: 404, 'reviewer.ru': 200 }),
    GET('/reviews/none', { guest: 'sign-in', anyone: 404 }),
    POST(
      '/reviews/{review}',
      { guest: 'sign-in', anyone: 404, 'reviewer.ru': 409 },
      { ...stale, intent: 'submit' },
    ),
    POST(
      '/reviews/{review}',
      { guest: 'sign-in', anyone: 404, 'reviewer.ru': 409 },
      { ...stale, intent: 'recuse', reason: 'x' },
    ),
  ],
  'exchanges/calls/new': [
    GET('/exchanges/calls/new', { guest: 'sign-in', anyone: 403, coordinator: 200 }),
    POST('/exchanges/calls/new', { guest: 'sign-in', anyone: 403, coordinator: 422 }),
  ],
  'exchanges/:ref': [
    GET('/exchanges/{application}', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    noForm('/exchanges/{application}'),
  ],
  'exchanges/:ref/eligibility': [
    GET('/exchanges/{application}/eligibility', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 200,
      'coordinator.ru': 403,
    }),
    POST('/exchanges/{application}/eligibility', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 422,
      'coordinator.ru': 403,
    }),
    ...['eligible', 'ineligible', 'return'].map((decision) =>
      POST(
        '/exchanges/{application}/eligibility',
        {
          guest: 'sign-in',
          anyone: 404,
          'student.in': 403,
          'coordinator.in': 409,
          'coordinator.ru': 403,
        },
        { decision, reason: 'No.', 'comment.plan': 'Weeks.', dueOn: '2099-01-01', ...stale },
      ),
    ),
  ],
  'exchanges/:ref/nomination': [
    GET('/exchanges/{application}/nomination', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 200,
      'coordinator.ru': 403,
    }),
    POST('/exchanges/{application}/nomination', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 422,
      'coordinator.ru': 403,
    }),
    POST(
      '/exchanges/{application}/nomination',
      {
        guest: 'sign-in',
        anyone: 404,
        'student.in': 403,
        'coordinator.in': 409,
        'coordinator.ru': 403,
      },
      { decision: 'nominate', confirmed: 'on', ...stale },
    ),
  ],
  'exchanges/:ref/answer': [
    GET('/exchanges/{application}/answer', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 403,
      'coordinator.ru': 200,
    }),
    POST('/exchanges/{application}/answer', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 403,
      'coordinator.ru': 422,
    }),
    POST(
      '/exchanges/{application}/answer',
      {
        guest: 'sign-in',
        anyone: 404,
        'student.in': 403,
        'coordinator.in': 403,
        'coordinator.ru': 409,
      },
      { decision: 'decline', reason: 'No places.', ...stale },
    ),
    POST(
      '/exchanges/{application}/answer',
      { guest: 'sign-in', anyone: 404, 'student.in': 403, 'coordinator.in': 403, 'coordinator.ru': 409 },
      { decision: 'ask', question: 'Which furnace?', ...stale },
    ),
  ],
  'exchanges/bulk': [
    GET('/exchanges/bulk?act=nominate&ref={application}', {
      guest: 'sign-in',
      anyone: 403,
      coordinator: 200,
    }),
    POST('/exchanges/bulk', { guest: 'sign-in', anyone: 403, coordinator: 422 }, { act: 'nominate' }),
  ],
  'exchanges/export.xlsx': [
    GET('/exchanges/export.xlsx', { guest: 'sign-in', anyone: 200 }),
    noForm('/exchanges/export.xlsx'),
  ],
  'exchanges/export.csv': [
    GET('/exchanges/export.csv', { guest: 'sign-in', anyone: 200 }),
    noForm('/exchanges/export.csv'),
  ],
  // The supervisor of this application is nobody of the cast.
  'exchanges/:ref/endorsement': [
    GET('/exchanges/{application}/endorsement', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 403,
      'coordinator.ru': 403,
    }),
    POST('/exchanges/{application}/endorsement', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 403,
      'coordinator.ru': 403,
    }),
  ],
  // Whoever holds it is whom it was sent to; what it asks is not answered here.
  'links/:token': [
    GET('/links/{link}', { guest: 200, anyone: 200 }),
    GET('/links/none', { guest: 404, anyone: 404 }),
    POST('/links/none', { guest: 404, anyone: 404 }),
    POST('/links/{link}', { guest: 422, anyone: 422 }),
  ],
  'exchanges/:ref/versions': [
    GET('/exchanges/{application}/versions', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    noForm('/exchanges/{application}/versions'),
  ],
  'exchanges/:ref/application.pdf': [
    GET('/exchanges/{application}/application.pdf', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      'coordinator.in': 200,
      'coordinator.ru': 200,
    }),
    noForm('/exchanges/{application}/application.pdf'),
  ],
  'exchanges/:ref/translation': [
    GET('/exchanges/{application}/translation', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      'coordinator.in': 200,
      'coordinator.ru': 403,
    }),
    POST('/exchanges/{application}/translation', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 409,
      'coordinator.in': 409,
      'coordinator.ru': 403,
    }),
  ],
  'exchanges/:ref/reply': [
    GET('/exchanges/{application}/reply', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 200,
      'coordinator.ru': 403,
    }),
    POST(
      '/exchanges/{application}/reply',
      { guest: 'sign-in', anyone: 404, 'student.in': 403, 'coordinator.in': 409, 'coordinator.ru': 403 },
      { reply: 'The tube furnace.', ...stale },
    ),
  ],
  // Nothing has been decided yet: the applicant's page says so; nobody decides on an appeal that cannot be.
  'exchanges/:ref/appeal': [
    GET('/exchanges/{application}/appeal', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      'coordinator.in': 403,
      'coordinator.ru': 403,
    }),
    POST(
      '/exchanges/{application}/appeal',
      { guest: 'sign-in', anyone: 404, 'student.in': 409, 'coordinator.in': 403, 'coordinator.ru': 403 },
      { words: 'Please reconsider.', ...stale },
    ),
  ],
  'exchanges/:ref/appeal/decision': [
    GET('/exchanges/{application}/appeal/decision', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      'coordinator.in': 403,
      'coordinator.ru': 403,
    }),
    POST(
      '/exchanges/{application}/appeal/decision',
      { guest: 'sign-in', anyone: 404, 'student.in': 403, 'coordinator.in': 403, 'coordinator.ru': 403 },
      { outcome: 'upheld', reason: 'New facts.', ...stale },
    ),
  ],
  'exchanges/:ref/letters/:number': [
    GET('/exchanges/{application}/letters/LT-2000-0001', { guest: 'sign-in', anyone: 404 }),
    noForm('/exchanges/{application}/letters/LT-2000-0001'),
  ],
  'exchanges/:ref/withdrawal': [
    GET('/exchanges/{application}/withdrawal', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      'coordinator.in': 403,
      'coordinator.ru': 403,
    }),
    POST(
      '/exchanges/{application}/withdrawal',
      { guest: 'sign-in', anyone: 404, 'student.in': 409, 'coordinator.in': 403, 'coordinator.ru': 403 },
      stale,
    ),
  ],

  // ---- Supervision: a student of IIT (ISM), a supervisor of TEXMiN and one of GIREDMET; the report is submitted ----
  // ---- A stay: the participant, the host supervisor and the coordinators of both institutions, each their own pen ----
  'exchanges/:ref/programme': [
    GET('/exchanges/{stay}/programme', { guest: 'sign-in', anyone: 404, ...inStay(200) }),
    noForm('/exchanges/{stay}/programme'),
  ],
  'exchanges/:ref/programme/edit': [
    GET('/exchanges/{stay}/programme/edit', { guest: 'sign-in', anyone: 404, ...inStay(200) }),
    POST('/exchanges/{stay}/programme/edit', { guest: 'sign-in', anyone: 404, ...inStay(409) }, stale),
    POST(
      '/exchanges/{stay}/programme/edit',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'coordinator.ru': 409 },
      { ...stale, intent: 'supervisor' },
    ),
  ],
  'exchanges/:ref/programme/signature': [
    GET('/exchanges/{stay}/programme/signature', { guest: 'sign-in', anyone: 404, ...inStay(200) }),
    POST(
      '/exchanges/{stay}/programme/signature',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'coordinator.in': 409 },
      { intent: 'sign', as: 'home-coordinator', hash: 'f'.repeat(64) },
    ),
    POST(
      '/exchanges/{stay}/programme/signature',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'supervisor.ru': 409 },
      { intent: 'refuse', as: 'host-supervisor', hash: 'f'.repeat(64), comments: 'x' },
    ),
  ],
  'exchanges/:ref/readiness': [
    GET('/exchanges/{stay}/readiness', { guest: 'sign-in', anyone: 404, ...inStay(200) }),
    // Nothing is to be written down before the journey is planned.
    POST('/exchanges/{stay}/readiness', { guest: 'sign-in', anyone: 404, ...inStay(403) }),
  ],
  'exchanges/:ref/arrival': [
    GET('/exchanges/{stay}/arrival', {
      guest: 'sign-in',
      anyone: 404,
      ...inStay(403),
      'coordinator.ru': 200,
    }),
    POST(
      '/exchanges/{stay}/arrival',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'coordinator.ru': 409 },
      stale,
    ),
  ],
  'exchanges/:ref/stay': [
    GET('/exchanges/{stay}/stay', { guest: 'sign-in', anyone: 404, ...inStay(200) }),
    POST('/exchanges/{stay}/stay', { guest: 'sign-in', anyone: 404, ...inStay(403), 'student.in': 409 }),
    POST(
      '/exchanges/{stay}/stay',
      { guest: 'sign-in', anyone: 404 },
      { intent: 'duty', duty: 'ru-notification' },
    ),
  ],
  'exchanges/:ref/requests': [
    GET('/exchanges/{stay}/requests', { guest: 'sign-in', anyone: 404, ...inStay(200) }),
    // Who decides an extension does not ask for it.
    POST(
      '/exchanges/{stay}/requests',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'student.in': 409, 'coordinator.in': 409 },
      { intent: 'ask', kind: 'extension', reason: 'x' },
    ),
    POST(
      '/exchanges/{stay}/requests',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'coordinator.ru': 409 },
      { intent: 'ask', kind: 'no-show', reason: 'x' },
    ),
    POST('/exchanges/{stay}/requests', { guest: 'sign-in', anyone: 404 }, { intent: 'decide', number: '1' }),
  ],
  'exchanges/:ref/departure': [
    GET('/exchanges/{stay}/departure', {
      guest: 'sign-in',
      anyone: 404,
      ...inStay(403),
      'coordinator.ru': 200,
    }),
    POST(
      '/exchanges/{stay}/departure',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'coordinator.ru': 409 },
      stale,
    ),
  ],
  'exchanges/:ref/report': [
    GET('/exchanges/{stay}/report', { guest: 'sign-in', anyone: 404, ...inStay(403), 'student.in': 200 }),
    POST(
      '/exchanges/{stay}/report',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'student.in': 409 },
      stale,
    ),
    POST(
      '/exchanges/{stay}/report',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'student.in': 409 },
      { ...stale, intent: 'outputs' },
    ),
  ],
  'exchanges/:ref/evaluation': [
    GET('/exchanges/{stay}/evaluation', {
      guest: 'sign-in',
      anyone: 404,
      ...inStay(403),
      'supervisor.ru': 200,
    }),
    POST(
      '/exchanges/{stay}/evaluation',
      { guest: 'sign-in', anyone: 404, ...inStay(403), 'supervisor.ru': 409 },
      stale,
    ),
  ],
  'exchanges/:ref/closing': [
    GET('/exchanges/{stay}/closing', { guest: 'sign-in', anyone: 404, ...inStay(200) }),
    ...(['lay', 'costs'] as const).map((intent) =>
      POST(
        '/exchanges/{stay}/closing',
        { guest: 'sign-in', anyone: 404, ...inStay(403), 'coordinator.in': 409, 'coordinator.ru': 409 },
        { ...stale, intent },
      ),
    ),
    ...(['sign', 'refuse'] as const).map((intent) =>
      POST(
        '/exchanges/{stay}/closing',
        { guest: 'sign-in', anyone: 404, ...inStay(403), 'coordinator.ru': 409 },
        { intent, as: 'host-coordinator', hash: 'f'.repeat(64), comments: 'x' },
      ),
    ),
  ],
  supervision: [GET('/supervision', { guest: 'sign-in', anyone: 200 }), noForm('/supervision')],
  'supervision/:ref': [
    GET('/supervision/{thesis}', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      supervisor: 200,
      coordinator: 200,
    }),
    // A half-year that is long over.
    POST(
      '/supervision/{thesis}',
      { guest: 'sign-in', anyone: 404, 'student.in': 422, supervisor: 403, coordinator: 403 },
      { halfYear: '2019-1', year: '2019', half: '1' },
    ),
  ],
  'supervision/:ref/reports/:number': [
    GET('/supervision/{thesis}/reports/{report}', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      supervisor: 200,
      coordinator: 200,
    }),
    GET('/supervision/{thesis}/reports/none', { guest: 'sign-in', anyone: 404 }),
    noForm('/supervision/{thesis}/reports/{report}'),
  ],
  'supervision/:ref/reports/:number/edit': [
    GET('/supervision/{thesis}/reports/{report}/edit', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      supervisor: 403,
      coordinator: 403,
    }),
    POST(
      '/supervision/{thesis}/reports/{report}/edit',
      { guest: 'sign-in', anyone: 404, 'student.in': 409, supervisor: 403, coordinator: 403 },
      stale,
    ),
  ],
  'supervision/:ref/reports/:number/return': [
    GET('/supervision/{thesis}/reports/{report}/return', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      supervisor: 200,
      coordinator: 403,
    }),
    POST(
      '/supervision/{thesis}/reports/{report}/return',
      { guest: 'sign-in', anyone: 404, 'student.in': 403, supervisor: 409, coordinator: 403 },
      { reason: 'Too short.', ...stale },
    ),
  ],
  'supervision/:ref/reports/:number/opinion': [
    GET('/supervision/{thesis}/reports/{report}/opinion', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      supervisor: 200,
      coordinator: 403,
    }),
    POST(
      '/supervision/{thesis}/reports/{report}/opinion',
      { guest: 'sign-in', anyone: 404, 'student.in': 403, supervisor: 409, coordinator: 403 },
      { outcome: 'satisfactory', 'text.en': 'Good work, on schedule.', ...stale },
    ),
  ],
  'supervision/:ref/reports/:number/decision': [
    GET('/supervision/{thesis}/reports/{report}/decision', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 200,
      supervisor: 200,
      coordinator: 200,
    }),
    POST(
      '/supervision/{thesis}/reports/{report}/decision',
      { guest: 'sign-in', anyone: 404, 'student.in': 403, supervisor: 409, coordinator: 403 },
      { hash: 'none' },
    ),
  ],
  'supervision/:ref/reports/:number/decision/edit': [
    GET('/supervision/{thesis}/reports/{report}/decision/edit', {
      guest: 'sign-in',
      anyone: 404,
      'student.in': 403,
      supervisor: 200,
      coordinator: 403,
    }),
    POST(
      '/supervision/{thesis}/reports/{report}/decision/edit',
      { guest: 'sign-in', anyone: 404, 'student.in': 403, supervisor: 409, coordinator: 403 },
      { outcome: 'satisfactory', 'text.en': 'Passed.', ...stale },
    ),
  ],
};

/** Asked last and apart, because these change something for those who may. */
export const changing: Record<string, Asked[]> = {
  audit: [POST('/audit', { guest: 'sign-in', anyone: 403, 'platform-admin': 200 })],
  'inbox/:id': [POST('/inbox/{entry}', { guest: 'sign-in', anyone: 404, 'student.ru': '/inbox' })],
  'u/:token': [POST('/u/{unsubscribe}', { guest: 200, anyone: 200 })],
  // That passports were asked for is written down; no coordinator gets them.
  'delegations/:ref/papers/visa.xlsx': [
    POST('/delegations/{delegation}/papers/visa.xlsx', {
      guest: 'sign-in',
      anyone: 404,
      ...senders(200),
      ...hosts(200),
      'coordinator.in': 403,
      'coordinator.ru': 403,
    }),
  ],
  // A form that is not complete is kept as a draft; the call takes people of the Indian side.
  // Saving a step begins a draft: anybody whose side the call takes may.
  'calls/:ref/apply/:step/draft': [
    POST('/calls/{call}/apply/plan/draft', {
      guest: 'sign-in',
      anyone: 200,
      'student.in': 409,
      ...Object.fromEntries(RU.map((role) => [`${role}.ru`, 422])),
    }),
  ],
  'calls/:ref/apply/:step': [
    POST('/calls/{call}/apply/plan', {
      guest: 'sign-in',
      anyone: '/calls/{call}/apply/host',
      'student.in': '/exchanges/{application}',
      ...Object.fromEntries(RU.map((role) => [`${role}.ru`, '/calls/{call}/apply' as const])),
    }),
  ],
  'sign-out': [POST('/sign-out', { guest: '/', anyone: '/' })],
};
