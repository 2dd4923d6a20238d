/** Settings for a machine of two cores that other work shares. Row values never reach the server's log. */
const ALWAYS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  'jit=off',
  'max_connections=120',
  'shared_buffers=256MB',
  'effective_cache_size=1GB',
  'work_mem=16MB',
  'maintenance_work_mem=128MB',
  'max_wal_size=2GB',
  'checkpoint_timeout=15min',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_parallel_workers_per_gather=1',
  'random_page_cost=1.1',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
];

/** For tests: a crash may cost everything, so nothing waits for the disk. */
const THROWAWAY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum_naptime=5min'];

export const serverSettings = (port: number, throwaway: boolean): string[] => [
  `port=${port}`,
  ...ALWAYS,
  ...(throwaway ? THROWAWAY : []),
];
