import { Command } from 'commander';
import { dayOf } from '../domain/day.ts';
import { ZONE_LEVELS, type ZoneLevel } from '../domain/risk/zone.ts';
import { latestRules } from '../services/risk/rules.ts';
import { shippedRules } from '../services/risk/shipped.ts';
import { addZone, endZones, listZones } from '../services/zones/zones.ts';
import type { CliParts, RunWith } from './parts.ts';
import { CommandProblem } from './problem.ts';
import { readDay, readPlace } from './read.ts';
import { table } from './table.ts';

export interface ZoneGiven {
  readonly level: string;
  readonly from?: string;
  readonly to?: string;
  readonly disease?: string;
  readonly note?: string;
}

const levelOf = (text: string): ZoneLevel => {
  const level = ZONE_LEVELS.find((one) => one === text);
  if (level === undefined)
    throw new CommandProblem(`"${text}" is not a zone level: use ${ZONE_LEVELS.join(', ')}.`);
  return level;
};

/** A disease must stand in the rules in force: its incubation says how long ago somebody may have been there. */
const checkDisease = async ({ database }: CliParts, disease: string): Promise<void> => {
  const { diseases } = (await latestRules(database.collections.rules))?.rules ?? shippedRules();
  if (diseases.some(({ id }) => id === disease)) return;
  const ids = diseases.map(({ id }) => id).join(', ');
  throw new CommandProblem(`The rules know no disease "${disease}": use ${ids}.`);
};

/** Declares a place an epidemic zone; the very same zone twice is one. */
const zoneAdd = async (parts: CliParts, place: string, given: ZoneGiven): Promise<string> => {
  const { code } = readPlace(place, parts);
  const level = levelOf(given.level);
  const from = readDay(given.from ?? dayOf(parts.now), parts.now);
  const to = given.to === undefined ? undefined : readDay(given.to, parts.now);
  if (to !== undefined && to < from) throw new CommandProblem('A zone ends on the day it begins or later.');
  if (given.disease !== undefined) await checkDisease(parts, given.disease);
  const added = await addZone(parts.database.collections.zones, {
    place: code,
    level,
    from,
    ...(to === undefined ? {} : { to }),
    ...(given.disease === undefined ? {} : { disease: given.disease }),
    ...(given.note === undefined ? {} : { note: given.note }),
  });
  const name = parts.gazetteer.name(code, 'vi', 'full');
  const already = added ? '' : 'already ';
  return `${name} (${code}) is ${already}${level} from ${from}${to === undefined ? '' : ` to ${to}`}.`;
};

/** Lifts the zones of a place; the day given is the last one they hold. */
const zoneEnd = async (parts: CliParts, place: string, given: { on?: string }): Promise<string> => {
  const { code } = readPlace(place, parts);
  const day = readDay(given.on ?? dayOf(parts.now), parts.now);
  const ended = await endZones(parts.database.collections.zones, code, day);
  const name = parts.gazetteer.name(code, 'vi', 'full');
  if (ended === 0) throw new CommandProblem(`There is no zone to end: ${name} is none after ${day}.`);
  return `${name} is no zone any more after ${day}.`;
};

/** Zones that hold, will hold, or ended in the last 90 days. */
const zoneList = async (parts: CliParts): Promise<string> => {
  const areaOf = (code: string) => parts.gazetteer.get(code)?.path ?? code;
  const zones = await listZones(parts.database.collections.zones, areaOf, parts.now);
  if (zones.length === 0) return 'There is no zone.';
  const rows = zones.map(({ place, level, from, to = '', disease = '' }) => [
    place,
    parts.gazetteer.name(place, 'vi', 'full'),
    level,
    from,
    to,
    disease,
  ]);
  return table(['code', 'place', 'level', 'from', 'to', 'disease'], rows);
};

/** `khaibao zone add|end|list` */
export const zoneCommand = (run: RunWith): Command => {
  const zone = new Command('zone').description(
    'epidemic zones; a running server judges by them within seconds',
  );
  zone
    .command('add <place>')
    .description('declare a commune, province or country a zone: name or code')
    .requiredOption('--level <level>', ZONE_LEVELS.join(', '))
    .option('--from <day>', 'first day, today without it')
    .option('--to <day>', 'last day, until it is ended without it')
    .option('--disease <id>', 'a disease of the rules')
    .option('--note <text>', 'which decision declared it')
    .action((place: string, given: ZoneGiven) => run((parts) => zoneAdd(parts, place, given)));
  zone
    .command('end <place>')
    .description('lift the zone')
    .option('--on <day>', 'its last day, today without it')
    .action((place: string, given: { on?: string }) => run((parts) => zoneEnd(parts, place, given)));
  zone
    .command('list')
    .description('zones that hold or lately held')
    .action(() => run(zoneList));
  return zone;
};
