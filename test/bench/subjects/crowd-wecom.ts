import { createCrowdWecom } from '../scale/crowd-wecom';
import { listenAndTell } from './listen-and-tell';

/** The other side of HTTP for a reconciliation; tells its calls so far, by path, to whoever sends it a message. */
const { calls, server } = createCrowdWecom({ members: Number(process.env.BENCH_MEMBERS) }, Date.now());
process.on('message', () => process.send?.(calls));
listenAndTell(server);
