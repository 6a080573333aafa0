import { index, type RouteConfig, route } from '@react-router/dev/routes';

/** Every URL of the portal: the table of contents. */
export default [
  index('home/routes/welcome.tsx'),
  route('home', 'home/routes/home.tsx'),
  route('sign-in', 'people/routes/sign-in.tsx'),
  route('sign-in/two-factor', 'people/routes/two-factor.tsx'),
  route('sign-up', 'people/routes/sign-up.tsx'),
  route('sign-out', 'people/routes/sign-out.tsx'),
  route('forgot-password', 'people/routes/forgot.tsx'),
  route('reset-password', 'people/routes/reset.tsx'),
  route('verify-email', 'people/routes/verify-email.tsx'),
  route('api/auth/*', 'people/routes/api-auth.ts'),
  route('account', 'people/routes/account.tsx'),
  route('account/two-factor', 'people/routes/account-two-factor.tsx'),
  route('account/confirm', 'people/routes/account-confirm.tsx'),
  route('privacy', 'home/routes/privacy.tsx'),
  route('dev/ui', 'home/routes/dev-ui.tsx'),
  route('travel', 'travel/routes/travel.tsx'),
  route('travel/passport', 'travel/routes/passport.tsx'),
  route('audit', 'audit/routes/audit.tsx'),
] satisfies RouteConfig;
