/** Orders to operators and the figures that come back: what is wrong with them, for those who run campaigns. */
export const orders = {
  'order.text.empty': 'There is no text to send.',
  'order.text.long':
    'The text takes {segments} segments, {most} at most. Please shorten it or write it without marks.',
  'order.sender.wrong':
    'The sender name {sender} is not allowed: 11 characters at most, unmarked letters, digits, space, point, dashes.',
  'order.area.none': 'No area is named.',
  'order.days.wrong': 'The days must follow one another, 1 to {most} of them.',
  'order.days.past': 'The first day, {day}, is over.',
  'order.hours.wrong': 'The hours must lie between {from} and {to}.',
  'order.operators.none': 'Every operator is named once, and at least one is.',
  'order.operators.strange': 'There is no operator {operators}. Known are: {known}.',
  'order.approve.unknown': 'There is no order {id}.',
  'order.approve.samePerson': 'Whoever ordered cannot approve. Please ask somebody else.',
  'order.approve.already': 'Order {id} has been approved.',
  'order.approve.past': 'The first day is over. Please place a new order.',
  'order.approve.needed': 'Order {id} has not been approved by a second person.',
  'order.role': 'Only leaders and administrators of the province order, approve and bring in figures.',
  'order.row.noHeading': 'This sheet has no heading with day, sent and delivered.',
  'order.row.operator': 'Which operator this is is not clear: {said}.',
  'order.row.notOrdered': 'This order was not placed with {operator}.',
  'order.row.day': 'Not a day: {said}.',
  'order.row.future': 'The day {day} has not come yet.',
  'order.row.count': 'Numbers must be whole and not negative.',
  'order.row.twice': 'The same operator, day and figures as in row {row}.',
  'order.row.differs': 'The same operator and day as in row {row} with other figures: neither is taken.',
  'order.row.total':
    'The row of totals says {said} sent, the rows above add up to {sum}; or other columns differ.',
  'order.figures.missing': '{operator} has not reported {day}.',
  'order.figures.sum':
    '{operator}, {day}: {sent} were sent, but delivered, failed and pending add up to {sum}.',
  'order.figures.outside': '{operator} reported {day}, which was not ordered.',
} as const;
