/** Words to the person at the terminal. The only place of the hub that writes to standard output. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/* Whoever reads no further (`| head`) has seen enough. */
if (process.stdout.listenerCount('error') === 0)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });

/** To standard error, for what went wrong. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
