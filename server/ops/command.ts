import type { Deps } from '../deps';

/** What a command found out: for people as lines, for programs as JSON. */
export type Report = {
  readonly lines: readonly string[];
  readonly json: unknown;
  /** The program's exit code. */
  readonly failed?: boolean;
};

export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** What a command works on. */
export type Errand = {
  readonly deps: Deps;
  readonly args: readonly string[];
  readonly options: Options;
};

export type Command = {
  readonly name: string;
  /** Arguments and options, as usage shows them. */
  readonly takes: string;
  readonly does: string;
  /** How many arguments it needs at least. */
  readonly needs: number;
  readonly run: (errand: Errand) => Promise<Report>;
};

/** The operator asked for something that cannot be done; said in one line, without a stack. */
export class OperatorError extends Error {}

export function stringOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
