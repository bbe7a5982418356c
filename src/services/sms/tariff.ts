import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTariff, type Tariff } from '../../domain/sms/tariff.ts';
import { projectRoot } from '../../store/root.ts';

/** What SMS cost, as the file says; a province puts the prices of its contract there. */
export const shippedTariff = (): Tariff =>
  parseTariff(JSON.parse(readFileSync(join(projectRoot(), 'data', 'campaign', 'sms.json'), 'utf8')));
