import { act, render } from '@testing-library/react';
import { MemberName } from '../../src/platform/member-name';

type Sdk = { initOpenData: () => Promise<unknown> } | null;
let sdk: Sdk = null;
jest.mock('../../src/platform/ww-register', () => ({ findSdk: () => Promise.resolve(sdk) }));

type Global = { WWOpenData?: { bind: jest.Mock; on: jest.Mock } };
let width = 0;

beforeEach(() => {
  width = 0;
  delete (window as Global).WWOpenData;
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockImplementation(() => width);
});

async function draw() {
  const drawn = render(<MemberName userId="woZhang" fallback="成员 7K2" />);
  await act(async () => {});
  return drawn.container;
}

test('outside WeCom a member is the neutral word, and the id is nowhere to read', async () => {
  sdk = null;
  expect((await draw()).textContent).toBe('成员 7K2');
});

test('where WeCom refuses names the neutral word stays', async () => {
  sdk = { initOpenData: () => Promise.reject(new Error('agentConfig:fail')) };
  expect((await draw()).textContent).toBe('成员 7K2');
});

test('a name that WeCom has drawn takes the neutral word’s place', async () => {
  const openData = { bind: jest.fn(), on: jest.fn() };
  sdk = { initOpenData: () => Promise.resolve(void Object.assign(window, { WWOpenData: openData })) };
  const container = await draw();
  const place = container.querySelector('ww-open-data');
  expect(openData.bind).toHaveBeenCalledWith(place);
  expect([place?.getAttribute('type'), place?.getAttribute('openid')]).toEqual(['userName', 'woZhang']);
  expect(container.textContent).toBe('成员 7K2');
  const [[event, told]] = openData.on.mock.calls as [[string, () => void]];
  act(told);
  expect([event, container.textContent]).toEqual(['update', '成员 7K2']);
  width = 48;
  act(told);
  expect(container.textContent).toBe('');
});
