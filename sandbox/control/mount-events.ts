import { z } from 'zod';
import { commandMail, dataMail, systemMail, type CallbackMail } from '../callbacks/mail';
import type { XmlFields } from '../callbacks/xml';
import { toSeconds } from '../clock';
import { COMMAND_EVENTS } from '../events/command-events';
import { CHANGE_TYPES, findContactChange } from '../events/contact-changes';
import { DATA_EVENTS } from '../events/data-events';
import type { EventShape } from '../events/shape';
import { SYSTEM_EVENTS } from '../events/system-events';
import type { Router } from '../http/router';
import { findInstall, getSuite } from '../state/find';
import type { Corp, Suite } from '../state/types';
import type { World } from '../world';
import { ControlError, mountOrder, parseOrder, providerOf, requireCorp } from './request';

const EventBody = z.strictObject({
  corpId: z.string().min(1),
  /** InfoType or Event. */
  type: z.string().min(1),
  fields: z.record(z.string(), z.unknown()).default({}),
});

const SHAPES: Readonly<Record<string, EventShape>> = { ...COMMAND_EVENTS, ...SYSTEM_EVENTS, ...DATA_EVENTS };

/** Any event of WeCom's, said without anything having happened: to the app the corp is played with, or its provider. */
export function mountEvents(router: Router, world: World): void {
  mountOrder(router, 'events', EventBody, ({ corpId, type, fields }) => {
    const corp = requireCorp(world, corpId);
    const suite = getSuite(world, corp.suiteId);
    const shape = requireShape(suite, type, fields);
    const said = parseOrder(shape.said, fields);
    world.send(mailOf(world, corp, suite, type, shape, said));
  });
}

function requireShape(suite: Suite, type: string, fields: Readonly<Record<string, unknown>>): EventShape {
  if (type === 'change_contact') {
    const shape = findContactChange(suite.kind, fields.ChangeType);
    if (shape) return shape;
    throw new ControlError(400, `change_contact needs a ChangeType of ${CHANGE_TYPES.join(', ')}`);
  }
  const shape = Object.hasOwn(SHAPES, type) ? SHAPES[type] : undefined;
  if (shape) return shape;
  const known = ['change_contact', ...Object.keys(SHAPES)].sort().join(', ');
  throw new ControlError(400, `the shape of an event ${type} is not known; these are: ${known}`);
}

function mailOf(
  world: World,
  corp: Corp,
  suite: Suite,
  type: string,
  { channel, elements }: EventShape,
  said: Readonly<Record<string, unknown>>,
): CallbackMail {
  const install = findInstall(corp, suite.suiteId);
  const known = { ...knownOf(world, corp, suite, type, install?.agentId), ...said };
  const fields = Object.fromEntries(elements.map((name) => [name, known[name]])) as XmlFields;
  if (channel === 'command') return commandMail(suite, corp.corpId, type, fields);
  if (channel === 'system') return systemMail(providerOf(world, corp), corp.corpId, type, fields);
  if (!install) throw new ControlError(400, `${corp.corpId} does not have the app`);
  return dataMail(suite, corp, install, type, fields);
}

/** What follows from whom the event is about, whom it is for and when it is. */
function knownOf(
  world: World,
  { corpId }: Corp,
  suite: Suite,
  type: string,
  agentId: number | undefined,
): Record<string, unknown> {
  const now = toSeconds(world.clock.now());
  return {
    SuiteId: suite.suiteId,
    ServiceCorpId: suite.providerId,
    ...{ AuthCorpId: corpId, PaidCorpId: corpId, CorpId: corpId, ToUserName: corpId },
    ...{ InfoType: type, Event: type, MsgType: 'event', FromUserName: 'sys' },
    ...{ TimeStamp: now, CreateTime: now },
    ...{ AgentID: agentId, AgentId: agentId },
  };
}
