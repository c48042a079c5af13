import { LicencesPage } from '../../features/licences/licences-page';
import { Gate } from '../../gate/gate';

export default function Page() {
  return (
    <Gate>
      <LicencesPage />
    </Gate>
  );
}
