import { licenceWorkEnds } from '../../server/licences/process-memory';
import { logIn } from '../support/api-client';
import { startWorld, type SandboxCorp, type World } from '../support/world';
import { waitFor } from '../support/wait-for';
import type { VerdictView } from '../../server/http/contract/verdict';
import type { Entry } from '../../domain/facts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await licenceWorkEnds(world.deps);
  await world.close();
});

const MEMBER = 0;
const OTHER = 2;

/** A corp whose trial has passed. */
async function afterTrial(): Promise<SandboxCorp> {
  const corp = await world.corp({ members: ['成员一', '成员二', '成员三'] });
  await world.order('clock', { advance: '91d' });
  return corp;
}

async function buy(corp: SandboxCorp, counts: { base?: number; externalContact?: number; months?: number }, pay = {}) {
  const { orderId } = await world.order<{ orderId: string }>('orders', { corpId: corp.corpId, months: 12, ...counts });
  await world.order(`orders/${orderId}/pay`, pay);
  await world.settled();
}

const userAt = (corp: SandboxCorp, index: number) => corp.members[index]?.userId ?? '';

/** What a visit of a member shows; each is a new login, because clock jumps outlive sessions. */
async function verdictOf(corp: SandboxCorp, index = MEMBER, entry: Entry = 'qr', capability = 'base') {
  const client = await logIn(world, { corpId: corp.corpId, userId: userAt(corp, index), entry });
  return (await client.get(`/api/verdict?capability=${capability}`)).json<VerdictView>();
}

const seat = (corp: SandboxCorp, index: number, type = 1) =>
  world.order('seats', { corpId: corp.corpId, userId: userAt(corp, index), type });

