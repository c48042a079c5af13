import { useRouter } from '@tarojs/taro';
import { RecordPage } from '../../features/records/record-page';
import { Gate } from '../../gate/gate';

export default function Page() {
  const { id = '' } = useRouter().params;
  return (
    <Gate>
      <RecordPage id={decodeURIComponent(id)} />
    </Gate>
  );
}
