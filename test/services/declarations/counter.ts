/** Where people declare, for tests: the services of declarations over the database and the duty staff of an office. */

import type { Level, Reason } from '../../../src/domain/declaration.ts';
import type { Json } from '../../../src/domain/json.ts';
import { assess } from '../../../src/domain/risk/assess.ts';
import { planAlert } from '../../../src/services/alerts/plan.ts';
import { planWithdrawn } from '../../../src/services/alerts/withdrawn.ts';
import { declarationServices } from '../../../src/services/declarations/index.ts';
import { areaOf, type Case, declaredOf } from '../../domain/risk/facts.ts';
import type { Office, Phone } from '../alerts/office.ts';

/** What the person is told, as far as tests look at it. */
export interface Answer {
  readonly code: string;
  readonly level: Level;
  readonly reasons: readonly Reason[];
  readonly staff: string;
}

export class Counter {
  readonly #office: Office;
  readonly #services;

  constructor(office: Office) {
    this.#office = office;
    const { parts, store } = office;
    this.#services = declarationServices({
      ...parts,
      sealer: store.sealer,
      models: store.database.models,
      assess: (declared, today) => assess(parts.rules(), [], { declared, today, areaOf }),
      alert: planAlert(parts),
      withdrawn: planWithdrawn(parts),
      hotline: '0213 3876 115',
    });
  }

  async call<T = Answer>(phone: Phone, name: string, args: unknown = {}): Promise<T> {
    return (await this.#office.run(this.#services, phone, name, args as Json)) as T;
  }

  /** Declares for oneself; returns the declaration's id with the answer. */
  async declare(phone: Phone, given: Case = {}): Promise<Answer & { readonly id: string }> {
    const args = { whom: 'me', declared: declaredOf(given), consent: '2026-11' };
    const answer = await this.call(phone, 'submitDeclaration', args);
    return { ...answer, id: String(phone.memory.lastDeclared) };
  }

  correct(phone: Phone, id: string, given: Case = {}): Promise<Answer> {
    return this.call(phone, 'correctDeclaration', { id, declared: declaredOf(given) });
  }
}
