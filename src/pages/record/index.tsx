import { RecordPage } from '../../features/records/record-page';
import { Gate } from '../../gate/gate';
import { useRecordId } from '../../platform/record-id';

export default function Page() {
  const id = useRecordId();
  return (
    <Gate>
      <RecordPage id={id} />
    </Gate>
  );
}
