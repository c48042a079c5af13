import { en } from './en';
import { zhCN } from './zh-CN';

/** The languages the gate speaks; Chinese is the default. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every message there is, named by the Chinese catalogue. */
export type MessageId = keyof typeof zhCN;

/** The catalogues, in ICU message syntax. */
export const CATALOGUES: Readonly<Record<Language, Readonly<Record<MessageId, string>>>> = { 'zh-CN': zhCN, en };
