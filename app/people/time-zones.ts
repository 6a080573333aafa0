/**
 * Time zones a person can live by here: both institutions' own, the rest of Russia, and where their people travel.
 * Words: `account:zone`.
 */
export const TIME_ZONES = [
  'Asia/Kolkata',
  'Europe/Moscow',
  'Europe/Kaliningrad',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
  'Asia/Dubai',
  'Asia/Tashkent',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Europe/Istanbul',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'UTC',
] as const;