describe('reached in the sandbox by doing what leads there', () => {
  test('trial, trial_ending, trial_over by time alone', async () => {
    const corp = await world.corp();
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'allow', reason: 'trial', daysLeft: 90 });
    await world.order('clock', { advance: '83d' });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'warn', reason: 'trial_ending', daysLeft: 7 });
    await world.order('clock', { advance: '7d' });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'block', reason: 'trial_over' });
  });

  test('checking_off while WeCom does not check', async () => {
    const corp = await afterTrial();
    await world.order('checking', { corpId: corp.corpId, status: 0 });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'allow', reason: 'checking_off' });
  });

  test('a purchase, then a scanned code: the server activates and the seat is there', async () => {
    const corp = await afterTrial();
    expect((await verdictOf(corp)).reason).toBe('trial_over');
    await buy(corp, { base: 1 });
    await world.order('auto-activation', { corpId: corp.corpId, on: true });
    // The payment's callback is handled after it was answered.
    await waitFor('the seat', async () => (await verdictOf(corp)).reason === 'seat_valid');
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'allow', daysLeft: 372 });
    expect(await verdictOf(corp, OTHER)).toMatchObject({ outcome: 'block', reason: 'no_free_seat' });
    await world.order('clock', { advance: '366d' });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'warn', reason: 'seat_expiring', daysLeft: 6 });
    await world.order('clock', { advance: '7d' });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'block', reason: 'seat_expired' });
  });

  test('from the workbench the visit waits, and goes on by itself', async () => {
    const corp = await afterTrial();
    await buy(corp, { base: 1 });
    await world.order('auto-activation', { corpId: corp.corpId, on: true });
    expect(await verdictOf(corp, MEMBER, 'workbench')).toMatchObject({ outcome: 'wait', reason: 'activating' });
    await waitFor('the seat', async () => (await verdictOf(corp, MEMBER, 'workbench')).reason === 'seat_valid');
  });

  test('activation_off with the switch off', async () => {
    const corp = await afterTrial();
    await buy(corp, { base: 1 });
    await world.order('auto-activation', { corpId: corp.corpId, on: false });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'block', reason: 'activation_off' });
  });

  test('activation_failed when WeCom refuses, and a retry that succeeds', async () => {
    const corp = await afterTrial();
    await buy(corp, { base: 1 });
    await world.order('auto-activation', { corpId: corp.corpId, on: true });
    const endpoint = '/cgi-bin/license/active_account_by_type';
    await world.order('faults', { endpoint, kind: 'errcode', errcode: 701081 });
    expect(await verdictOf(corp)).toMatchObject({
      reason: 'activation_failed',
      sentence: '企业微信暂时没有完成激活（名额正被其他操作使用）',
    });
    await world.order('faults', { clear: true });
    const client = await logIn(world, { corpId: corp.corpId, userId: userAt(corp, MEMBER) });
    expect((await client.post('/api/verdict/refresh')).json()).toMatchObject({ reason: 'seat_valid' });
  });

  test('codes_generating after payment, until the codes are there', async () => {
    const corp = await afterTrial();
    await buy(corp, { base: 1 }, { generateSeconds: 120 });
    await world.order('auto-activation', { corpId: corp.corpId, on: false });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'block', reason: 'codes_generating' });
    await world.order('clock', { advance: '3m' });
    expect((await verdictOf(corp)).reason).toBe('activation_off');
  });

  test('codes_lapsed when nobody activated in time', async () => {
    const corp = await afterTrial();
    await buy(corp, { base: 1 });
    await world.order('clock', { advance: '366d' });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'block', reason: 'codes_lapsed' });
  });

  test('seat_moved after a transfer', async () => {
    const corp = await afterTrial();
    await buy(corp, { base: 1 });
    await seat(corp, MEMBER);
    expect((await verdictOf(corp)).reason).toBe('seat_valid');
    await world.order('transfers', { corpId: corp.corpId, from: userAt(corp, MEMBER), to: userAt(corp, OTHER) });
    await world.order('clock', { advance: '6m' });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'block', reason: 'seat_moved' });
    expect((await verdictOf(corp, OTHER)).reason).toBe('seat_valid');
  });

  test('external_contact_needed with a base seat, lifted by a contact seat', async () => {
    const corp = await afterTrial();
    await buy(corp, { base: 1 });
    await seat(corp, MEMBER);
    expect((await verdictOf(corp, MEMBER, 'qr', 'external_contact')).reason).toBe('external_contact_needed');
    await buy(corp, { externalContact: 1 });
    await seat(corp, MEMBER, 2);
    await world.order('clock', { advance: '1m' });
    expect((await verdictOf(corp, MEMBER, 'qr', 'external_contact')).reason).toBe('seat_valid');
  });

  test('out_of_range when hidden, and back when shown', async () => {
    const corp = await world.corp();
    const act = async (action: string) => {
      await world.order('members', { corpId: corp.corpId, userId: userAt(corp, MEMBER), action });
      await world.settled();
    };
    expect((await verdictOf(corp)).reason).toBe('trial');
    await act('hide');
    await waitFor('the refusal', async () => (await verdictOf(corp)).reason === 'out_of_range');
    await act('show');
    await waitFor('the way back in', async () => (await verdictOf(corp)).reason === 'trial');
  });

  test('app_not_installed after removal, and the trial goes on after a new installation', async () => {
    const corp = await world.corp();
    expect((await verdictOf(corp)).reason).toBe('trial');
    await world.order('uninstall', { corpId: corp.corpId });
    await waitFor('the removal', async () => (await verdictOf(corp)).reason === 'app_not_installed');
    await world.order('install', { corpId: corp.corpId });
    await waitFor('the installation', async () => (await verdictOf(corp)).reason === 'trial');
  });

  test('stale_facts and facts_unavailable when WeCom is down', async () => {
    const corp = await world.corp({ members: ['成员一', '成员二', '成员三'] });
    expect((await verdictOf(corp)).reason).toBe('trial');
    await world.order('faults', { endpoint: '*', kind: 'down' });
    await world.order('clock', { advance: '6m' });
    expect(await verdictOf(corp)).toMatchObject({ outcome: 'warn', reason: 'stale_facts' });
    expect(await verdictOf(corp, OTHER)).toMatchObject({ outcome: 'block', reason: 'facts_unavailable' });
    await world.order('faults', { clear: true });
    await world.order('clock', { advance: '10s' });
    expect((await verdictOf(corp, OTHER)).reason).toBe('trial');
  });

  test('while WeCom hangs for an hour every visit is answered, and afterwards all is as before', async () => {
    const corp = await world.corp();
    expect((await verdictOf(corp)).reason).toBe('trial');
    await world.order('faults', { endpoint: '*', kind: 'timeout' });
    for (let minutes = 0; minutes < 60; minutes += 20) {
      await world.order('clock', { advance: '20m' });
      expect(await verdictOf(corp)).toMatchObject({ outcome: 'warn', reason: 'stale_facts' });
    }
    await world.order('faults', { clear: true });
    await world.order('clock', { advance: '10s' });
    await waitFor('the verdict', async () => (await verdictOf(corp)).reason === 'trial');
  });

  test('a leaver’s seat that WeCom freed in the night goes to the next who opens the workbench', async () => {
    const corp = await afterTrial();
    await buy(corp, { base: 1 });
    await world.order('auto-activation', { corpId: corp.corpId, on: true });
    await seat(corp, OTHER);
    // No callback tells of an activation in the provider's console: the codes just read stay fresh for a moment.
    await world.order('clock', { advance: '11s' });
    expect((await verdictOf(corp, MEMBER, 'workbench')).reason).toBe('no_free_seat');
    await world.order('members', { corpId: corp.corpId, userId: userAt(corp, OTHER), action: 'leave' });
    await world.settled();
    await waitFor(
      'the forecast',
      async () => (await verdictOf(corp, MEMBER, 'workbench')).next?.reason === 'activating',
    );
    await world.order('clock', { advance: '30h' });
    const visit = await world.phone({ corpId: corp.corpId, userId: userAt(corp, MEMBER) });
    await visit.open(await visit.addressOf('workbench'));
    await waitFor('the seat', async () => (await verdictOf(corp, MEMBER, 'workbench')).reason === 'seat_valid');
  });

  test('a refund takes the seats away', async () => {
    const corp = await afterTrial();
    const { orderId } = await world.order<{ orderId: string }>('orders', { corpId: corp.corpId, base: 1, months: 12 });
    await world.order(`orders/${orderId}/pay`, {});
    await world.settled();
    await seat(corp, MEMBER);
    expect((await verdictOf(corp)).reason).toBe('seat_valid');
    await world.order(`orders/${orderId}/refund`, {});
    await world.settled();
    await waitFor('the refusal', async () => (await verdictOf(corp)).outcome === 'block');
    expect((await verdictOf(corp, OTHER)).sentence).toContain('企业目前没有使用名额');
  });
});
