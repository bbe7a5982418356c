import type { TestApp } from '../../harness/app.ts';
import { terminalPhone } from '../../harness/wires.ts';
import { type Contract, REPORT_FILE, type Recorded } from '../contract.ts';

const body = { deliveryId: 'delivery-1', session: 'contract', text: 'khai báo' };

const record = async (app: TestApp): Promise<Recorded> => {
  const headers = { authorization: `Bearer ${app.token}` };
  const refused = (title: string, authorization?: string) => ({
    title,
    request: { headers: authorization === undefined ? {} : { authorization }, body },
    status: 401 as const,
  });
  const broken = (title: string, wrong: unknown) => ({
    title,
    request: { headers, body: wrong },
    status: 400 as const,
  });
  return {
    path: '/terminal',
    good: [
      { title: 'a line', request: { headers, body }, event: { type: 'text', text: 'khai báo' } },
      {
        title: 'a command',
        request: { headers, body: { ...body, text: '/start' } },
        event: { type: 'text', text: '/start' },
      },
    ],
    bad: [
      refused('no token'),
      refused('a wrong token', 'Bearer wrong'),
      refused('a truncated token', `Bearer ${app.token.slice(0, -1)}`),
      refused('a token of another kind', `Basic ${app.token}`),
      broken('no text', { ...body, text: '' }),
      broken('an operator for a text', { ...body, text: { $ne: '' } }),
      broken('a path for a session', { ...body, session: '../../etc' }),
      broken('a field too many', { ...body, admin: true }),
      broken('no object', 'khai báo'),
    ],
    phone: terminalPhone(app, 'contract'),
    // Whoever posts is a client of ours, and whatever is sent lies in a mailbox: nothing is unknown, nobody refuses.
    unknown: [],
    letsIn: [],
    faults: [],
    carried: [`khaibao report --day 2026-11-26 --area 12 --out ${REPORT_FILE}`],
    secrets: [app.token, 'contract'],
  };
};

export const contract: Contract = async () => ({
  env: {},
  phone: async (app, name) => terminalPhone(app, `contract-${name}`),
  record,
  end: async () => undefined,
});
