import type { Logger } from '../log';
import { sequence, type Sequencer } from './sequencer';

export interface SequencerLoop {
  /** Signs what is still open, then ends. */
  stop(): Promise<void>;
}

/** Sequences and signs every `seconds`; a round that fails is told and tried again. */
export function startSequencer(sequencer: Sequencer, seconds: number, log: Logger): SequencerLoop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = () =>
    sequence(sequencer).catch((err: unknown) => log.error({ err }, 'the log was not sequenced and signed'));
  let underWay: Promise<unknown> = Promise.resolve();
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      underWay = round().finally(next);
    }, seconds * 1000);
  };
  underWay = round().finally(next);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await underWay;
      await round();
    },
  };
}
