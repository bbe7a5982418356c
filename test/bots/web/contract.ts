import type { TestApp } from '../../harness/app.ts';
import { openWebPhone, webPhone } from '../../harness/wires.ts';
import { type Contract, REPORT_FILE, type Recorded } from '../contract.ts';

const deliveryId = 'delivery-0123456789';
const text = { type: 'text', text: 'khai báo' } as const;

const record = async (app: TestApp): Promise<Recorded> => {
  const { phone, cookie } = await openWebPhone(app);
  const headers = { cookie };
  const body = { deliveryId, event: text };
  const refused = (title: string, other: Record<string, string>, status: 401 | 403) => ({
    title,
    request: { headers: other, body },
    status,
  });
  const broken = (title: string, wrong: unknown) => ({
    title,
    request: { headers, body: wrong },
    status: 400 as const,
  });
  const press = { type: 'choice', ids: ['yes'], turn: 3 } as const;
  return {
    path: '/chat',
    good: [
      { title: 'a text', request: { headers, body }, event: text },
      { title: 'a press', request: { headers, body: { deliveryId, event: press } }, event: press },
      {
        title: 'a form',
        request: { headers, body: { deliveryId, text: 'khai báo' } },
        event: text,
      },
      {
        title: 'a position',
        request: { headers, body: { deliveryId, event: { type: 'location', lat: 22.4, lon: 103.4 } } },
        event: { type: 'location', lat: 22.4, lon: 103.4 },
      },
    ],
    bad: [
      refused('no session', {}, 401),
      refused('a session nobody issued', { cookie: cookie.replace(/=.{6}/, '=AAAAAA') }, 401),
      refused('a truncated session', { cookie: cookie.slice(0, -2) }, 401),
      refused('a post from a foreign page', { cookie, 'sec-fetch-site': 'cross-site' }, 403),
      broken('no delivery id', { event: text }),
      broken('an operator for a text', { deliveryId, event: { type: 'text', text: { $gt: '' } } }),
      broken('a field too many', { ...body, admin: true }),
      broken('no object', 'khai báo'),
    ],
    phone,
    // Whoever posts is a client of ours, and whatever is sent lies in a mailbox: nothing is unknown, nobody refuses.
    unknown: [],
    letsIn: [],
    faults: [],
    carried: [`Tệp Excel: ${REPORT_FILE}`],
    secrets: [cookie.split('=')[1] ?? ''],
  };
};

export const contract: Contract = async () => ({
  env: {},
  phone: async (app) => webPhone(app),
  record,
  end: async () => undefined,
});
