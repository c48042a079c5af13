import type { Element as Node } from 'glass-easel';
import { compileTemplates, type Templates } from './compile-templates';
import { createDevice, type Device } from './device';
import { openDocument } from './document';
import { thrownOf, type FaultLog } from './faults';
import { createHandles, type Handles } from './handles';
import { startMiniApp, type Launch, type MiniApp } from './mini-app';
import { openPackage, type PackageFiles } from './package-files';
import { callPage } from './page-stack';

type Emit = (method: string, params: object) => void;

/** A phone with one mini-program on it. */
export type Host = {
  readonly files: PackageFiles;
  readonly templates: Templates;
  readonly device: Device;
  readonly document: Document;
  readonly handles: Handles;
  readonly app: () => MiniApp;
  /** A cold start, as a person's tap on an entry begins one. */
  readonly launch: (launch?: Partial<Launch>) => void;
  /** A tap on a button that forwards. */
  readonly share: (button: Node) => void;
  readonly emit: Emit;
  readonly listen: (emit: Emit) => void;
  readonly enableLog: () => void;
  readonly close: () => void;
};

/** 1001: the list of mini-programs one used last; what a start without an entry is. */
const PLAIN_SCENE = 1001;

/** Loads a project, compiles it, and starts it once. @throws Error for what DevTools would refuse to compile or run. */
export function createHost(projectFolder: string, close: () => void): Host {
  const files = openPackage(projectFolder);
  const templates = compileTemplates(files);
  const device = createDevice();
  const document = openDocument();
  const handles = createHandles();
  let running: MiniApp | null = null;
  let emit: Emit = () => undefined;
  let logs = false;

  const report: FaultLog['report'] = (event) => {
    if ('thrown' in event) emit('App.exceptionThrown', event.thrown);
    else if (logs) emit('App.logAdded', event.said);
  };
  const app = (): MiniApp => {
    if (running === null) throw new Error('the mini-program is not running');
    return running;
  };
  const launch: Host['launch'] = ({ path = files.pages[0] ?? '', query = {}, scene = PLAIN_SCENE } = {}) => {
    running?.end();
    running = null;
    running = startMiniApp({ files, templates, device, document, launch: { path, query, scene }, report });
  };
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (reason: unknown) => report({ thrown: thrownOf(reason) }));
  }
  return {
    files,
    templates,
    device,
    document,
    handles,
    app,
    launch,
    share: (button) => {
      const { id, dataset } = button;
      void callPage(app().top(), 'onShareAppMessage', { from: 'button', target: { id, dataset } });
    },
    emit: (method, params) => emit(method, params),
    listen: (next) => void (emit = next),
    enableLog: () => void (logs = true),
    close,
  };
}
