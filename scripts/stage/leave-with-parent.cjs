// Loaded before a program of the stage: when the one that started it is gone, however it went, this one ends too.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
