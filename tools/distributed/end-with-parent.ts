// Loaded into each process of the set: when the script that started it is gone, however that came, nobody else would
// stop it.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
