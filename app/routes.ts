import { index, type RouteConfig, route } from '@react-router/dev/routes';

/** Every URL of the portal: the table of contents. */
export default [
  index('home/routes/welcome.tsx'),
  route('home', 'home/routes/home.tsx'),
  route('privacy', 'home/routes/privacy.tsx'),
  route('dev/ui', 'home/routes/dev-ui.tsx'),
] satisfies RouteConfig;
