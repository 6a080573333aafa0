import type { LocalizedText } from '#db/schema/shared.ts';

/** A place where legs begin and end. Position in degrees, rounded to a hundredth. */
export type Airport = {
  iata: string;
  city: LocalizedText;
  zone: string;
  latitude: number;
  longitude: number;
};

const airport = (
  iata: string,
  en: string,
  ru: string,
  zone: string,
  latitude: number,
  longitude: number,
): Airport => ({ iata, city: { en, ru }, zone, latitude, longitude });

/** The airports between Dhanbad and Moscow; `db/seed/data/airports.csv` holds the same list. */
const AIRPORTS: readonly Airport[] = [
  airport('DEL', 'Delhi', 'Дели', 'Asia/Kolkata', 28.57, 77.1),
  airport('CCU', 'Kolkata', 'Калькутта', 'Asia/Kolkata', 22.65, 88.45),
  airport('IXR', 'Ranchi', 'Ранчи', 'Asia/Kolkata', 23.31, 85.32),
  airport('BOM', 'Mumbai', 'Мумбаи', 'Asia/Kolkata', 19.09, 72.87),
  airport('SVO', 'Moscow', 'Москва', 'Europe/Moscow', 55.97, 37.41),
  airport('VKO', 'Moscow', 'Москва', 'Europe/Moscow', 55.6, 37.27),
  airport('DME', 'Moscow', 'Москва', 'Europe/Moscow', 55.41, 37.9),
  airport('LED', 'Saint Petersburg', 'Санкт-Петербург', 'Europe/Moscow', 59.8, 30.26),
  airport('DXB', 'Dubai', 'Дубай', 'Asia/Dubai', 25.25, 55.36),
  airport('AUH', 'Abu Dhabi', 'Абу-Даби', 'Asia/Dubai', 24.43, 54.65),
  airport('DOH', 'Doha', 'Доха', 'Asia/Qatar', 25.27, 51.61),
  airport('TAS', 'Tashkent', 'Ташкент', 'Asia/Tashkent', 41.26, 69.28),
  airport('IST', 'Istanbul', 'Стамбул', 'Europe/Istanbul', 41.26, 28.74),
];

const byCode = new Map(AIRPORTS.map((one) => [one.iata, one]));

/** The airport of an IATA code, null for one the portal does not know. */
export function airportOf(iata: string): Airport | null {
  return byCode.get(iata) ?? null;
}

export const AIRPORT_CODES = AIRPORTS.map((one) => one.iata);

const RADIUS = 6371;

/** Great-circle distance in kilometres (haversine). */
export function distanceBetween(from: Airport, to: Airport): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = radians(to.latitude - from.latitude);
  const east = radians(to.longitude - from.longitude);
  const chord =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
}
