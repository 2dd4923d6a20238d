import { setTimeout as pause } from 'node:timers/promises';

const AT_MOST_MS = 20;

/**
 * Waits a moment, long or short. Who asks again the instant an answer is there asks in step with the agencies' timers, which tick by
 * the millisecond, and beside what is still being cleared away after the last answer: the same hub then seems 2 ms faster or slower.
 */
export const anyMoment = (): Promise<void> => pause(Math.random() * AT_MOST_MS);
