import { readUploadOrder } from '../../scripts/build/upload-order';

const COMPLETE = {
  MINIPROGRAM_APP_ID: 'wx0123456789abcdef',
  MINIPROGRAM_KEY_FILE: 'package.json',
  SERVER_ORIGIN: 'https://gate.example',
};

test('an upload begins only with everything it needs', () => {
  expect(readUploadOrder(COMPLETE)).toEqual({
    appId: 'wx0123456789abcdef',
    keyFile: 'package.json',
    description: '',
    robot: '1',
  });
});

test('without it, everything that is missing is said at once', () => {
  expect(() => readUploadOrder({})).toThrow(/MINIPROGRAM_APP_ID[\s\S]*MINIPROGRAM_KEY_FILE[\s\S]*SERVER_ORIGIN/);
});

test.each([
  ['MINIPROGRAM_APP_ID', 'touristappid'],
  ['MINIPROGRAM_KEY_FILE', 'no/such/key'],
  ['SERVER_ORIGIN', 'http://127.0.0.1:8100'],
  ['SERVER_ORIGIN', 'https://gate.example/path'],
])('%s = %s is refused, and nothing else is complained of', (name, value) => {
  const refused = () => readUploadOrder({ ...COMPLETE, [name]: value });
  expect(refused).toThrow(new RegExp(`Set first:\\n  ${name}: [^\\n]*$`));
});
