/** A connection to Redis that never holds anybody up: an absent one is tried again in the background, and not waited for. */
export async function connectRedis(url: string, onError: (error: Error) => void) {
  const { createClient } = await import('redis'); // a tenth of a start, for those who use it
  const client = createClient({ url, disableOfflineQueue: true, socket: { connectTimeout: 1000 } });
  client.on('error', onError);
  const absent = new Promise((resolve) => client.once('error', resolve));
  await Promise.race([client.connect().catch(onError), absent]);
  return client;
}
