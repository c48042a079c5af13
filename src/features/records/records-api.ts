import type { RecordLabel, RecordList, RecordView } from '../../../server/http/contract/records';
import { callApi } from '../../api/client';
import { recordAddress } from '../../platform/record-address';
import { requestJson } from '../../platform/request';

/** A member gets the whole record, a visitor without a corp its public label. */
export type RecordAnswer = RecordView | RecordLabel;

// What a page opens with is read by the gate's own small client, so that the first page waits for no library; what a
// person then does goes through axios.
export const findRecords = (): Promise<RecordList> => requestJson('GET', '/api/records');

export const findRecord = (id: string): Promise<RecordAnswer> => callApi('GET', recordAddress(id));

type Update = { readonly status: RecordView['status']; readonly note: string };

export const updateRecord = (id: string, update: Update): Promise<RecordView> =>
  callApi('POST', `/api/records/${encodeURIComponent(id)}`, update);

type New = { readonly title: string; readonly place: string };

export const createRecord = (record: New): Promise<RecordView> => callApi('POST', '/api/records', record);
