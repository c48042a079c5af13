import { z } from 'zod';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { findCorp } from '../../store/corps';
import { findPublicRecord, findRecord, insertRecords, listRecords, updateRecord } from '../../store/records';
import type { RecordsTable } from '../../store/schema';
import { RecordCreate, RecordLabel, RecordList, RecordUpdate, RecordView } from '../contract/records';
import { ensureAllowed, requireAllowed } from '../gate/require-allowed';
import { bodyOf, parseBody } from '../middleware/parse';
import { requireSameOrigin } from '../middleware/same-origin';
import { getMember, getSession, requireSession } from '../middleware/session';
import { answers } from '../openapi/route-note';
import { presentRecord, presentRecordItem, presentRecordLabel } from '../present/record';
import type { AppContext, Router } from '../router';

const ID_LENGTH = 22;

/** The sample feature behind the gate: inspection records (点检记录), each corp its own. */
export function mountRecords(router: Router, deps: Deps): void {
  const allowed = requireAllowed(deps, 'base');
  const sameOrigin = requireSameOrigin(deps.config);
  const lost = { errors: ['request.not_found'] } as const;

  router.get('/api/records', answers('The corp’s newest records', RecordList), allowed, (ctx) => sendList(deps, ctx));
  router.post(
    '/api/records',
    answers('Add a record', RecordView, { status: 201 }),
    allowed,
    sameOrigin,
    parseBody(RecordCreate),
    (ctx) => create(deps, ctx),
  );
  router.get(
    '/api/records/:id',
    answers('One record; its public label for a visitor without a corp', z.union([RecordView, RecordLabel]), {
      errors: ['request.not_found', 'access.blocked', 'access.activating'],
    }),
    requireSession,
    (ctx) => sendOne(deps, ctx),
  );
  router.get(
    '/api/labels/:id',
    answers('The public label of a record, for whoever reads its code; nobody has to log in', RecordLabel, lost),
    (ctx) => sendLabel(deps, ctx),
  );
  router.post(
    '/api/records/:id',
    answers('Write down a check', RecordView, lost),
    allowed,
    sameOrigin,
    parseBody(RecordUpdate),
    (ctx) => update(deps, ctx),
  );
}

async function sendList(deps: Deps, ctx: AppContext): Promise<void> {
  const records = await listRecords(deps.store.db, getMember(ctx).corpId);
  send(ctx, { items: records.map((record) => presentRecordItem(record, deps.config)) } satisfies RecordList);
}

async function sendOne(deps: Deps, ctx: AppContext): Promise<void> {
  if (getSession(ctx).kind === 'outsider') return sendLabel(deps, ctx);
  await ensureAllowed(deps, ctx, 'base');
  send(ctx, await presentOwn(deps, await getOwn(deps, ctx)));
}

/** What is on the thing itself. A record without a public label is as unknown as one that does not exist. */
async function sendLabel(deps: Deps, ctx: AppContext): Promise<void> {
  const record = await findPublicRecord(deps.store.db, ctx.params.id ?? '');
  if (record === null) throw new AppError('request.not_found');
  send(ctx, presentRecordLabel(record, deps.config));
}

async function create(deps: Deps, ctx: AppContext): Promise<void> {
  const { corpId, userId } = getMember(ctx);
  const nowMs = deps.clock.now();
  const record: RecordsTable = {
    ...bodyOf(ctx, RecordCreate),
    id: deps.ids.token(ID_LENGTH),
    corp_id: corpId,
    checked_at_ms: nowMs,
    created_by: userId,
    public_label: 0,
    created_at_ms: nowMs,
  };
  await insertRecords(deps.store.db, [record]);
  ctx.status = 201;
  send(ctx, await presentOwn(deps, record));
}

async function update(deps: Deps, ctx: AppContext): Promise<void> {
  const { corpId } = getMember(ctx);
  const change = { ...bodyOf(ctx, RecordUpdate), checked_at_ms: deps.clock.now() };
  const changed = await updateRecord(deps.store.db, corpId, ctx.params.id ?? '', change);
  if (!changed) throw new AppError('request.not_found');
  send(ctx, await presentOwn(deps, await getOwn(deps, ctx)));
}

/** Another corp's record is as unknown as one that does not exist. */
async function getOwn(deps: Deps, ctx: AppContext): Promise<RecordsTable> {
  const record = await findRecord(deps.store.db, getMember(ctx).corpId, ctx.params.id ?? '');
  if (record === null) throw new AppError('request.not_found');
  return record;
}

async function presentOwn(deps: Deps, record: RecordsTable): Promise<RecordView> {
  const corp = await findCorp(deps.store.db, record.corp_id);
  return presentRecord(record, corp?.kind ?? 'third_party', deps.config);
}

function send(ctx: AppContext, body: RecordView | RecordLabel | RecordList): void {
  ctx.set('Cache-Control', 'private, no-store');
  ctx.body = body;
}
