import './mini/mini.scss';
import '../gate/gate.scss';
