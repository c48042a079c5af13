import { runOperator } from './ops/run-operator';

/** The operator's command line: `npm run operator -- <command>`, or `node dist/server/operator.cjs <command>`. */
runOperator(process.argv.slice(2), process.env, process.stdout, process.stderr).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
