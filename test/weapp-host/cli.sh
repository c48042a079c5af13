#!/bin/sh
# Drop-in for the cli of WeChat DevTools: `automator.launch({ cliPath: 'test/weapp-host/cli.sh', projectPath: '.' })`.
cd "$(dirname "$0")/../.." || exit 1
exec node --import tsx test/weapp-host/cli.ts "$@"
