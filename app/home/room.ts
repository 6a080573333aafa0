import type { Room } from '#app/platform/room.ts';

export const room: Room = {
  name: 'home',
  rights: [],
  navigation: () => [{ text: 'home:navigation', href: '/home' }],
};
