import { index, type RouteConfig, route } from '@react-router/dev/routes';

/** Every URL of the portal: the table of contents. */
export default [
  index('home/routes/welcome.tsx'),
  route('home', 'home/routes/home.tsx'),
] satisfies RouteConfig;
