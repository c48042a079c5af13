import '../gate/gate.scss';
