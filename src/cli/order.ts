import { Command } from 'commander';
import { plainDay } from '../domain/operatorOrder.ts';
import { listOrders } from '../services/operatorOrders/orders.ts';
import { type OrderGiven, orderDefaults } from './newOrder.ts';
import { orderApprove, orderImport, orderNew, orderParts, theOrder } from './orderActions.ts';
import { orderSheets } from './orderSheets.ts';
import { shownOrder } from './orderShow.ts';
import type { CliParts, RunWith } from './parts.ts';
import { table } from './table.ts';

const orderList = async (parts: CliParts): Promise<string> => {
  const all = await listOrders(orderParts(parts));
  if (all.length === 0) return 'No order was placed yet.';
  const rows = all.map(({ _id, state, sender, days, operators, figures }) => [
    _id,
    state,
    sender,
    plainDay(days[0] ?? ''),
    String(days.length),
    operators.join(', '),
    String(figures.length),
  ]);
  return table(['order', 'state', 'sender', 'from', 'days', 'operators', 'figures'], rows);
};

const orderShow = async (parts: CliParts, id: string): Promise<string> => {
  const own = orderParts(parts);
  return shownOrder(await theOrder(id, own), parts, own.book);
};

const addNew = (order: Command, run: RunWith): void => {
  order
    .command('new')
    .description('ask operators to send a text to every subscriber; a second person approves')
    .requiredOption('--text <text>', 'what is sent, without marks unless --accented')
    .requiredOption('--sender <name>', 'the sender name, 11 characters at most')
    .requiredOption('--area <area...>', 'the province or communes')
    .requiredOption('--by <staff>', 'who orders: the id of a leader or administrator')
    .option('--first <day>', 'the first day, tomorrow without it')
    .option('--days <number>', 'how many days in a row', orderDefaults.days)
    .option('--hours <hours>', 'between which hours', orderDefaults.hours)
    .option('--operators <ids>', 'viettel,vinaphone…; all without it')
    .option('--accented', 'with its marks, at up to twice the segments')
    .action((given: Omit<OrderGiven, 'first'> & { first?: string; by: string }) =>
      run((parts) => orderNew(parts, { ...given, first: given.first ?? orderDefaults.first(parts.now) })),
    );
};

const addApprove = (order: Command, run: RunWith): void => {
  order
    .command('approve <order>')
    .description('the second person says yes')
    .requiredOption('--by <staff>', 'who approves: a leader or administrator who did not order')
    .option('--letter <number>', 'number of the official letter, from the registry')
    .action((id: string, given: { by: string; letter?: string }) =>
      run((parts) => orderApprove(parts, id, given)),
    );
};

const addFiles = (order: Command, run: RunWith): void => {
  order
    .command('sheet <order>')
    .description('write the letter to each operator (DOCX)')
    .option('--operator <id>', 'only to one')
    .option('--out <folder>', 'where to', '.')
    .action((id: string, given: { out: string; operator?: string }) =>
      run((parts) => orderSheets(parts, id, given)),
    );
  order
    .command('import <order> <file>')
    .description('bring in the daily figures of operators (CSV or Excel)')
    .requiredOption('--by <staff>', 'who brings them in: a leader or administrator of the province')
    .option('--operator <id>', 'whose they are, when the file does not say')
    .option('--rejected <file>', 'write all rows that were not taken to a new file, with their reasons')
    .action((id: string, file: string, given: { by: string; operator?: string; rejected?: string }) =>
      run((parts) => orderImport(parts, id, file, given)),
    );
};

/** `khaibao order new|approve|sheet|import|show|list` */
export const orderCommand = (run: RunWith): Command => {
  const order = new Command('order').description('texts that operators send to all subscribers of an area');
  addNew(order, run);
  addApprove(order, run);
  addFiles(order, run);
  order
    .command('show <order>')
    .description('the order, its figures, and what does not fit')
    .action((id: string) => run((parts) => orderShow(parts, id)));
  order
    .command('list')
    .description('orders, the newest first')
    .action(() => run(orderList));
  return order;
};
