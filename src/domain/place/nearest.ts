/** Latitude and longitude in degrees (WGS 84), by the code of a commune. */
export type Positions = Readonly<Record<string, readonly [lat: number, lon: number]>>;

/** km of one degree of latitude. */
const DEGREE_KM = 111.2;
/** From the middles of 97 former communes of Lai Châu the right one is nearest for 87 %, among three for 98 % (test). */
const OFFERED = 3;
/** Communes of the mountains are up to 40 km long; whoever is farther from every middle is not in the country. */
const FARTHEST_KM = 40;

/** km between two points; over such distances the earth is flat enough. */
const distance = (lat: number, lon: number, [toLat, toLon]: readonly [number, number]): number => {
  const east = (toLon - lon) * Math.cos((((lat + toLat) / 2) * Math.PI) / 180);
  return DEGREE_KM * Math.hypot(toLat - lat, east);
};

/**
 * Codes of the communes whose middles lie nearest, the nearest first. Borders are not known, so this is a guess to be
 * confirmed; none where nothing is near.
 */
export const nearestCommunes = (positions: Positions, lat: number, lon: number): readonly string[] =>
  Object.entries(positions)
    .map(([code, position]) => ({ code, km: distance(lat, lon, position) }))
    .filter(({ km }) => km <= FARTHEST_KM)
    .sort((a, b) => a.km - b.km)
    .slice(0, OFFERED)
    .map(({ code }) => code);
