import { z } from 'zod';
import { AppError } from '../errors';

/** What a call is asked to do, checked against WeCom's limits before anything is sent. Throws `request.invalid`. */
export function checkAsked<S extends z.ZodType>(schema: S, asked: z.input<S>): z.output<S> {
  const checked = schema.safeParse(asked);
  if (checked.success) return checked.data;
  const publicDetails = checked.error.issues.map(({ code, path }) => ({ path: path.join('.'), problem: code }));
  const logDetail = checked.error.issues.map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ');
  throw new AppError('request.invalid', { publicDetails, logDetail });
}

const Ids = z.record(z.string(), z.string().min(1));

/** Ids of which none may be empty: WeCom would answer for nobody, or for somebody else. Throws `request.invalid`. */
export function checkIds(ids: Readonly<Record<string, string>>): void {
  checkAsked(Ids, ids);
}
