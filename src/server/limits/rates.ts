import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RLWrapperTimeouts, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../../config';
import type { LimitName } from '../../limits';
import type { Logger } from '../../log';
import { connectRedis } from '../../store/redis';
import { OverLimit } from './over-limit';

/** Counts requests of one kind by who sends them. Throws TOO_MANY_REQUESTS, after a pause: a flood comes as fast as it is refused. */
export interface Rate {
  take(who: string, requests?: number): Promise<void>;
}

export interface Rates {
  /** By principal of a verified token. */
  readonly clients: Rate;
  /** By address: tokens that are not believed, tokens asked for. */
  readonly strangers: Rate;
  /** By address: questions of the public that no page in memory answers. */
  readonly publicReaders: Rate;
  close(): void;
}

/** Longer than any answer of a Redis nearby; one that is slower is as good as away. */
const REDIS_MS = 100;

type RedisClient = Awaited<ReturnType<typeof connectRedis>>;

/** In Redis, where all processes of a hub count together; in memory without one, and while it is away or slow. */
export async function openRates(config: Config, log: Logger): Promise<Rates> {
  const onError = (err: Error) => log.warn({ err }, 'Redis does not count requests, memory does');
  const client = config.REDIS_URL ? await connectRedis(config.REDIS_URL, onError) : undefined;
  const open = (limit: LimitName) => rateOf(limit, config, client);
  return {
    clients: open('LIMIT_CLIENT_REQUESTS'),
    strangers: open('LIMIT_STRANGER_REQUESTS'),
    publicReaders: open('LIMIT_PUBLIC_REQUESTS'),
    close: () => client?.destroy(),
  };
}

function rateOf(limit: LimitName, config: Config, client: RedisClient | undefined): Rate {
  const points = config[limit];
  const options = { points, duration: config.LIMIT_WINDOW_SECONDS, keyPrefix: `anju:rate:${limit}` };
  const memory = new RateLimiterMemory(options);
  const counter = client ? shared(client, options, memory) : memory;
  return {
    async take(who, requests = 1) {
      try {
        await counter.consume(hash('sha256', who, 'base64url'), requests);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        await pause(config.LIMIT_REFUSAL_MS, undefined, { ref: false });
        const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw new OverLimit(
          limit,
          'TOO_MANY_REQUESTS',
          undefined,
          `${options.duration} 秒内至多 ${points} 次`,
          seconds,
        );
      }
    },
  };
}

type Options = { readonly points: number; readonly duration: number; readonly keyPrefix: string };

/** Who is over the limit is refused from memory until the window ends: a flood does not become a flood of Redis. */
function shared(storeClient: RedisClient, options: Options, insuranceLimiter: RateLimiterMemory): RLWrapperTimeouts {
  const inRedis = new RateLimiterRedis({
    ...{ storeClient, useRedisPackage: true, rejectIfRedisNotReady: true },
    ...{ ...options, inMemoryBlockOnConsumed: options.points + 1 },
  });
  return new RLWrapperTimeouts({ limiter: inRedis, timeoutMs: REDIS_MS, insuranceLimiter });
}
