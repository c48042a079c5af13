import { setupI18n } from '@lingui/core';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { CATALOGUES, LANGUAGES, type Language, type MessageId } from '../domain/words/messages';

/** What a message is filled with; formatting (dates, ages) is done before. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** Speaks one language: a message id and its values in, words out. */
export type Say = (id: MessageId, values?: MessageValues) => string;

function createSay(language: Language): Say {
  const messages = Object.entries(CATALOGUES[language]).map(([id, text]) => [id, compileMessageOrThrow(text)]);
  const i18n = setupI18n({ locale: language, messages: { [language]: Object.fromEntries(messages) } });
  return (id, values) => i18n._(id, values);
}

/** Compiled once at load: a syntax mistake in a catalogue stops the start, not a page. */
const SPEAKERS = Object.fromEntries(LANGUAGES.map((language) => [language, createSay(language)])) as Readonly<
  Record<Language, Say>
>;

/** The words of a language. */
export function speak(language: Language): Say {
  return SPEAKERS[language];
}

/** Whether a text built at run time (`title.${reason}`) names a message. */
export function isMessageId(id: string): id is MessageId {
  return Object.hasOwn(CATALOGUES['zh-CN'], id);
}
