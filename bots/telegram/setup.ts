import type { Renderer } from '../../src/dialogue/render.ts';
import { LANGS, type Lang } from '../../src/domain/lang.ts';
import type { Api } from './api.ts';

/** A conversation somebody may begin by its command. */
export interface FlowCommand {
  readonly command: string;
  /** Key of what the menu says beside it. */
  readonly title: string;
}

/** What the engine understands everywhere, in both languages' own words. */
const ALWAYS: Readonly<Record<Lang, readonly FlowCommand[]>> = {
  vi: [
    { command: 'menu', title: 'engine.menu' },
    { command: 'trogiup', title: 'engine.help' },
    { command: 'ngonngu', title: 'engine.language' },
    { command: 'huy', title: 'telegram.cancel' },
  ],
  en: [
    { command: 'menu', title: 'engine.menu' },
    { command: 'help', title: 'engine.help' },
    { command: 'language', title: 'engine.language' },
    { command: 'cancel', title: 'telegram.cancel' },
  ],
};

/** Vietnamese is what every phone sees that speaks no English. */
const forLang = (lang: Lang): { language_code?: 'en' } => (lang === 'en' ? { language_code: 'en' } : {});

/** The commands menu and what stands on the page of the bot, in both languages. */
export const setUp = async (
  api: Api,
  renderer: Renderer,
  flows: readonly FlowCommand[],
  signal: AbortSignal,
): Promise<void> => {
  for (const lang of LANGS) {
    const words = (key: string): string => renderer.line(lang, { key });
    const commands = [...flows, ...ALWAYS[lang]].map(({ command, title }) => ({
      command,
      description: words(title),
    }));
    const where = forLang(lang);
    await api.call('setMyCommands', { commands, ...where }, { signal });
    await api.call('setMyDescription', { description: words('telegram.description'), ...where }, { signal });
    const about = { short_description: words('telegram.about'), ...where };
    await api.call('setMyShortDescription', about, { signal });
  }
};
