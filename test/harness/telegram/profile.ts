import { badRequest } from './refusal.ts';

export interface Command {
  readonly command: string;
  readonly description: string;
}

/** Bot API: BotCommand, setMyCommands, setMyDescription, setMyShortDescription. */
const MOST_COMMANDS = 100;
const LONGEST_COMMAND_DESCRIPTION = 256;
const LONGEST = { description: 512, short_description: 120 };
export type About = keyof typeof LONGEST;

const checkCommand = (given: unknown): Command => {
  const { command, description } = (given ?? {}) as Partial<Command>;
  if (typeof command !== 'string' || typeof description !== 'string')
    throw badRequest("can't parse BotCommand: command and description are needed");
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description === '' || description.length > LONGEST_COMMAND_DESCRIPTION)
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command, description };
};

/** Two letters of ISO 639-1, or nothing for everybody else. */
const checkLanguage = (language: string): string => {
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return language;
};

/** What people see of the bot before they write to it, by language. */
export const createProfile = () => {
  const commands = new Map<string, readonly Command[]>();
  const about = new Map<string, string>();
  const key = (what: string, language: string): string => `${what} ${checkLanguage(language)}`;
  return {
    setCommands: (scope: string, language: string, given: readonly unknown[]): void => {
      if (given.length > MOST_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
      commands.set(key(scope, language), given.map(checkCommand));
    },
    commands: (scope: string, language: string): readonly Command[] =>
      commands.get(key(scope, language)) ?? [],
    setAbout: (what: About, language: string, text: string): void => {
      // The words of this refusal are ours; Telegram's are not published.
      if (text.length > LONGEST[what]) throw badRequest(`${what} is too long`);
      about.set(key(what, language), text);
    },
    about: (what: About, language: string): string | undefined => about.get(key(what, language)),
  };
};

export type Profile = ReturnType<typeof createProfile>;
