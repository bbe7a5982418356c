/** @param {string} path */
const built = (path) => import(new URL(`../../../../dist/${path}.js`, import.meta.url).href);

/**
 * What of the build a sender process is put together from.
 * @type {typeof import('../../../../bots/telegram/channel.ts')
 *   & typeof import('../../../../locales/index.ts')
 *   & typeof import('../../../../src/app/deliver.ts')
 *   & typeof import('../../../../src/app/firstTried.ts')
 *   & typeof import('../../../../src/app/reader.ts')
 *   & typeof import('../../../../src/delivery/budgets.ts')
 *   & typeof import('../../../../src/delivery/limits.ts')
 *   & typeof import('../../../../src/dialogue/render.ts')
 *   & typeof import('../../../../src/security/blind-index.ts')
 *   & typeof import('../../../../src/security/data-keys.ts')
 *   & typeof import('../../../../src/security/key-ring.ts')
 *   & typeof import('../../../../src/security/sealer.ts')
 *   & typeof import('../../../../src/services/alerts/desk.ts')
 *   & typeof import('../../../../src/services/risk/shipped.ts')
 *   & typeof import('../../../../jobs/campaigns.ts')
 *   & typeof import('../../../../jobs/codeReminders.ts')
 *   & typeof import('../../../../jobs/movementReminders.ts')
 *   & typeof import('../../../../src/services/staff/write.ts')
 *   & typeof import('../../../../src/services/ticks/run.ts')
 *   & typeof import('../../../../src/store/connect.ts')
 *   & typeof import('../../../../src/store/conversations.ts')
 *   & typeof import('../../../../src/store/crash-point.ts')
 *   & typeof import('../../../../src/store/keys.ts')}
 */
export const parts = Object.assign(
  {},
  ...(await Promise.all(
    [
      'bots/telegram/channel',
      'locales/index',
      'src/app/deliver',
      'src/app/firstTried',
      'src/app/reader',
      'src/delivery/budgets',
      'src/delivery/limits',
      'src/dialogue/render',
      'src/security/blind-index',
      'src/security/data-keys',
      'src/security/key-ring',
      'src/security/sealer',
      'src/services/alerts/desk',
      'src/services/risk/shipped',
      'jobs/campaigns',
      'jobs/codeReminders',
      'jobs/movementReminders',
      'src/services/staff/write',
      'src/services/ticks/run',
      'src/store/connect',
      'src/store/conversations',
      'src/store/crash-point',
      'src/store/keys',
    ].map(built),
  )),
);
