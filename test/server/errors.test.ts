import { AppError, WecomError } from '../../server/errors';

test.each([
  [-1, 'wecom.busy', 503],
  [40014, 'wecom.token', 502],
  [40029, 'wecom.code_invalid', 401],
  [42022, 'wecom.code_invalid', 401],
  [40084, 'wecom.not_authorised', 403],
  [45009, 'wecom.rate_limited', 503],
  [60020, 'wecom.credentials', 502],
  [701088, 'wecom.out_of_range', 403],
  [701099, 'wecom.unlicensed', 403],
  [987654, 'wecom.refused', 502],
] as const)('errcode %d is %s', (errcode, code, status) => {
  expect(new WecomError(errcode, 'hint')).toMatchObject({ code, status, errcode, hint: 'hint' });
});

test('a fault keeps what the log needs apart from what the public may read', () => {
  const cause = new Error('disk full');
  const fault = new AppError('store.unavailable', { logDetail: 'row 7', cause, retryAfterMs: 5000 });
  expect(fault).toMatchObject({
    code: 'store.unavailable',
    status: 503,
    logDetail: 'row 7',
    retryAfterMs: 5000,
    cause,
  });
  expect(fault.publicDetails).toBeUndefined();
  expect(fault).toBeInstanceOf(Error);
});
