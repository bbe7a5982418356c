/** Lists and figures that come in as files: why a row, or the whole file, is not taken. */
export const lists = {
  'list.notATable': 'This file is no table. Please save it as .xlsx or .csv and send it again.',
  'list.broken': 'The file is damaged or not complete. Please save it as .xlsx and send it again.',
  'list.locked': 'The file has a password. Please take it off and send it again.',
  'list.oldExcel':
    'An old Excel file (.xls) or one with a password. Please save it as .xlsx without one and send it again.',
  'list.tooLarge': 'The file is too large. Please send it in several parts.',
  'list.tooManyRows':
    'The list has more than 600,000 rows, more than the province has people. Please check the file.',
  'list.reason.empty': 'The cell of the phone number is empty.',
  'list.reason.formula': 'The cell is a formula without a result, or with an error.',
  'list.reason.rounded':
    'The spreadsheet rounded the number, its last digits are lost. Please format the column as text.',
  'list.reason.several': 'Several numbers in one cell. Please write each in a row of its own.',
  'list.reason.landline': 'A landline: it takes no messages.',
  'list.reason.hotline': 'A service number: it takes no messages.',
  'list.reason.foreign': 'A foreign number.',
  'list.reason.tooShort': 'The number has too few digits.',
  'list.reason.tooLong': 'The number has too many digits.',
  'list.reason.notAPhone': 'No mobile phone number.',
  'list.reason.twice': 'The same number as in row {row}.',
  'list.reason.twiceElsewhere': 'The same number as in row {row} of sheet {sheet}.',
  'list.reason.hidden': 'The row or its sheet is hidden. To send to it, please show it.',
  'list.reason.noColumn': 'No column with phone numbers was found.',
  'list.reason.before': 'This number was taken before.',
  'list.tooLargeHere':
    'The list is too large: 4 MB and 50,000 rows at most here. Please ask whoever looks after the server to type: khaibao campaign new --text <text> --to list --list <file> --by <id>',
  'list.gone': 'The list sent before is gone. Please begin anew.',
  'list.taken': 'Taken: {accepted}. Not taken: {rejected}.',
  'list.row': 'Row {row}: {why}',
  'list.row.sheet': '{sheet}, row {row}: {why}',
  'list.row.said': '"{said}": {why}',
  'list.file': 'File of the rows not taken: {name}',
  'list.file.elsewhere':
    'This channel takes no file. For a file of the rows not taken, please send the list by Telegram.',
  'list.cell.sheet': 'sheet',
  'list.cell.row': 'row',
  'list.cell.said': 'typed',
  'list.cell.reason': 'reason',
} as const;
