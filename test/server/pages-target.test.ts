import { publicTitle, type PageTarget } from '../../server/http/pages/page-target';
import type { RecordsTable } from '../../server/store/schema';

function buildTarget(public_label: number): PageTarget {
  const record: RecordsTable = {
    id: 'r1',
    corp_id: 'wpCorp',
    title: '2 号电梯',
    place: '大厅',
    status: 'ok',
    note: '',
    checked_at_ms: 0,
    created_by: null,
    public_label,
    created_at_ms: 0,
  };
  return { kind: 'found', record };
}

test('before the gate has opened only a label that is public anyway is named', () => {
  expect(publicTitle(buildTarget(1))).toBe('2 号电梯');
  expect(publicTitle(buildTarget(0))).toBeNull();
  expect(publicTitle({ kind: 'lost' })).toBeNull();
  expect(publicTitle({ kind: 'none' })).toBeNull();
});
