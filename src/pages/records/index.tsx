import { RecordsPage } from '../../features/records/records-page';
import { Gate } from '../../gate/gate';

export default function Page() {
  return (
    <Gate>
      <RecordsPage />
    </Gate>
  );
}
