import type { Config } from '../../config';
import { randomIds } from '../../ids';
import { text } from '../text';
import { fail, note, ok, warn, type Check } from './check';
import { sealQuestion } from './seal-question';

const WITHIN_MS = 5000;

export const publicUrl: Check = {
  id: 'public-url',
  title: text('对外地址', 'Public address'),
  tried: ({ config }) => `GET ${config.publicUrl}/healthz`,
  cure: text(
    '服务在运行吗？域名解析、证书、反向代理是否指向 PORT？',
    'Is the server running? Do DNS, the certificate and the reverse proxy lead to PORT?',
  ),
  run: async ({ config: { production, publicUrl: url } }) => {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(WITHIN_MS), redirect: 'manual' });
    const body = await response.text();
    if (response.status !== 200 || !body.includes('"status":"ok"'))
      return fail(
        text(`HTTP ${response.status}，不是本服务的回答`, `HTTP ${response.status}, not an answer of ours`),
        publicUrl.cure,
      );
    if (production && url.startsWith('http:'))
      return warn(
        text('可达，但不是 HTTPS', 'reachable, but not by HTTPS'),
        text('企业微信里的页面与回调要用 HTTPS。', 'Pages and callbacks inside WeCom need HTTPS.'),
      );
    return ok(text('可达', 'reachable'));
  },
};

type Channel = keyof Config['callbacks'];

/** One callback address answers the verification of WeCom's console, asked by us with the configured token and key. */
function callbackAddress(channel: Channel, title: ReturnType<typeof text>): Check {
  const check: Check = {
    id: `callback-${channel}`,
    title,
    tried: ({ config }) => `GET ${config.publicUrl}/wecom/${channel}?msg_signature=…&echostr=…`,
    needs: ['public-url'],
    cure: text(
      '运行中的服务与这里用的 Token / EncodingAESKey 是否相同？代理有没有改写查询串？',
      'Does the running server use the same token and EncodingAESKey as here? Does a proxy rewrite the query?',
    ),
    run: async ({ clock, config }) => {
      const echo = `doctor${randomIds.token(12)}`;
      const receiveId = channel === 'system' ? config.provider.corpId : config.suite.id;
      const query = sealQuestion(config.callbacks[channel], echo, receiveId, clock.now());
      const response = await fetch(`${config.publicUrl}/wecom/${channel}?${query}`, {
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      const body = await response.text();
      if (response.status === 200 && body === echo)
        return ok(text('验签、解密、回显都对', 'signature, key and echo are right'));
      return fail(text(`HTTP ${response.status}，没有回显`, `HTTP ${response.status} without the echo`), check.cure);
    },
  };
  return check;
}

export const callbackAddresses: readonly Check[] = [
  callbackAddress('command', text('指令回调', 'Command callback')),
  callbackAddress('data', text('数据回调', 'Data callback')),
  callbackAddress('system', text('系统事件', 'System callback')),
];

export const trustedDomain: Check = {
  id: 'trusted-domain',
  title: text('可信域名', 'Trusted domain'),
  tried: ({ config }) => new URL(config.publicUrl).host,
  cure: text('', ''),
  run: async ({ config }) => {
    const { host } = new URL(config.publicUrl);
    return note(
      text('只有后台看得到，请人工核对', 'only the console knows: compare by eye'),
      text(
        `服务商后台：网页授权可信域名、JS-SDK 可信域名、安装完成回调域名都填 ${host}；校验文件 WW_verify_*.txt 由反向代理在根路径给出。`,
        `In the provider console, trusted domains of OAuth and JS-SDK and the install callback domain are ${host}; the reverse proxy serves WW_verify_*.txt at the root.`,
      ),
    );
  },
};
